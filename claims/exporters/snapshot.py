"""One unchanging view of the database for as long as an export reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper

from claims.models import ClaimVersion

# A Django transaction on SQLite begins IMMEDIATE and would keep all writers waiting.
_BEGIN: Final = {
    "sqlite": "BEGIN DEFERRED",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}


@contextmanager
def read_snapshot(using: str | None = None) -> Iterator[BaseDatabaseWrapper]:
    """Yield a connection whose reads all see the same moment; nothing waits for it.

    Inside a transaction that is open already, that transaction is the snapshot.
    """
    connection = connections[using or router.db_for_read(ClaimVersion)]
    if connection.in_atomic_block:
        yield connection
        return
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN[connection.vendor])
    try:
        yield connection
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def head_sequence(connection: BaseDatabaseWrapper) -> int:
    """Return the newest sequence that this connection sees, 0 before the first publication."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequence FROM claims_publicationhead WHERE id = 1")
        row = cursor.fetchone()
    return int(row[0]) if row else 0
