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
from claims.domain.published import AgreementEntry, ClaimDocument, RangeEntry, StatedEnd
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
    return document_plots(document)[0]


def document_plots(*documents: ClaimDocument) -> list[DocumentPlot]:
    """Lay several documents, such as one before and after an edit, on the axis of the first.

    One whose answers are of another kind than the first one's has no place on it.
    """
    family = family_of(documents[0]["measure"]["value_kind"])
    alike = [one for one in documents if family_of(one["measure"]["value_kind"]) is family]
    scale = _scale(alike, family)
    return [
        DocumentPlot() if scale is None or one not in alike else _plot(one, family, scale)
        for one in documents
    ]


def _scale(documents: list[ClaimDocument], family: ValueFamily) -> Scale | None:
    entries = [one for document in documents for one in document["figures"] if _has_value(one)]
    bands = [one for document in documents for one in _stretches(document, family) if one]
    if family is ValueFamily.FIGURE:
        return strip_scale([read_figure(entry) for entry in entries], bands)
    if family is ValueFamily.DATE:
        return date_strip_scale([entry["edtf"] for entry in entries], bands)
    return None


def _plot(document: ClaimDocument, family: ValueFamily, scale: Scale) -> DocumentPlot:
    shapes = {entry["ref"]: _shape(entry, family, scale) for entry in document["figures"]}
    span, agreed = _stretches(document, family)
    if not _is_telling(document.get("agreement")):
        agreed = None
    return DocumentPlot(scale, _band(span, scale), _band(agreed, scale), shapes)


def _band(stretch: Interval | None, scale: Scale) -> Band | None:
    return None if stretch is None else band(stretch, scale)


def _stretches(
    document: ClaimDocument, family: ValueFamily
) -> tuple[Interval | None, Interval | None]:
    """The range and the agreement; an open end of a range is None."""
    span = document.get("range")
    ends = (span["low_open"], span["high_open"]) if span else (False, False)
    return _interval(span, family, ends), _interval(document.get("agreement"), family)


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
    open_ends: tuple[bool, bool] = (False, False),
) -> Interval | None:
    if not found:
        return None
    low, high = _number(found["low"], family), _number(found["high"], family)
    return Interval(None if open_ends[0] else low, None if open_ends[1] else high)


def _number(value: StatedEnd | None, family: ValueFamily) -> Decimal | None:
    if value is None:
        return None
    if family is ValueFamily.DATE:
        return day_number(dt.date.fromisoformat(str(value)))
    return Decimal(value)
