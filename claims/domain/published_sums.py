"""The sum of published parts against their total, done again from the documents alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from claims.domain.arithmetic import arithmetic_check
from claims.domain.entries import read_quantity
from claims.domain.published import ArithmeticEntry, ClaimDocument, RelationEntry
from claims.domain.quantity import Figure
from claims.domain.vocabulary import AssertionStatus, RelationKind, Stance, ValueState


def part_figure(document: ClaimDocument) -> Figure | None:
    """The one figure that a claim stands for as a part: that of all its inputs, else None.

    Dates, parties and the like are no figures: their claim has none.
    """
    inputs = set(document["inputs"])
    return _only(
        figure
        for entry in document["figures"]
        if entry["ref"] in inputs and (figure := read_quantity(entry)) is not None
    )


def total_figure(document: ClaimDocument) -> Figure | None:
    """The one figure that a claim stands for as a total: that of all live assertions, else None."""
    return _only(
        figure
        for entry in document["figures"]
        if entry["status"] == AssertionStatus.LIVE
        and entry["stance"] == Stance.ASSERTS
        and entry["value_state"] == ValueState.VALUE
        and (figure := read_quantity(entry)) is not None
    )


def parts_of(document: ClaimDocument) -> list[str]:
    """The claims that are parts of this total, by ref, in the order of the document."""
    return [link["claim"] for link in _part_links(document)]


def sum_members(
    document: ClaimDocument, parts: Mapping[str, Figure | None]
) -> ArithmeticEntry | None:
    """Return the sum's entry in the document's form; None where it has none.

    `parts` gives the figure of each part by ref. Raises KeyError for a part that is not there.
    """
    total, links = total_figure(document), _part_links(document)
    figures = [figure for link in links if (figure := parts[link["claim"]]) is not None]
    if not links or total is None or len(figures) < len(links):
        return None
    found = arithmetic_check(
        figures,
        total,
        exhaustive=all(link["exhaustive"] for link in links),
        scope_exact=all(link["scope_exact"] for link in links),
        count=document["measure"]["is_count"],
    )
    return {
        "total": document["ref"],
        "hard": found.hard,
        "messages": list(found.soft),
        "sum_low": found.sum_low,
        "sum_high": found.sum_high,
        "parts": [link["claim"] for link in links],
    }


def _part_links(document: ClaimDocument) -> list[RelationEntry]:
    return [
        link
        for link in document["relations"]
        if link["kind"] == RelationKind.PART_OF_TOTAL and link["direction"] == "from"
    ]


def _only(figures: Iterable[Figure]) -> Figure | None:
    found = set(figures)
    return found.pop() if len(found) == 1 else None
