"""Characters that no database or reader takes."""

from __future__ import annotations

import unicodedata

from claims.errors import InvalidValueError

_ALLOWED_CONTROLS = frozenset("\n\r\t")


def refuse_unstorable(value: str, field: str) -> str:
    """Return the text; refuse NUL, other control characters and lone surrogates.

    PostgreSQL cannot store a NUL, JSON readers choke on surrogates, and SQLite would take both.
    """
    for position, character in enumerate(value):
        if character in _ALLOWED_CONTROLS or character.isprintable():
            continue
        if unicodedata.category(character) in ("Cc", "Cs"):
            raise InvalidValueError(
                f"{field}: character {position + 1} is U+{ord(character):04X}, which cannot be "
                "stored; remove it.",
                field=field,
            )
    return value
