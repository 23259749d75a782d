"""Rows of any model, numbered and written at the speed of the driver."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from operator import attrgetter
from typing import Any, Final

from django.db import connection, models
from django.db.models.base import ModelState

type Numbers = Iterator[int]

_AS_THEY_ARE: Final = frozenset({int, str, bool, type(None)})


@dataclass(frozen=True)
class Table:
    """A table and those of its columns that are written, in their order."""

    name: str
    fields: tuple[Any, ...]

    @cached_property
    def names(self) -> list[str]:
        """The attributes of a row that hold its columns."""
        return [field.attname for field in self.fields]

    @cached_property
    def _columns(self) -> str:
        return ", ".join(f'"{field.column}"' for field in self.fields)

    @cached_property
    def _insert(self) -> str:
        marks = ", ".join(["%s"] * len(self.fields))
        return f"INSERT INTO {self.name} ({self._columns}) VALUES ({marks})"  # noqa: S608

    def line(self, values: Iterable[Any]) -> list[Any]:
        """Return one value a field, as the driver takes them."""
        return [
            value if type(value) in _AS_THEY_ARE else _for_driver(field, value)
            for field, value in zip(self.fields, values, strict=True)
        ]

    def write(self, lines: Sequence[Sequence[Any]]) -> None:
        """Insert the lines in one statement. Raises Django's database errors."""
        with connection.wrap_database_errors, connection.cursor() as cursor:
            if connection.vendor != "postgresql":
                cursor.executemany(self._insert, lines)
                return
            with cursor.copy(f"COPY {self.name} ({self._columns}) FROM STDIN") as copy:
                for line in lines:
                    copy.write_row(line)


@cache
def table_of(model: type[models.Model], *, numbered: bool = True) -> Table:
    """The table of a model; its key is left to the database unless ``numbered``."""
    fields = [one for one in model._meta.concrete_fields if numbered or not one.primary_key]
    return Table(model._meta.db_table, tuple(fields))


def write_rows(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model, checked and numbered before; rows without numbers get theirs."""
    if not rows:
        return
    table = table_of(type(rows[0]), numbered=rows[0].pk is not None)
    values = attrgetter(*table.names)
    table.write([table.line(values(row)) for row in rows])
    mark_stored(rows)


def write_newest(rows: Sequence[models.Model], *, key: str) -> None:
    """Insert derived rows of one model, each in the place of the one with its key, at once.

    No two of them share a key, and no signal tells of them.
    """
    if not rows:
        return
    model = type(rows[0])
    columns = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    model._default_manager.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=[key],
        update_fields=[name for name in columns if name != key],
    )


def mark_stored(rows: Iterable[models.Model]) -> None:
    """Let Django know that these rows are in the database."""
    alias = connection.alias
    for row in rows:
        row._state.adding, row._state.db = False, alias


def take_numbers(wanted: Mapping[type[models.Model], int]) -> dict[type[models.Model], Numbers]:
    """Take the next so many numbers of each of these tables, in one statement."""
    counts = {model._meta.db_table: count for model, count in wanted.items() if count}
    take = _from_sequences if connection.vendor == "postgresql" else _from_counters
    numbers = take(counts) if counts else {}
    return {model: iter(numbers.get(model._meta.db_table, ())) for model in wanted}


def number_rows(rows: Iterable[models.Model]) -> None:
    """Give these rows of any models the next numbers of their tables, in one statement.

    Rows that link to others of them may be built before these have numbers.
    """
    groups: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        groups.setdefault(type(row), []).append(row)
    numbers = take_numbers({model: len(found) for model, found in groups.items()})
    for model, found in groups.items():
        for row in found:
            row.pk = next(numbers[model])
    for model, found in groups.items():
        for field in _links(model):
            for row in found:
                other = field.get_cached_value(row, default=None)
                if other is not None and getattr(row, field.attname) is None:
                    setattr(row, field.name, other)


def new_row[Row: models.Model](model: type[Row], **columns: Any) -> Row:
    """Make a row of a model whose defaults are plain values.

    Its columns are put where Django would, which takes long to look at each of them.
    """
    row = model.__new__(model)
    row.__dict__.update(_defaults(model), **columns)
    row._state = ModelState()
    return row


@cache
def _defaults(model: type[models.Model]) -> dict[str, Any]:
    """The defaults by column, members of lists of choices as the database gives them back."""
    defaults = {field.attname: field.get_default() for field in model._meta.concrete_fields}
    return {
        name: str(value) if isinstance(value, str) else value for name, value in defaults.items()
    }


@cache
def _links(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.is_relation]


def _from_sequences(wanted: dict[str, int]) -> dict[str, list[int]]:
    one = (
        "ARRAY(SELECT nextval(seq) FROM pg_get_serial_sequence(%s, 'id') seq,"
        " generate_series(1, %s))"
    )
    values = [part for table, count in wanted.items() for part in (table, count)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([one] * len(wanted))}", values)
        taken = cursor.fetchone()
    return {table: sorted(numbers) for table, numbers in zip(wanted, taken, strict=True)}


def _from_counters(wanted: dict[str, int]) -> dict[str, list[int]]:
    """Move SQLite's AUTOINCREMENT counters on; the transaction excludes other writers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence")
        last = dict(cursor.fetchall())
        if new := [(0, table) for table in wanted if table not in last]:
            cursor.executemany("INSERT INTO sqlite_sequence (seq, name) VALUES (%s, %s)", new)
        moves = [(count, table) for table, count in wanted.items()]
        cursor.executemany("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", moves)
    starts = {table: last.get(table, 0) + 1 for table in wanted}
    return {table: list(range(starts[table], starts[table] + wanted[table])) for table in wanted}


@lru_cache(maxsize=256)  # the rows of one act share its moment
def _time_for_driver(value: dt.date) -> Any:
    if connection.vendor == "postgresql":
        return value
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value)


def _for_driver(field: Any, value: Any) -> Any:
    if isinstance(value, str):
        return str(value)  # a member of a list of choices
    if isinstance(value, Decimal):
        return value  # both drivers take it
    if isinstance(value, dt.date):
        return _time_for_driver(value)
    return field.get_db_prep_save(value, connection)
