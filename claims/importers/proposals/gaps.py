"""The words of an article with a gap where a figure stands, for questions that name no measure."""

from __future__ import annotations

import re
from typing import Final

from claims.reading.proposals import ProposedFigure

BEFORE, AFTER, LEAST = 7, 9, 2  # words
LONGEST: Final = 150  # characters
_END = re.compile(r"[;:()\[\]—–]|\.(?=\s|$)|\n")
_QUOTES = re.compile(r"[\"“”„«»]")
_LOOSE = re.compile(
    r"(?:\s|[,–—-]|\b(?:the|a|an|of|to|and|or|in|on|at|by|for|from|with|as|that|which|who|was|"
    r"were|is|are|had|have|been|its|their|his|her))+$"
)


def gap_of(figure: ProposedFigure) -> str:
    """Return “the junta had … hours to relinquish control”; '' when no words stand near."""
    before = _QUOTES.sub("", _END.split(figure.before)[-1]).lstrip(" ,.-")
    after = _QUOTES.sub("", _END.split(figure.after, maxsplit=1)[0])
    lead, tail = _lead(before.split()), _tail(after)
    words = f"{lead} …{tail}".strip()
    return f"“{words[:LONGEST]}”" if lead or tail else ""


def _lead(words: list[str]) -> str:
    """The words of the clause before the gap."""
    kept = words[-BEFORE:]
    for place in range(len(kept) - LEAST, 0, -1):
        if kept[place - 1].endswith(",") or kept[place - 1] in ("that", "while", "but"):
            return " ".join(kept[place:])
    return " ".join(kept)


def _tail(after: str) -> str:
    """The words of the clause behind the gap, with the space that parts them from it."""
    words = after.split()
    kept = words[:AFTER]
    for place in range(LEAST, len(kept)):
        if kept[place - 1].endswith(",") or kept[place] in ("and", "but", "while", "before"):
            kept = kept[:place]
            break
    joined = " ".join(kept)
    if len(kept) < len(words):
        joined = _LOOSE.sub("", joined)
    joined = joined.rstrip(" ,.")
    return joined if after[:1] in ("-", "%", ",") or not joined else f" {joined}"
