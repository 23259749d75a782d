"""Columns that tables gained after rows had been signed: a digest leaves them out while empty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

# Name of the column, and the plain value that stands for "not there". A digest names a row's
# columns, so a row signed before a column existed and one that never filled it are the same
# row. The names hold for all tables: a name that any table had before cannot enter, nor one
# whose meaning for an older row is not this value.
ADDED: Final[dict[str, Any]] = {
    # Of a subject.
    "country": "",
    "latitude": None,
    "longitude": None,
    "wikidata_id": "",
    # Of a source.
    "work_licence": "",
    # Of a merge.
    "to_publish": {},
    "part_of_id": None,
}


def signed_columns(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The plain values of a row that its digest covers, by column.

    >>> signed_columns({"title": "Aguelhok"})
    {'title': 'Aguelhok'}
    """
    if ADDED.keys().isdisjoint(values):
        return values
    empty = [name for name, absent in ADDED.items() if _is(values, name, absent)]
    if not empty:
        return values
    return {name: value for name, value in values.items() if name not in empty}


def _is(values: Mapping[str, Any], name: str, absent: Any) -> bool:
    if name not in values:
        return False
    value = values[name]
    return type(value) is type(absent) and bool(value == absent)  # False is not 0
