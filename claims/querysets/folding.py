"""Columns that are searched as names are compared: without capitals, accents and width."""

# SQLite folds ASCII alone, and neither database strips accents. SQLite calls fold_for_search
# itself; PostgreSQL does the same with its own functions, and a test compares the two.

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from django.db.backends.signals import connection_created
from django.db.models import CharField, Lookup, TextField
from django.dispatch import receiver

from claims.domain.characters import without_invisible
from claims.domain.names import PUNCTUATION, SHAPES, fold_for_search

_FUNCTION: Final = "factbase_folded"
# Letters whose fold is another letter than their small one; one of them is written as an accent.
_OTHERS: Final = {"ς": "σ", "ſ": "s", "\u0345": "ι"}
_LETTERS: Final = SHAPES | {ord(one): fold_for_search(other) for one, other in _OTHERS.items()}


@CharField.register_lookup
@TextField.register_lookup
class FoldedContains(Lookup[Any]):
    """``title__folded_contains="menaka"`` finds Ménaka and MENAKA, on every database."""

    lookup_name = "folded_contains"

    def get_prep_lookup(self) -> str:
        words = fold_for_search(str(self.rhs))
        for sign in ("\\", "%", "_"):
            words = words.replace(sign, f"\\{sign}")
        return f"%{words}%"

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, values = self.process_lhs(compiler, connection)
        words, asked = self.process_rhs(compiler, connection)
        # Of ASCII alone LIKE disregards capitals by itself; calling Python takes 20 times as long.
        plain = f"length(CAST({column} AS BLOB)) = length({column})"
        like = f"LIKE {words} ESCAPE '\\'"
        return (
            f"(CASE WHEN {plain} THEN {column} {like} ELSE {_FUNCTION}({column}) {like} END)",
            [*values, *values, *values, *asked, *values, *asked],
        )

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, values = self.process_lhs(compiler, connection)
        words, asked = self.process_rhs(compiler, connection)
        folded, given = _folded(column, values)
        return f"{folded} LIKE {words}", [*given, *asked]


@receiver(connection_created)
def teach_sqlite(connection: Any, **_signal: Any) -> None:
    """Let a new connection of SQLite fold as Python does."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            _FUNCTION, 1, lambda text: fold_for_search(text or ""), deterministic=True
        )


def _folded(column: str, values: Iterable[Any]) -> tuple[str, list[Any]]:
    """The expression of PostgreSQL; what is ASCII, most of all, costs it one step."""
    steps: list[tuple[str, tuple[str, ...]]] = [
        ("translate({}, %s, %s)", _ends(PUNCTUATION)),
        ("normalize({}, NFKD)", ()),
        ("regexp_replace({}, %s, '', 'g')", (f"[{_unseen()}]",)),
        ("replace(lower({}), 'ß', 'ss')", ()),
        ("translate({}, %s, %s)", _ends(_LETTERS)),
        ("normalize({}, NFC)", ()),
    ]
    words, given = column, [*values]
    for step, texts in steps:
        words, given = step.format(words), [*given, *texts]
    plain = f"octet_length({column}) = char_length({column})"
    return (
        f"(CASE WHEN {plain} THEN lower({column}) ELSE {words} END)",
        [*values, *values, *values, *given],
    )


def _ends(table: dict[int, Any]) -> tuple[str, str]:
    """The two texts that translate() of SQL takes for a table of str.translate."""
    found = [(chr(one), other if isinstance(other, str) else chr(other))
             for one, other in table.items()]  # fmt: skip
    return "".join(one for one, _ in found), "".join(other for _, other in found)


@cache
def _unseen() -> str:
    """The accents and what cannot be seen, as the inside of a class of a regular expression."""
    gone = [
        number
        for number in range(0x80, sys.maxunicode + 1)
        if not 0xD800 <= number < 0xE000
        and number not in _LETTERS
        and (unicodedata.combining(chr(number)) or not without_invisible(chr(number)))
    ]
    starts = [one for one, before in zip(gone, [-1, *gone], strict=False) if one != before + 1]
    ends = [one for one, after in zip(gone, [*gone[1:], -1], strict=True) if after != one + 1]
    return "".join(f"{chr(one)}-{chr(other)}" for one, other in zip(starts, ends, strict=True))
