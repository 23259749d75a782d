"""Counts that replace others: "revised from 212 to 140", "later corrected to 94", "rose to 115"."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from claims.reading.languages.english import ENGLISH
from claims.reading.questions.evidence import FigureEvidence

FROM = ENGLISH.pattern("revisions.from")
TO = ENGLISH.pattern("revisions.to")
ANEW = ENGLISH.pattern("revisions.anew")
GROWN_TO = ENGLISH.pattern("revisions.grown_to")
LEAD: Final = 110
SENTENCES_BACK: Final = 2
"""How far back the count stands that a later one replaces."""
MOST_BACK: Final = 4
MOST_TIMES: Final = 20


def revisions(evidence: Sequence[FigureEvidence], text: str) -> dict[int, int]:
    """Return {index of a figure: index of the one before it that it replaces}."""
    found: dict[int, int] = {}
    for place, one in enumerate(evidence):
        if one.block.kind != "paragraph" or place == 0:
            continue
        lead = text[max(one.block.start, one.mention.start - LEAD) : one.mention.start]
        before = evidence[place - 1]
        if _from_to(before, one, text):
            found[one.index] = before.index
        elif ANEW.search(lead) or GROWN_TO.search(lead):
            older = _older(evidence[max(0, place - MOST_BACK) : place], one)
            if older is not None:
                found[one.index] = older.index
    return found


def _from_to(before: FigureEvidence, one: FigureEvidence, text: str) -> bool:
    if before.question.sentence != one.question.sentence:
        return False
    lead = text[max(before.block.start, before.mention.start - LEAD) : before.mention.start]
    between = text[before.mention.end : one.mention.start]
    return TO.match(between) is not None and FROM.search(lead) is not None


def _older(before: Sequence[FigureEvidence], one: FigureEvidence) -> FigureEvidence | None:
    """The nearest count before one that it can replace: of the same unit, measure and size."""
    for other in reversed(before):
        far = one.question.sentence - other.question.sentence
        if other.question.block != one.question.block or far > SENTENCES_BACK:
            return None
        if _fits(other, one):
            return other
    return None


def _fits(other: FigureEvidence, one: FigureEvidence) -> bool:
    units = {asked.question.unit for asked in (other, one)} - {"", "people"}
    events = {asked.question.event for asked in (other, one)} - {""}
    if len(units) > 1 or len(events) > 1 or other.mention.vague or one.mention.vague:
        return False
    if other.mention.whole or other.mention.form == "part":
        return False
    ends = (each.mention.high or each.mention.low for each in (other, one))
    sizes = [end for end in ends if end is not None]
    both = len(sizes) == len((other, one))
    return both and max(sizes) <= MOST_TIMES * max(min(sizes), Decimal(1))
