"""The part of a text that shows why a search found it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Final

from claims.domain.findable import folded_words

WIDTH: Final = 220  # characters of a snippet, without the marks of what is left out
_BEFORE: Final = 60  # characters before the first hit
_LONGEST: Final = 20_000  # characters of a text that are looked at
_PART: Final = re.compile(r"\d[\d,.'’\u00a0\u2009\u202f-]*\d|[^\W_]+")


@dataclass(frozen=True, slots=True)
class SnippetPiece:
    """A stretch of a snippet; ``is_hit`` when the search asked for this word."""

    text: str
    is_hit: bool = False


def marked(text: str, wanted: Set[str]) -> list[SnippetPiece]:
    """Cut a text into words that were asked for and what stands between them.

    ``wanted`` are words as findable.words_of gives them. The pieces joined are the text.
    """
    pieces, end = [], 0
    for start, stop in _hits(text, wanted):
        if start > end:
            pieces.append(SnippetPiece(text[end:start]))
        pieces.append(SnippetPiece(text[start:stop], is_hit=True))
        end = stop
    return [*pieces, SnippetPiece(text[end:])] if end < len(text) else pieces


def snippet(texts: Iterable[str], wanted: Set[str]) -> list[SnippetPiece]:
    """Return about 220 characters of the text that holds most of the words; empty without a hit.

    Of texts with equally many the first is taken. Linear in the texts, of each of which the
    first 20,000 characters are looked at.
    """
    best, place, most = "", 0, 0
    for text in texts:
        looked_at = text[:_LONGEST]
        hits = list(_hits(looked_at, wanted))
        found = {word for start, stop in hits for word in folded_words(looked_at[start:stop])}
        kinds = len(found & wanted)
        if kinds > most:
            best, place, most = looked_at, hits[0][0], kinds
    return marked(_around(best, place), wanted) if most else []


def _hits(text: str, wanted: Set[str]) -> Iterator[tuple[int, int]]:
    for part in _PART.finditer(text):
        if not wanted.isdisjoint(folded_words(part[0])):
            yield part.span()


def _around(text: str, place: int) -> str:
    """The text near a place, cut between words."""
    start = 0 if place <= _BEFORE else text.find(" ", place - _BEFORE) + 1
    if start > place:
        start = place
    cut = text[start : start + WIDTH]
    if start + WIDTH < len(text):
        cut = cut.rpartition(" ")[0] or cut
        cut += " …"
    return f"… {cut}" if start else cut
