"""Characters that no database or reader takes."""

from __future__ import annotations

import unicodedata

from claims.errors import InvalidValueError

_ALLOWED_CONTROLS = frozenset("\n\r\t")
_NOT_IN_XML = frozenset("\ufffe\uffff")  # one of them would make every feed unreadable


def refuse_unstorable(value: str, field: str) -> str:
    """Return the text; refuse NUL, other controls, lone surrogates, U+FFFE and U+FFFF.

    PostgreSQL cannot store a NUL, JSON readers choke on surrogates, and SQLite would take both.
    """
    for position, character in enumerate(value):
        if character in _ALLOWED_CONTROLS or character.isprintable():
            continue
        if character in _NOT_IN_XML or unicodedata.category(character) in ("Cc", "Cs"):
            raise InvalidValueError(
                f"{field}: character {position + 1} is U+{ord(character):04X}, which cannot be "
                "stored; remove it.",
                field=field,
            )
    return value
