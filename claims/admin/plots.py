"""The table of a document's statements on the desk, with a strip and an interval for each."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from claims.domain.document_plot import document_plot
from claims.domain.edtf_text import day_text
from claims.domain.figures import number_words
from claims.domain.published import ClaimDocument
from claims.domain.published_figures import FigureEntry
from claims.domain.said_by import said_by
from claims.domain.vocabulary import ValueFamily, family_of


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
    plot, kind = document_plot(document), document["measure"]["value_kind"]
    sources = {source["ref"]: source for source in document["sources"]}
    wanted = None if only is None else set(only)
    rows = [
        {
            "figure": entry,
            "who": said_by(document, entry),
            "number": entry["ref"][1:],
            "shape": plot.shapes.get(entry["ref"]),
            "tested": interval_words(entry, kind),
            "source": sources.get(entry["source"] or ""),
            "counts": entry["ref"] in document["inputs"],
        }
        for entry in document["figures"]
        if wanted is None or entry["ref"] in wanted
    ]
    return {"rows": rows, "scale": plot.scale, "band": plot.agreement}


def _end(value: Decimal | int | None, value_kind: str) -> str:
    if value is None:
        return ""
    if family_of(value_kind) is ValueFamily.DATE:
        return day_text(Decimal(value)) or ""
    return number_words(Decimal(value))
