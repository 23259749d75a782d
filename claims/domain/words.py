"""Answers that are no numbers, as people say them; long texts on one line."""

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


def shortened(text: str, most: int) -> str:
    """Return the text on one line, cut behind a sentence, or a word, where it is longer."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    whole, stop, _ = line[:most].rpartition(". ")
    if len(whole) > most // 2:
        return f"{whole}{stop}…"
    return f"{line[:most].rpartition(' ')[0].rstrip('.,;:') or line[:most]} …"
