"""Who or what a proposed figure counts, in words fit for a question."""

from __future__ import annotations

import re
from typing import Final

from claims.reading.proposals import ArticleBlock, ProposedFigure

LONGEST: Final = 200  # characters
_EDGES: Final = " \t\n.,;:!?\"'()[]–—-"
_LEADING = re.compile(r"^(?:the|his|her|its|their|these|those)\s+", re.IGNORECASE)
_RATE = re.compile(r"\s+(?:a|an|per|each|every) (?:day|week|month|year|hour)$")
# Words that the measure says already, or that no longer name those who are counted.
_SAID: Final = frozenset(
    "killed dead death deaths died fatalities casualties victims executed captured defected "
    "displaced injured wounded arrested infected people persons expected estimated".split()
)
_OWNER = re.compile(r"(?:^|[\n;,)•*]|[a-z]\) |,, )\s*([A-ZÀ-Þ][^\n:;,()\d]{1,40}): ?[~≈]?$")
_BRACKET = re.compile(r"^[^\S\n]?\(([A-ZÀ-Þ][^()\n]{1,39})\)")


def population_of(figure: ProposedFigure, block: ArticleBlock | None, text: str) -> str:
    """Return who or what is counted, '' when the measure alone says it.

    In an infobox the line's label, and whose number it is, tell figures apart.
    """
    words = _plain(figure)
    if block is None or block.kind != "infobox" or not block.label:
        return words[:LONGEST]
    label = re.sub(r"(?<=[a-z])(?=\d+$)", " ", block.label)
    of = _owner(figure, block, text)
    who = ", ".join(part for part in (of, words) if part) or _counted_in(figure)
    return (f"{who} ({label})" if who else label)[:LONGEST]


def _plain(figure: ProposedFigure) -> str:
    words = re.split(r"[—–]", " ".join(figure.counted.split()))[0].strip(_EDGES)
    words = _RATE.sub("", _LEADING.sub("", words))
    kept = words.split(" ")
    if all(word.casefold() in _SAID for word in kept):
        return ""
    while kept[-1].casefold() in _SAID:
        kept.pop()
    return _plural(" ".join(kept)) if figure.best == 1 else " ".join(kept)


def _plural(words: str) -> str:
    """Ask of "one rebel" how many rebels; longer phrases do not end in what is counted."""
    short = words.count(" ") < 3
    return f"{words}s" if short and re.search(r"[a-rt-z]$", words) else words


def _owner(figure: ProposedFigure, block: ArticleBlock, text: str) -> str:
    """Whose number it is, as in "Ansar Dine: ~300" and "~500 (FLNA)"."""
    before = _OWNER.search(text[block.char_start : figure.char_start])
    if before:
        return before[1].strip()
    after = _BRACKET.match(text[figure.char_end : block.char_end])
    return after[1] if after and not figure.attribution else ""


def _counted_in(figure: ProposedFigure) -> str:
    return figure.unit.split("/")[0]
