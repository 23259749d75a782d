"""Words that stand in a statement themselves."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField
from django.db.models.expressions import RawSQL


def literal(word: str) -> Any:
    """A word of a vocabulary, written into the statement and not bound to it.

    SQLite uses an index with a condition only where the statement has the same words. Raises
    ValueError for what is no plain word.
    """
    if not (word.isascii() and word.isidentifier()):
        raise ValueError(f"{word!r} is no plain word.")
    return RawSQL(f"'{word}'", [], output_field=CharField())  # noqa: S611 - a plain word
