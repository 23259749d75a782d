"""Stored text out of the database as fast as its driver gives it, in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

Batch = list[bytes]
ROWS: Final = 50  # rows of a batch: half a megabyte of documents, which stays in the CPU's cache

# Marks that JSON text never holds unescaped: values come as they are, with no escapes to undo.
_QUOTE: Final = b"\x02"
_COPY: Final = "COPY ({}) TO STDOUT (FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02')"


def stored_texts(
    connection: BaseDatabaseWrapper, rows: QuerySet[Any], column: str
) -> Iterator[Batch]:
    """Yield the texts of one column in batches, as UTF-8, in the order of the rows."""
    sql, params = rows.values_list(column).query.get_compiler(connection=connection).as_sql()
    read = _copied if connection.vendor == "postgresql" else _fetched
    yield from read(connection, sql, tuple(params))


def _fetched(connection: BaseDatabaseWrapper, sql: str, params: tuple[Any, ...]) -> Iterator[Batch]:
    """Read through a plain cursor; SQLite's steps through the rows as they are asked for."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(ROWS):
            yield [row[0].encode() for row in rows]


def _copied(connection: BaseDatabaseWrapper, sql: str, params: tuple[Any, ...]) -> Iterator[Batch]:
    """Read through COPY; PostgreSQL sends one message a row."""
    batch: Batch = []
    with connection.cursor() as cursor, cursor.copy(_COPY.format(sql), params) as copy:
        for message in copy:
            batch.append(uncopied(bytes(message)))
            if len(batch) == ROWS:
                yield batch
                batch = []
    if batch:
        yield batch


def uncopied(message: bytes) -> bytes:
    """Return the value of a COPY message of one column: no line end, no quotes of COPY's own.

    COPY quotes a value that holds a line end or the quote itself, and doubles that quote inside.
    """
    value = message.removesuffix(b"\n")
    if value[:1] == _QUOTE and value[-1:] == _QUOTE and len(value) > 1:
        return value[1:-1].replace(_QUOTE * 2, _QUOTE)
    return value
