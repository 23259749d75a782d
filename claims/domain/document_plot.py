"""A published document's figures, its range and its agreement on one common axis."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

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


def document_plot(document: dict[str, Any]) -> DocumentPlot:
    """Lay the figures of a claim's document on one axis; positions run from 0 to 100."""
    family, entries = family_of(document["measure"]["value_kind"]), document["figures"]
    stretches = {name: _interval(document.get(name), family) for name in ("range", "agreement")}
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
    if not _is_telling(document.get("agreement")):
        drawn["agreement"] = None
    return DocumentPlot(scale, drawn["range"], drawn["agreement"], shapes)


def _shape(entry: dict[str, Any], family: ValueFamily, scale: Scale) -> StripShape:
    if not _has_value(entry):
        return empty_strip()
    if family is ValueFamily.DATE:
        return date_strip(entry["edtf"], scale)
    return strip(read_figure(entry), scale)


def _has_value(entry: dict[str, Any]) -> bool:
    return entry["kind"] not in _WITHOUT_VALUE and entry["value_state"] == ValueState.VALUE


def _is_telling(agreement: dict[str, Any] | None) -> bool:
    """One origin agrees with itself, and two stretches of equal support name neither."""
    return bool(agreement and agreement["origins"] >= 2 and agreement["unique"])


def _interval(found: dict[str, Any] | None, family: ValueFamily) -> Interval | None:
    """The stretch of a range or an agreement; its open end is None."""
    if not found:
        return None
    low, high = (_number(found[end], family) for end in ("low", "high"))
    return Interval(low, None if found.get("high_open") else high)


def _number(value: Any, family: ValueFamily) -> Decimal | None:
    if value is None:
        return None
    if family is ValueFamily.DATE:
        return day_number(dt.date.fromisoformat(value))
    return Decimal(value)
