"""Answers that are no numbers, as people say them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from claims.domain.vocabulary import PartyMode, complete

_GLUE: Final[dict[PartyMode, str]] = complete(
    PartyMode,
    "domain.words._GLUE",
    {PartyMode.JOINT: " and ", PartyMode.EITHER: " or ", PartyMode.UNSPECIFIED: ", "},
)


def party_words(names: Iterable[str], mode: str) -> str:
    """Return the parties of an answer in words: together, one of them, or not said how."""
    return _GLUE[PartyMode(mode)].join(names)
