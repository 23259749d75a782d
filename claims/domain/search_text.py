"""What a reader typed into the search box: words, phrases in quotes, a number, a range."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

MAX_LENGTH: Final = 200
MAX_WORDS: Final = 10
_NUMBER: Final = r"[0-9][0-9,]{0,18}(?:\.[0-9]{1,9})?"
_RANGE: Final = re.compile(rf"({_NUMBER})\.\.({_NUMBER})")
_ONE: Final = re.compile(_NUMBER)
_PHRASE: Final = re.compile(r'"([^"]{1,200})"')
_UNREADABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\ud800-\udfff]")


class SearchError(ValueError):
    """A search that cannot be read; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Search:
    """``terms`` are words and phrases that must all occur; ``low`` and ``high`` bound a figure.

    A single number has low equal to high. Digits stay among the terms, too: a question may
    hold them.
    """

    terms: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def has_figure(self) -> bool:
        return self.low is not None


def read_search(text: str) -> Search:
    """Read the box's text. Raises SearchError when it is too long or holds control characters."""
    if len(text) > MAX_LENGTH:
        raise SearchError(f"A search is at most {MAX_LENGTH} characters long.")
    if _UNREADABLE.search(text):
        raise SearchError("The search holds characters that cannot be read.")
    stripped = text.strip()
    span = _RANGE.fullmatch(stripped)
    if span:
        low, high = sorted((_decimal(span[1]), _decimal(span[2])))
        return Search((), low, high)
    number = _decimal(stripped) if _ONE.fullmatch(stripped) else None
    phrases = tuple(_PHRASE.findall(stripped))
    words = tuple(_PHRASE.sub(" ", stripped).replace('"', " ").split())
    return Search((phrases + words)[:MAX_WORDS], number, number)


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))
