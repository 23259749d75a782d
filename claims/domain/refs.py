"""Public identifiers: a letter and an integer, never reused."""

from __future__ import annotations

import re

from claims.errors import InvalidValueError

ARTICLE, CLAIM, FIGURE, SOURCE, DISPUTE, PARTY, SUBJECT = "A", "C", "F", "S", "D", "P", "T"
KEY, SOURCE_RELATION = "K", "R"

_REF = re.compile(r"([A-Z])([1-9][0-9]{0,17})")


def format_ref(letter: str, number: int) -> str:
    """``format_ref("C", 12)`` is ``"C12"``."""
    return f"{letter}{number}"


def parse_ref(text: str, letter: str) -> int | None:
    """Return the number of a reference with this letter; None when the text is not one.

    The number is at most 18 digits long, so that it fits a 64-bit column.
    """
    match = _REF.fullmatch(text.strip().upper()) if len(text) <= 32 else None
    if match is None or match[1] != letter:
        return None
    return int(match[2])


def number_in(ref: str, letter: str) -> int:
    """Return the number of a reference that must have this letter. Raises InvalidValueError."""
    number = parse_ref(ref, letter)
    if number is None:
        raise InvalidValueError(f"{ref!r} is no reference such as {letter}12.")
    return number
