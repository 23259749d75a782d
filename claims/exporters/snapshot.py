"""One unchanging view of the database for as long as an export reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import DatabaseError, connections, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from claims.models import ClaimVersion

# A Django transaction on SQLite begins IMMEDIATE and would keep all writers waiting.
_BEGIN: Final = {
    "sqlite": "BEGIN DEFERRED",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}


@contextmanager
def read_snapshot(
    using: str | None = None, seconds: int | None = None
) -> Iterator[BaseDatabaseWrapper]:
    """Yield a connection whose reads all see the same moment; nothing waits for it.

    ``seconds`` is how long PostgreSQL may take for one statement, in place of the process's own
    limit (0: as long as it takes). Whatever reads inside must be closed before the block is left.
    Inside a transaction that is open already, that transaction is the snapshot.
    """
    connection = connections[using or router.db_for_read(ClaimVersion)]
    if connection.in_atomic_block:
        with transaction.atomic(using=connection.alias):  # it outlives a reading that broke off
            yield connection
        return
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN[connection.vendor])
    try:
        if seconds is not None:
            allow_seconds(connection, seconds)
        yield connection
    finally:
        _roll_back(connection)


def allow_seconds(connection: BaseDatabaseWrapper, seconds: int) -> None:
    """Let each statement of the open transaction take so long; SQLite knows no such limit."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{seconds}s"])


def _roll_back(connection: BaseDatabaseWrapper) -> None:
    """End the transaction; a connection that cannot is given up, so that nobody inherits it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
    except DatabaseError:
        connection.close()


def head_sequence(connection: BaseDatabaseWrapper) -> int:
    """Return the newest sequence that this connection sees, 0 before the first publication."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequence FROM claims_publicationhead WHERE id = 1")
        row = cursor.fetchone()
    return int(row[0]) if row else 0
