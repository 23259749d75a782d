"""Words that give a size without a number, and the least number each of them allows."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

LEAST: Final[dict[str, Decimal]] = {
    "hundreds of millions": Decimal(100_000_000),
    "tens of millions": Decimal(10_000_000),
    "hundreds of thousands": Decimal(100_000),
    "scores of thousands": Decimal(20_000),
    "tens of thousands": Decimal(10_000),
    "billions": Decimal(1_000_000_000),
    "millions": Decimal(1_000_000),
    "thousands": Decimal(1_000),
    "hundreds": Decimal(100),
    "scores": Decimal(20),
    "dozens": Decimal(12),
    "tens": Decimal(10),
}
_TERM = re.compile(
    r"\b(?:" + "|".join(f"{term[:-1]}s?" for term in LEAST) + r")(?!\w)", re.IGNORECASE
)


def least_of(term: str) -> Decimal:
    """Return the least number that the vague `term` allows; 0 when the word names no size.

    The first known word decides, so "several hundred people" allows 100 and up.
    """
    found = _TERM.search(term)
    if found is None:
        return Decimal(0)
    word = found.group().lower()
    return LEAST[word if word in LEAST else f"{word}s"]


def is_vague_term(text: str) -> bool:
    """Whether `text` is exactly one of the known vague words."""
    return text in LEAST
