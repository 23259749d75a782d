"""Answers that are no numbers, as people say them; long texts on one line."""

from __future__ import annotations

from collections.abc import Iterable

_GLUE = {"joint": " and ", "either": " or ", "unspecified": ", "}


def party_words(names: Iterable[str], mode: str) -> str:
    """Return the parties of an answer in words: together, one of them, or not said how."""
    return _GLUE[mode].join(names)


def shortened(text: str, most: int) -> str:
    """Return the text on one line, cut behind a word where it has more than `most` characters."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return f"{line[:most].rpartition(' ')[0].rstrip('.,;:') or line[:most]} …"
