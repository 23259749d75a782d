"""Reading whole tables side by side, in constant memory and as of one moment."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction
from django.db.models import F
from django.db.models.functions import Collate

CHUNK = 500  # rows


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Read everything as of one moment, without keeping writers waiting.

    A verification that saw a row before an edit and its history after it would cry wolf.
    """
    if connection.in_atomic_block:  # the caller's transaction is the snapshot
        yield
        return
    mode = getattr(connection, "transaction_mode", None)
    if connection.vendor == "sqlite":
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = mode  # type: ignore[attr-defined]


def ordered_rows(rows: models.QuerySet[Any], *order: str) -> Iterator[Any]:
    """The rows in this order, a chunk at a time."""
    return iter(rows.order_by(*order).iterator(chunk_size=CHUNK))


def by_bytes(name: str) -> Any:
    """Order by a text byte by byte, as Python compares, whatever the database's language."""
    return Collate(name, "C") if connection.vendor == "postgresql" else F(name)


def side_by_side(*streams: tuple[Iterator[Any], str]) -> Iterator[tuple[Any, list[list[Any]]]]:
    """Yield each key with the rows that every stream has for it.

    A stream is (rows ordered by a key, name of the key). Only one key's rows are held at a time.
    """
    groups = [_grouped(rows, name) for rows, name in streams]
    heads = [next(group, None) for group in groups]
    while any(head is not None for head in heads):
        key = min(head[0] for head in heads if head is not None)
        yield key, [head[1] if head and head[0] == key else [] for head in heads]
        for index, head in enumerate(heads):
            if head is not None and head[0] == key:
                heads[index] = next(groups[index], None)


def _grouped(rows: Iterator[Any], name: str) -> Iterator[tuple[Any, list[Any]]]:
    key_of: Callable[[Any], Any] = lambda row: getattr(row, name)  # noqa: E731
    for key, members in itertools.groupby(rows, key_of):
        yield key, list(members)
