"""Many rows into one table at the driver's own speed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models


def write_rows(model: type[models.Model], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of all concrete columns, keys included; values as the driver takes them."""
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    names = [quote(field.column) for field in model._meta.concrete_fields]
    columns = ", ".join(names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join("?" * len(names))
            # Below Django's cursor, which would rewrite each placeholder of each batch.
            connection.connection.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows
            )


def settle(tables: Iterable[type[models.Model]]) -> None:
    """Move the id sequences past the rows written, and refresh the planner's statistics."""
    statements = connection.ops.sequence_reset_sql(no_style(), list(tables))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
