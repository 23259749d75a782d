"""Whether two claims may ask the same, by what they ask in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from claims.domain.findable import folded_words
from claims.domain.identity import unit_key
from claims.domain.likeness import Likeness, dates_agree
from claims.domain.search_text import EVERYWHERE

# Shares of the words of the shorter question that stand in the other one.
_OF_ONE_MEASURE: Final = 0.5
_OF_TWO_MEASURES: Final = 0.8
_FEWEST: Final = 3  # words that two questions of other measures share
_ASKING: Final = frozenset(folded_words("number figure total all count"))
_OTHER: Final = Likeness("other")


@dataclass(frozen=True)
class ClaimTraits:
    """What a claim asks; ``subject`` and ``measure`` are numbers, ``as_of`` is EDTF.

    Its words are worked out once: one claim is compared with many.
    """

    question: str
    subject: int
    measure: int
    takes: tuple[str, bool]
    unit: str = ""
    population: str = ""
    aggregation: str = ""
    as_of: str = ""

    @cached_property
    def words(self) -> frozenset[str]:
        """What the question is about, without the words that most questions have."""
        return frozenset(folded_words(f"{self.question} {self.population}")) - EVERYWHERE - _ASKING

    @cached_property
    def counted(self) -> frozenset[str]:
        """Whom or what it counts, in words."""
        return frozenset(folded_words(self.population)) - EVERYWHERE


def claim_likeness(wanted: ClaimTraits, other: ClaimTraits) -> Likeness:
    """Whether a claim of one subject, or of one above or below it, may ask what is asked.

    Never certain. Claims that take other answers, that count other units, other populations or
    other days are two whatever their words.
    """
    apart = (
        wanted.takes != other.takes
        or unit_key(wanted.unit) != unit_key(other.unit)
        or wanted.aggregation != other.aggregation
        or dates_agree(wanted.as_of, other.as_of) is False
        or _of_others(wanted.counted, other.counted)
    )
    if apart:
        return _OTHER
    mine, theirs = wanted.words, other.words
    shared, least = mine & theirs, min(len(mine), len(theirs))
    if not least:
        return _OTHER
    if wanted.measure == other.measure:
        if len(shared) < _OF_ONE_MEASURE * least:
            return _OTHER
        return Likeness("maybe", f"the same measure, and in both: {_told(wanted, shared)}")
    if len(shared) < max(_FEWEST, _OF_TWO_MEASURES * least):
        return _OTHER
    return Likeness("maybe", f"nearly the same words: {_told(wanted, shared)}")


def _of_others(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two populations share no word: soldiers and civilians, not soldiers and all."""
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _told(claim: ClaimTraits, shared: frozenset[str]) -> str:
    """The shared words as the question writes them, in its order, each once."""
    found: dict[str, str] = {}
    for written in claim.question.split():
        for word in folded_words(written):
            if word in shared:
                found.setdefault(word, written.strip("?!.,;:“”\"'()"))
    return ", ".join(found.values())
