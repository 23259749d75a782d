"""Stored text out of the database as fast as its driver gives it, in constant memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

Batch = list[bytes]
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
    sql, params = rows.values_list(column).query.get_compiler(connection=connection).as_sql()
    opened = _copied if connection.vendor == "postgresql" else _fetched
    with opened(connection, sql, tuple(params)) as texts:
        yield _batches(texts)


def _batches(texts: Iterable[bytes]) -> Iterator[Batch]:
    batch: Batch = []
    for text in texts:
        batch.append(text)
        if len(batch) == ROWS:
            yield batch
            batch = []
    if batch:
        yield batch


@contextmanager
def _fetched(
    connection: BaseDatabaseWrapper, sql: str, params: tuple[Any, ...]
) -> Iterator[Iterable[bytes]]:
    """Read through a plain cursor; SQLite's steps through the rows as they are asked for."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        pages = iter(lambda: cursor.fetchmany(ROWS), [])
        yield (row[0].encode() for page in pages for row in page)


@contextmanager
def _copied(
    connection: BaseDatabaseWrapper, sql: str, params: tuple[Any, ...]
) -> Iterator[Iterable[bytes]]:
    """Read through COPY; PostgreSQL sends one message a row."""
    copy_out = _COPY.format(sql)
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        # The driver's own cursor: the one that Django puts around it while debugging takes no
        # values for a COPY.
        cursor.cursor.copy(copy_out, params) as copy,
    ):
        yield (uncopied(bytes(message)) for message in copy)
        # Cancels what was not read to its end; otherwise it does nothing.
        copy.finish(GeneratorExit())


def uncopied(message: bytes) -> bytes:
    """Return the value of a COPY message of one column: no line end, no quotes of COPY's own.

    COPY quotes a value that holds a line end or the quote itself, and doubles that quote inside.
    """
    value = message.removesuffix(b"\n")
    if value[:1] == _QUOTE and value[-1:] == _QUOTE and len(value) > 1:
        return value[1:-1].replace(_QUOTE * 2, _QUOTE)
    return value
