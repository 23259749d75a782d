"""Looking rows up by what they are known as, for imports that do it for every article."""

# Building a queryset takes several times as long as such a query itself, so it is written out.

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import connection
from django.db.models import Model


def rows_known_as[Row: Model](
    model: type[Row], known: Mapping[str, Collection[Any]], *, lock: bool = False
) -> list[Row]:
    """Return the rows, oldest first, that have one of the values in the column named with them.

    A column is SQL, such as ``lower(doi)``. ``lock`` keeps others from changing the rows.
    """
    wanted = {column: values for column, values in known.items() if values}
    if not wanted:
        return []
    tests = " OR ".join(f"{column} IN ({marks(values)})" for column, values in wanted.items())
    words = f"SELECT * FROM {model._meta.db_table} WHERE {tests}"  # noqa: S608
    if lock and connection.features.has_select_for_update:
        words += " FOR UPDATE"
    found = model._default_manager.raw(words, [one for values in wanted.values() for one in values])
    return sorted(found, key=lambda row: row.pk)


def marks(values: Collection[Any]) -> str:
    """Return the place-holders of so many values."""
    return ", ".join(["%s"] * len(values))
