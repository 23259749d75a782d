"""Characters that no database or reader takes."""

from __future__ import annotations

import re

from claims.errors import InvalidValueError

# Controls but tab and line ends, surrogates, and two that would make every feed unreadable.
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def refuse_unstorable(value: str, field: str) -> str:
    """Return the text; refuse NUL, other controls, lone surrogates, U+FFFE and U+FFFF.

    PostgreSQL cannot store a NUL, JSON readers choke on surrogates, and SQLite would take both.
    """
    found = None if value.isprintable() else _UNSTORABLE.search(value)
    if found is not None:
        raise InvalidValueError(
            f"{field}: character {found.start() + 1} is U+{ord(found[0]):04X}, which cannot be "
            "stored; remove it.",
            field=field,
        )
    return value
