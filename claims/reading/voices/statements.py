"""A statement: a cue with its source, and the second one of "X says 300, Y 120"."""

from dataclasses import dataclass, replace
from itertools import pairwise

from claims.reading.languages.english import ENGLISH
from claims.reading.voices.cues import ACCORDING
from claims.reading.voices.speakers import FINITE

GAPPED = ENGLISH.pattern("statements.gapped")
NUMBER = ENGLISH.pattern("statements.first")

OBJECT = ENGLISH.pattern("statements.object")
MEASURE = ENGLISH.pattern("statements.measure")
REACH = 160
NO_SPEAKER = ENGLISH.pattern("statements.no_speaker")


@dataclass(slots=True)
class CuedStatement:
    """A cue with its source and the stretch of plain text it speaks for."""

    cue_start: int
    cue_end: int
    source: str | None
    role: str
    via: str | None
    anonymous: bool
    scope_start: int
    scope_end: int
    source_start: int


def split_gapped(text: str, one: CuedStatement, limit: int) -> list[CuedStatement]:
    """Give the later numbers of "the church says 300, the prefecture 120" to whom they belong."""
    found = [one]
    if one.anonymous or one.scope_start > one.cue_end or one.scope_end <= one.cue_end:
        return found
    first = NUMBER.search(text, one.cue_end, min(limit, one.cue_end + REACH))
    at = first.end() if first else limit
    while gapped := GAPPED.search(text, at, min(limit, at + REACH)):
        start, at = gapped.span(1)
        if NO_SPEAKER.match(gapped[1]) or FINITE.search(gapped[1]) or MEASURE.search(gapped[1]):
            continue
        if (
            gapped[1][:5].lstrip("the ")[:1].isupper()
            and first
            and OBJECT.match(text, one.cue_end, first.start())
        ):
            continue  # "put the Union on 44 and the Liberals on 39"
        found[-1] = replace(found[-1], scope_end=start)
        found.append(
            replace(
                one, cue_start=start, cue_end=at, source=gapped[1], via=None, scope_start=start,
                scope_end=max(one.scope_end, limit), source_start=start,
            )
        )  # fmt: skip
    return found


def settled(found: list[CuedStatement]) -> list[CuedStatement]:
    """Drop statements inside one another's cues, and part two that share a clause."""
    return _sharing(_without_overlaps(found))


def _sharing(found: list[CuedStatement]) -> list[CuedStatement]:
    """As in "340, according to Turkish sources, or 2,000, according to the Venetians"."""
    for place, (one, later) in enumerate(pairwise(found)):
        both = one.role == later.role == ACCORDING and one.scope_start == later.scope_start
        if both and one.cue_start > one.scope_start + 3:
            end = one.source_start + len(one.source or "")
            found[place] = replace(one, scope_end=end)
            found[place + 1] = replace(later, scope_start=end)
        elif one.cue_end < later.scope_start < min(later.cue_start, one.scope_end):
            found[place] = replace(one, scope_end=later.scope_start)
    return found


def _without_overlaps(found: list[CuedStatement]) -> list[CuedStatement]:
    kept: list[CuedStatement] = []
    for statement in found:
        if kept and statement.cue_start < kept[-1].cue_end:
            continue
        kept.append(statement)
    return kept
