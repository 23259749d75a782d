"""Stored text out of the database as fast as its driver gives it, in constant memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import batched
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BinaryField, QuerySet
from django.db.models.functions import Cast

Batch = Sequence[bytes]
ROWS: Final = 50  # rows of a batch: half a megabyte of documents, which stays in the CPU's cache

# Marks that JSON text never holds unescaped: values come as they are, with no escapes to undo.
_QUOTE: Final = b"\x02"
_COPY: Final = "COPY ({}) TO STDOUT (FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02')"


@contextmanager
def stored_texts(
    connection: BaseDatabaseWrapper, rows: QuerySet[Any], column: str
) -> Iterator[Iterator[Batch]]:
    """Give the texts of one column in batches, as UTF-8, in the order of the rows.

    The reading begins with the block and ends with it, wherever the batches were left: an open
    COPY keeps its connection locked, and a generator that was given up closes when it likes.
    """
    opened = _copied if connection.vendor == "postgresql" else _fetched
    with opened(connection, rows, column) as batches:
        yield batches


@contextmanager
def _fetched(
    connection: BaseDatabaseWrapper, rows: QuerySet[Any], column: str
) -> Iterator[Iterator[Batch]]:
    """Read through a plain cursor; SQLite's steps through the rows as they are asked for.

    SQLite keeps text as UTF-8: taken as bytes it is neither decoded nor encoded again.
    """
    sql, params = _statement(connection, rows.values_list(Cast(column, BinaryField())))
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        pages = iter(lambda: cursor.fetchmany(ROWS), [])
        yield ([text for (text,) in page] for page in pages)


@contextmanager
def _copied(
    connection: BaseDatabaseWrapper, rows: QuerySet[Any], column: str
) -> Iterator[Iterator[Batch]]:
    """Read through COPY; PostgreSQL sends one message a row."""
    sql, params = _statement(connection, rows.values_list(column))
    copy_out = _COPY.format(sql)
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        # The driver's own cursor: the one that Django puts around it while debugging takes no
        # values for a COPY.
        cursor.cursor.copy(copy_out, params) as copy,
    ):
        yield batched((uncopied(bytes(message)) for message in copy), ROWS)
        # Cancels what was not read to its end; otherwise it does nothing.
        copy.finish(GeneratorExit())


def _statement(connection: BaseDatabaseWrapper, rows: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    sql, params = rows.query.get_compiler(connection=connection).as_sql()
    return sql, tuple(params)


def uncopied(message: bytes) -> bytes:
    """Return the value of a COPY message of one column: no line end, no quotes of COPY's own.

    COPY quotes a value that holds a line end or the quote itself, and doubles that quote inside.
    """
    value = message.removesuffix(b"\n")
    if value[:1] == _QUOTE and value[-1:] == _QUOTE and len(value) > 1:
        return value[1:-1].replace(_QUOTE * 2, _QUOTE)
    return value
