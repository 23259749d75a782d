"""Names as they are compared."""

from __future__ import annotations

NAME_CHARACTERS = 300


def fold_name(name: str) -> str:
    """The same for names that differ in letter case or spaces only; at most 300 characters."""
    return " ".join(name.split()).casefold()[:NAME_CHARACTERS]
