"""A published document's figures, its range and its agreement on one common axis."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from claims.domain.dates import day_number
from claims.domain.entries import read_figure
from claims.domain.intervals import Interval
from claims.domain.plot import (
    Band,
    Scale,
    StripShape,
    band,
    date_strip,
    date_strip_scale,
    empty_strip,
    strip,
    strip_scale,
)
from claims.domain.published import AgreementEntry, ClaimDocument, End, RangeEntry
from claims.domain.published_figures import FigureEntry
from claims.domain.vocabulary import ValueFamily, ValueState, family_of

_WITHOUT_VALUE: Final = ("denial", "none", "unknown")


@dataclass(frozen=True, slots=True)
class DocumentPlot:
    """The axis, the two bands over it, and a shape for each figure by its reference.

    Without an axis (answers that are no numbers or dates) there are no shapes.
    """

    scale: Scale | None = None
    range: Band | None = None
    agreement: Band | None = None
    shapes: dict[str, StripShape] = field(default_factory=dict)


def document_plot(document: ClaimDocument) -> DocumentPlot:
    """Lay the figures of a claim's document on one axis; positions run from 0 to 100."""
    family, entries = family_of(document["measure"]["value_kind"]), document["figures"]
    span, agreed = document.get("range"), document.get("agreement")
    stretches = {
        "range": _interval(
            span,
            family,
            open_low=span is not None and span["low_open"],
            open_high=span is not None and span["high_open"],
        ),
        "agreement": _interval(agreed, family),
    }
    bands = [stretch for stretch in stretches.values() if stretch is not None]
    if family is ValueFamily.FIGURE:
        figures = [read_figure(entry) for entry in entries if _has_value(entry)]
        scale = strip_scale(figures, bands)
    elif family is ValueFamily.DATE:
        scale = date_strip_scale([entry["edtf"] for entry in entries if _has_value(entry)], bands)
    else:
        scale = None
    if scale is None:
        return DocumentPlot()
    shapes = {entry["ref"]: _shape(entry, family, scale) for entry in entries}
    drawn = {name: band(one, scale) if one else None for name, one in stretches.items()}
    if not _is_telling(agreed):
        drawn["agreement"] = None
    return DocumentPlot(scale, drawn["range"], drawn["agreement"], shapes)


def _shape(entry: FigureEntry, family: ValueFamily, scale: Scale) -> StripShape:
    if not _has_value(entry):
        return empty_strip()
    if family is ValueFamily.DATE:
        return date_strip(entry["edtf"], scale)
    return strip(read_figure(entry), scale)


def _has_value(entry: FigureEntry) -> bool:
    return entry["kind"] not in _WITHOUT_VALUE and entry["value_state"] == ValueState.VALUE


def _is_telling(agreement: AgreementEntry | None) -> bool:
    """One origin agrees with itself, and two stretches of equal support name neither."""
    return bool(agreement and agreement["origins"] >= 2 and agreement["unique"])


def _interval(
    found: RangeEntry | AgreementEntry | None,
    family: ValueFamily,
    *,
    open_low: bool = False,
    open_high: bool = False,
) -> Interval | None:
    """The stretch of a range or an agreement; an open end is None."""
    if not found:
        return None
    low, high = _number(found["low"], family), _number(found["high"], family)
    return Interval(None if open_low else low, None if open_high else high)


def _number(value: End | None, family: ValueFamily) -> Decimal | None:
    if value is None:
        return None
    if family is ValueFamily.DATE:
        return day_number(dt.date.fromisoformat(str(value)))
    return Decimal(value)
