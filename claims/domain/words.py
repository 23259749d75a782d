"""Answers that are no numbers, as people say them."""

from __future__ import annotations

from collections.abc import Iterable

_GLUE = {"joint": " and ", "either": " or ", "unspecified": ", "}


def party_words(names: Iterable[str], mode: str) -> str:
    """Return the parties of an answer in words: together, one of them, or not said how."""
    return _GLUE[mode].join(names)
