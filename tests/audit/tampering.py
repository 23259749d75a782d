"""Changing rows behind the workflow, and what verification then names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction

from claims.audit.findings import BadRow
from claims.audit.verification import verify_everything


def execute(sql: str, *values: Any) -> int:
    """Change rows past the workflow; return how many."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED" if on_postgresql() else "SELECT 1")
        cursor.execute(sql, values)
        return cursor.rowcount


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def on_postgresql() -> bool:
    return connection.vendor == "postgresql"


def newest(model: type[models.Model]) -> Any:
    row = model._default_manager.order_by("-pk").first()
    assert row is not None
    return row


def change(row: models.Model, column: str, expression: str) -> None:
    """Change one row by SQL, and make sure that it really is another one now."""
    table, key = row._meta.db_table, row._meta.pk.column
    before = type(row)._default_manager.filter(pk=row.pk).values().get()
    execute(f"UPDATE {table} SET {column} = {expression} WHERE {key} = %s", row.pk)
    assert type(row)._default_manager.filter(pk=row.pk).values().get() != before


def bad_rows() -> list[BadRow]:
    """What is wrong besides the act of the log that covered it; see test_forgeries for these."""
    return [row for row in verify_everything().bad if row.table != "claims_act"]


def named() -> set[tuple[str, str]]:
    return {(row.table, row.id) for row in bad_rows()}
