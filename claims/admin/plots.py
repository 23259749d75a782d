"""The figures of one or two documents as strips on one axis."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from claims.domain.edtf_text import day_text
from claims.domain.entries import read_figure
from claims.domain.figures import number_words
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
from claims.domain.published import ClaimDocument
from claims.domain.published_figures import FigureEntry
from claims.domain.said_by import said_by
from claims.domain.vocabulary import ValueFamily, family_of


@dataclass(frozen=True, slots=True)
class Axis:
    """A common axis and how to lay a document's figures on it."""

    scale: Scale | None
    family: ValueFamily

    def shape(self, entry: FigureEntry) -> StripShape | None:
        """The strip of one figure; None where the claim is not one of quantities or dates."""
        if self.scale is None:
            return None
        if self.family is ValueFamily.DATE:
            return date_strip(entry["edtf"], self.scale)
        if entry["kind"] in ("denial", "none", "unknown"):
            return empty_strip()
        return strip(read_figure(entry), self.scale)

    def agreement(self, document: ClaimDocument) -> Band | None:
        """The stretch that most origins support."""
        found = document.get("agreement")
        if self.scale is None or not found or self.family is not ValueFamily.FIGURE:
            return None
        return band(Interval(_number(found["low"]), _number(found["high"])), self.scale)


def axis_of(*documents: ClaimDocument) -> Axis:
    """The axis that holds the figures of all these documents, such as before and after."""
    family = family_of(documents[0]["measure"]["value_kind"])
    entries = [entry for document in documents for entry in document["figures"]]
    if family is ValueFamily.FIGURE:
        figures = [read_figure(one) for one in entries if one["kind"] not in ("denial", "none")]
        return Axis(strip_scale(figures), family)
    if family is ValueFamily.DATE:
        return Axis(date_strip_scale(one["edtf"] for one in entries), family)
    return Axis(None, family)


def interval_words(entry: FigureEntry, value_kind: str) -> str:
    """What the figure is tested with: "54 to 66", "at least 1,000", '' when nothing."""
    low, high = entry["test_low"], entry["test_high"]
    if low is None and high is None:
        return ""
    ends = [_end(low, value_kind), _end(high, value_kind)]
    if low is None:
        return f"up to {ends[1]}"
    if high is None:
        return f"at least {ends[0]}"
    return ends[0] if low == high else f"{ends[0]} to {ends[1]}"


def evidence_rows(document: ClaimDocument, only: Iterable[str] | None = None) -> dict[str, Any]:
    """The evidence table of a document: entries with strip, interval and source; the axis.

    ``only`` names the figures to show, such as the members of a dispute.
    """
    axis, kind = axis_of(document), document["measure"]["value_kind"]
    sources = {source["ref"]: source for source in document["sources"]}
    wanted = None if only is None else set(only)
    rows = [
        {
            "figure": entry,
            "who": said_by(document, entry),
            "number": entry["ref"][1:],
            "shape": axis.shape(entry),
            "tested": interval_words(entry, kind),
            "source": sources.get(entry["source"] or ""),
            "counts": entry["ref"] in document["inputs"],
        }
        for entry in document["figures"]
        if wanted is None or entry["ref"] in wanted
    ]
    return {"rows": rows, "scale": axis.scale, "band": axis.agreement(document)}


def _end(value: Decimal | int | None, value_kind: str) -> str:
    if value is None:
        return ""
    if family_of(value_kind) is ValueFamily.DATE:
        return day_text(Decimal(value)) or ""
    return number_words(Decimal(value))


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)
