"""Django's migrate, one at a time: two at once on one database would both fail half way."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

LOCK_NUMBER = 0x66616374  # "fact": the key of the advisory lock, the same in every process


class Command(DjangoMigrate):
    """Wait for a migration that another process runs, then see what is left to do."""

    def execute(self, *args: Any, **options: Any) -> Any:
        """Check and migrate under the lock: a check of a locked SQLite file finds faults in it."""
        with migration_lock(connections[options["database"]]):
            return super().execute(*args, **options)


@contextmanager
def migration_lock(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Hold the lock of one database: advisory on PostgreSQL, a file beside it on SQLite."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "postgresql":
        with advisory_lock(connection):
            yield
    elif connection.vendor == "sqlite" and not is_in_memory(name):
        with Path(f"{name}-migrating").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
    else:
        yield


@contextmanager
def advisory_lock(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Hold PostgreSQL's advisory lock on a connection of its own until the work is done."""
    holder = connection.copy()
    try:
        with holder.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK_NUMBER])
            try:
                yield
            finally:
                # A pooled connection outlives its close, and would keep the lock.
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_NUMBER])
    finally:
        holder.close()


def is_in_memory(name: str) -> bool:
    """Say whether a SQLite name is a database that no other process can see."""
    return ":memory:" in name or "mode=memory" in name
