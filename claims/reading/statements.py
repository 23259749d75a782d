"""A statement: a cue with its source, and the second one of "X says 300, Y 120"."""

import re
from dataclasses import dataclass, replace

from claims.reading.guards import MONTH
from claims.reading.speakers import FINITE

GAPPED = re.compile(
    r"[^.,;]{0,40}[0-9][\w.,%]*(?: [a-z]+){0,2}(?:, (?:and |but )?| and )"
    r"((?:the |its |their )[\w' \u2019-]{2,40}?|"
    r"(?!The )[A-Z][\w'\u2019-]*(?: [A-Z][\w'\u2019-]*){0,4})"
    r"(?= (?:at least |about |some |only |just |up to |more than |over )?[0-9][0-9.,]*(?:%|"
    r" per cent)?"
    r"(?: [a-z]+)?(?:[.,;]|\Z))"
)
NO_SPEAKER = re.compile(rf"{MONTH}\b|the (?:other|remaining|rest|last|first|next|same|total)\b")


@dataclass(frozen=True, slots=True)
class Statement:
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


def split_gapped(text: str, one: Statement, limit: int) -> list[Statement]:
    """Give the second number of "the church says 300, the prefecture 120" to the prefecture."""
    if one.anonymous or one.scope_start > one.cue_end or one.scope_end <= one.cue_end:
        return [one]
    gapped = GAPPED.match(text, one.cue_end, min(limit, one.cue_end + 160))
    if gapped is None or NO_SPEAKER.match(gapped[1]) or FINITE.search(gapped[1]):
        return [one]
    start, end = gapped.span(1)
    second = replace(
        one, cue_start=start, cue_end=end, source=gapped[1], via=None,
        scope_start=start, scope_end=one.scope_end, source_start=start,
    )  # fmt: skip
    return [replace(one, scope_end=start), second]
