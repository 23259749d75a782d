"""Characters that no database or reader takes."""

from __future__ import annotations

import re

from claims.domain.characters import HIDDEN, character_code
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


def refuse_hidden(value: str, field: str) -> str:
    """Return a line of text; refuse what cannot be seen in it and turns or splits its words.

    Joiners and marks that some scripts are written with are taken.
    """
    found = None if value.isprintable() else HIDDEN.search(value)
    if found is not None:
        raise InvalidValueError(
            f"{field}: character {found.start() + 1} is {character_code(found[0])}, "
            "which cannot be seen; remove it.",
            field=field,
        )
    return value
