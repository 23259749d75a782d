"""What a reader typed into the search box: words, phrases, a number, a range, a reference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from claims.domain.findable import folded_words, typed_words

MAX_LENGTH: Final = 200
MAX_WORDS: Final = 10
_NUMBER: Final = r"[0-9][0-9,]{0,18}(?:\.[0-9]{1,9})?"
_RANGE: Final = re.compile(rf"({_NUMBER})\s?(?:\.\.|-|–|—| to )\s?({_NUMBER})")
# A month, a day or two years are no range of figures: 2012-01, 2012-01-24, 1990-1995, 2012-13.
_YEARS: Final = re.compile(r"[12][0-9]{3}\s?[-–—]\s?(?:[0-9]{2}(?:-[0-9]{2})?|[12][0-9]{3})")
_ONE: Final = re.compile(_NUMBER)
_SPACED: Final = re.compile(r"(?<![\w.,])([0-9]{1,3}(?: [0-9]{3})+)(?![\w.,])")
_PHRASE: Final = re.compile(r'["“„«]([^"“”„«»]{1,200})["”“»]')
_QUOTES: Final = str.maketrans(dict.fromkeys('"“”„«»', " "))
_UNREADABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\ud800-\udfff]")
_REF: Final = re.compile(r"[ACDFST][1-9][0-9]{0,17}", re.IGNORECASE)
# They are in nearly every text, and nobody looks for them; in a phrase they count.
EVERYWHERE: Final = frozenset(
    "a an and are as at be by did do for from had has have how in is it many of on or that the "
    "there this to was were what when where which who with".split()
)
# What stands before a number and belongs to it.
_MODIFIERS: Final = frozenset(
    "about above almost approximately around below fewer least less more most nearly over "
    "roughly some than under up".split()
)


class SearchError(ValueError):
    """A search that cannot be read; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase as it was ``typed``, and the ``words`` that stand for it in a row."""

    typed: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """``terms`` must all occur; ``low`` and ``high`` bound a figure, both the same for a number.

    ``beside`` are the terms that a figure with that number must hold, too. ``ref`` is a
    reference such as C12, when nothing else was typed.
    """

    terms: tuple[Term, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    beside: tuple[Term, ...] = ()
    ref: str = ""

    @property
    def is_range(self) -> bool:
        return self.low != self.high


def read_search(text: str) -> Search:
    """Read the box's text.

    Raises SearchError when it is too long, holds too many words, or control characters.
    """
    if len(text) > MAX_LENGTH:
        raise SearchError(f"A search is at most {MAX_LENGTH} characters long.")
    if _UNREADABLE.search(text):
        raise SearchError("The search holds characters that cannot be read.")
    typed = " ".join(text.split())
    span = _RANGE.fullmatch(typed)
    if span and not _YEARS.fullmatch(typed):
        low, high = sorted((_decimal(span[1]), _decimal(span[2])))
        return Search((), low, high)
    typed = _SPACED.sub(lambda found: found[0].replace(" ", ""), typed)
    terms = tuple(_terms(typed))
    if len(terms) > MAX_WORDS:
        raise SearchError(f"A search is at most {MAX_WORDS} words and phrases long.")
    ref = typed.upper() if _REF.fullmatch(typed) else ""
    number = next((term.typed for term in terms if _ONE.fullmatch(term.typed)), None)
    if number is None:
        return Search(terms, ref=ref)
    figure = _decimal(number)
    beside = tuple(
        term for term in terms if term.typed != number and term.typed.casefold() not in _MODIFIERS
    )
    return Search(_without_modifiers(terms), figure, figure, beside)


def _terms(typed: str) -> Iterator[Term]:
    """Phrases first, then the words that tell one text from another."""
    phrases = [Term(phrase, tuple(folded_words(phrase))) for phrase in _PHRASE.findall(typed)]
    rest = _PHRASE.sub(" ", typed).translate(_QUOTES)
    singles = [Term(word, tuple(typed_words(word))) for word in rest.split()]
    telling = [term for term in singles if term.typed.casefold() not in EVERYWHERE]
    yield from (term for term in phrases if term.words)
    yield from (term for term in (telling or singles) if term.words or term.typed.isalnum())


def _without_modifiers(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    return tuple(term for term in terms if term.typed.casefold() not in _MODIFIERS)


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))
