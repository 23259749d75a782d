"""Words that somebody copied from an article's page, found again in its text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from claims.reading.text.blocks import Layout
from claims.reading.text.layout import take_apart
from claims.reading.text.plaintext import DASHES, HIDDEN

AROUND: Final = 80  # characters on either side that tell places apart
_AS_PLAIN: Final = str.maketrans({**DASHES, **dict.fromkeys(HIDDEN, "")})


@dataclass(frozen=True, slots=True)
class Quoted:
    """Where words stand: text[start:end] of the original, and the words around them as read."""

    start: int
    end: int
    before: str
    words: str
    after: str


def find_words(text: str, words: str, format: str) -> list[Quoted]:  # noqa: A002
    """Return every place where readers find these words in an article, in order.

    Blanks and line ends count alike. A number is never cut: "7" does not stand in "97".
    ``format`` is plain, wikitext or auto. Words that readers do not see, such as those of a
    comment, are not found.
    """
    asked = unicodedata.normalize("NFC", words).translate(_AS_PLAIN).split()
    return list(_places(take_apart(text, format), _pattern(asked))) if asked else []


def words_at(text: str, start: int, end: int, format: str) -> str:  # noqa: A002
    """The words that readers find between two code points of the original, in one line."""
    plain = take_apart(text, format).plain
    first, last = (bisect_left(plain.offsets, place) for place in (start, end))
    return " ".join(plain.text[first:last].split())


def follows(place: Quoted, before: str) -> bool:
    """Whether the words before a place end as ``before`` does, blanks left out."""
    wanted = "".join(before.translate(_AS_PLAIN).split())[-AROUND // 2 :]
    return bool(wanted) and "".join(place.before.split()).endswith(wanted)


def _pattern(asked: list[str]) -> re.Pattern[str]:
    body = r"\s+".join(map(re.escape, asked))
    head = r"(?<!\d)(?<!\d[.,])" if asked[0][0].isdigit() else ""
    tail = r"(?!\d)(?![.,]\d)" if asked[-1][-1].isdigit() else ""
    return re.compile(f"(?={head}({body}){tail})")  # looked ahead for: places may overlap


def _places(layout: Layout, pattern: re.Pattern[str]) -> Iterator[Quoted]:
    plain = layout.plain.text
    for found in pattern.finditer(plain):
        first, last = found.span(1)
        start, end = layout.span(first, last)
        before, after = plain[max(0, first - AROUND) : first], plain[last : last + AROUND]
        yield Quoted(start, end, before, " ".join(found[1].split()), after)
