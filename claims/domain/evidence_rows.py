"""The rows of a document's table of statements, alike for pages, pictures and desk."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TypedDict

from claims.domain.document_plot import DocumentPlot, document_plot
from claims.domain.edtf_text import day_text
from claims.domain.figures import number_words
from claims.domain.origins import REASONS
from claims.domain.plot import StripShape
from claims.domain.published import ClaimDocument
from claims.domain.published_figures import AttributionEntry, FigureEntry, SourceEntry
from claims.domain.said_by import SaidBy, said_by
from claims.domain.vocabulary import AttributionRole, ValueFamily, family_of, is_numeric


class EvidenceRow(TypedDict):
    """One statement: who made it, through whom it came, where it lies, whether it counts.

    ``reason`` says why it does not count, '' where it does or where its kind gives no number by
    its nature; ``tested`` the interval it is compared with, in words; ``shape`` is None on a
    document without an axis.
    """

    figure: FigureEntry
    number: str
    who: SaidBy
    mode: str
    chain: list[AttributionEntry]
    source: SourceEntry | None
    counts: bool
    reason: str
    shape: StripShape | None
    tested: str


class EvidenceTable(TypedDict):
    """The rows, and the plot whose axis they share."""

    rows: list[EvidenceRow]
    plot: DocumentPlot


def evidence_table(document: ClaimDocument, only: Iterable[str] | None = None) -> EvidenceTable:
    """Return a row for each statement of a document, in its order, and their plot.

    `only` names the statements to show, such as the members of a dispute; the plot is that of
    all.
    """
    plot, reasons = document_plot(document), _reasons(document)
    sources = {source["ref"]: source for source in document["sources"]}
    wanted = None if only is None else set(only)
    rows = [
        _row(document, entry, plot, sources.get(entry["source"] or ""), reasons)
        for entry in document["figures"]
        if wanted is None or entry["ref"] in wanted
    ]
    return {"rows": rows, "plot": plot}


def interval_words(entry: FigureEntry, value_kind: str) -> str:
    """What a statement is tested with: "54 to 66", "at least 1,000", '' when nothing."""
    low, high = entry["test_low"], entry["test_high"]
    if low is None and high is None:
        return ""
    ends = [_end(low, value_kind), _end(high, value_kind)]
    if low is None:
        return f"up to {ends[1]}"
    if high is None:
        return f"at least {ends[0]}"
    return ends[0] if low == high else f"{ends[0]} to {ends[1]}"


def _row(
    document: ClaimDocument,
    entry: FigureEntry,
    plot: DocumentPlot,
    source: SourceEntry | None,
    reasons: dict[str, str],
) -> EvidenceRow:
    who, links = said_by(document, entry), entry["attribution"]
    said = [link for link in links if link["role"] == AttributionRole.SPEAKER]
    return {
        "figure": entry,
        "number": entry["ref"][1:],
        "who": who,
        "mode": said[0]["mode"] if said else "",
        # What comes after the speaker, or after the outlet that speaks.
        "chain": [link for link in links if link not in said and link["name"] != who.name],
        "source": source,
        "counts": entry["ref"] in document["inputs"],
        "reason": reasons.get(entry["ref"], ""),
        "shape": plot.shapes.get(entry["ref"]),
        "tested": interval_words(entry, document["measure"]["value_kind"]),
    }


def _reasons(document: ClaimDocument) -> dict[str, str]:
    """Why statements do not count; that a party or a yes gives no number is not worth a remark."""
    on_axis = is_numeric(document["measure"]["value_kind"])
    return {
        one["figure"]: one["reason"]
        for one in document["excluded"]
        if on_axis or one["reason"] != REASONS["no_number"]
    }


def _end(value: Decimal | int | None, value_kind: str) -> str:
    if value is None:
        return ""
    if family_of(value_kind) is ValueFamily.DATE:
        return day_text(Decimal(value)) or ""
    return number_words(Decimal(value))
