"""What the factories made once in the same order is put there again, and not made again."""

# Most of the time of most tests went into the verbs that make the same few rows. Here the rows
# that a call of a factory wrote are kept under the calls that came before it in the test. The
# next test that begins with the same calls is given these rows, to the letter, and objects of
# its own. Whatever else writes ends that for the rest of the test.

from __future__ import annotations

import copy
import datetime as dt
import functools
import re
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Any, Final

import psycopg
from django.db import DJANGO_VERSION_PICKLE_KEY, connection, models, transaction
from time_machine import escape_hatch

Rows = dict[Any, tuple[Any, ...]]  # of one table, by primary key

SECONDS: Final = 60
READS: Final = ("SELECT", "(SELECT", "PRAGMA", "COPY (")
WRITES: Final = re.compile(r'(?:INSERT INTO|INSERT OR IGNORE INTO|UPDATE|DELETE FROM|COPY) "?(\w+)')
SAVEPOINT: Final = re.compile(r"(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT) (\S+)")
PLAIN: Final = (str, int, float, bytes, Decimal, dt.date, dt.timedelta, Enum, type(None))


class UnkeyedError(Exception):
    """An argument that says too little of itself."""


@dataclass(eq=False)
class State:
    """The rows of the database after some calls; of the first state, all that were read."""

    before: State | None = None
    tables: dict[str, Rows] = field(default_factory=dict)
    calls: dict[Any, Call] = field(default_factory=dict)

    def rows(self, table: str) -> Rows:
        """The rows of a table in this state."""
        state = self
        while table not in state.tables and state.before is not None:
            state = state.before
        return state.tables[table]

    def read(self) -> None:
        """Note all rows, in the first state of a sequence."""
        if self.before is None and not self.tables:
            self.tables = {table: _read(table) for table in _tables()}


@dataclass(eq=False)
class Call:
    """What a call of a factory did."""

    made_at: float
    given: list[models.Model]  # its arguments, as it left them
    result: Any
    then: State
    afterwards: list[tuple[Callable[[], Any], bool]]  # what it left to do after the commit
    removed: dict[str, list[Any]]
    added: dict[str, list[tuple[Any, ...]]]


class Memory:
    """Where the test is among the calls that are known; nowhere once something else has written."""

    def __init__(self) -> None:
        self.state: State | None = None
        self._savepoints: dict[str, State | None] = {}
        self._written: set[str] | None = None  # while a call is recorded

    def begin(self, state: State | None) -> None:
        """Note that the database is in this state; None where nothing is to be remembered."""
        self.state, self._written = state, None
        self._savepoints.clear()
        if state is not None and self._listen not in connection.execute_wrappers:
            # Before all others: whoever wraps a block takes the last one away when it ends.
            connection.execute_wrappers.insert(0, self._listen)

    def call(self, function: Callable[..., Any], *args: Any, **fields: Any) -> Any:
        """What the function returns, with the rows that it writes."""
        if self.state is None or self._written is not None or escape_hatch.is_travelling():
            return function(*args, **fields)
        given: list[models.Model] = []
        try:
            key = (function.__qualname__, _key(args, given), _key(fields, given))
        except UnkeyedError:
            return function(*args, **fields)
        known = self.state.calls.get(key)
        if known is not None and time.monotonic() - known.made_at < SECONDS:
            return self._again(known, given)
        made_at, before, waiting = time.monotonic(), self.state, len(connection.run_on_commit)
        before.read()
        result, written = self._record(lambda: function(*args, **fields))
        if self.state is None:
            return result
        then, removed, added = before, {}, {}
        if written:
            then = State(before, {table: _read(table) for table in written})
            for table, rows in then.tables.items():
                old = before.rows(table)
                removed[table] = [key for key, row in old.items() if rows.get(key) != row]
                added[table] = [row for key, row in rows.items() if old.get(key) != row]
        kept = copy.deepcopy((given, result))
        left = [(todo, robust) for _, todo, robust in connection.run_on_commit[waiting:]]
        before.calls[key], self.state = Call(made_at, *kept, then, left, removed, added), then
        return result

    def _record(self, run: Callable[[], Any]) -> tuple[Any, set[str]]:
        self._written = written = set()
        try:
            return run(), written
        except BaseException:
            self.state = None
            raise
        finally:
            self._written = None

    def _again(self, call: Call, given: list[models.Model]) -> Any:
        own = {id(kept): row for kept, row in zip(call.given, given, strict=True)}
        for kept, row in zip(call.given, given, strict=True):
            row.__dict__.update(copy.deepcopy(kept.__dict__, own))
            row.__dict__.pop(DJANGO_VERSION_PICKLE_KEY, None)
        result = copy.deepcopy(call.result, own)
        if call.then is not self.state:
            _write(call)
            self.state = call.then
        for todo, robust in call.afterwards:
            transaction.on_commit(todo, robust=robust)
        return result

    def _listen(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.note(sql)
        return execute(sql, params, many, context)

    def note(self, sql: str) -> None:
        """Follow what leads from state to state, and lose the way with what does not."""
        if sql.lstrip().startswith(READS):
            return
        if (found := SAVEPOINT.match(sql)) is not None:
            verb, name = found.groups()
            if verb == "SAVEPOINT":
                self._savepoints[name] = self.state
            elif verb.startswith("ROLLBACK") and self._written is None:
                self.state = self._savepoints.get(name)
        elif self._written is not None and (table := _written_by(sql)) in _tables():
            self._written.add(table)
        else:
            self.state = None


memory = Memory()
_copy = psycopg.Cursor.copy


def _copy_in(cursor: Any, statement: Any, *args: Any, **fields: Any) -> Any:
    """Note what PostgreSQL is sent past the cursors of Django."""
    memory.note(statement)
    return _copy(cursor, statement, *args, **fields)


psycopg.Cursor.copy = _copy_in  # type: ignore[method-assign, assignment]


def remembered(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, which need not make again what it made for a test before."""
    return functools.wraps(function)(functools.partial(memory.call, function))


def _written_by(sql: str) -> str:
    found = WRITES.match(sql)
    return found.group(1) if found is not None else ""


def _key(value: Any, given: list[models.Model]) -> Any:
    """What tells one argument from another; notes the rows among them."""
    kind = type(value).__name__
    if isinstance(value, PLAIN):
        return kind, value
    if isinstance(value, list | tuple):
        return kind, tuple(_key(item, given) for item in value)
    if isinstance(value, dict):
        return kind, tuple((name, _key(item, given)) for name, item in value.items())
    if isinstance(value, models.Model):
        given.append(value)
        names = [field.attname for field in value._meta.concrete_fields]
        known = value.__dict__
        return kind, tuple((name, _key(known[name], [])) for name in names if name in known)
    raise UnkeyedError(kind)


@functools.cache
def _tables() -> frozenset[str]:
    """All tables with rows of their own; indexes of words follow theirs by themselves."""
    from claims.models.findable import findable_tables

    indexes = tuple(f"{table}_words" for table in findable_tables())
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    return frozenset(name for name in names if not name.startswith(indexes))


@functools.cache
def _columns(table: str) -> tuple[str, ...]:
    """The columns that are written, the primary key first."""
    on_sqlite = "SELECT name FROM pragma_table_info(%s)"
    on_postgresql = (
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
        "AND table_schema = current_schema() AND is_generated = 'NEVER'"
    )
    with connection.cursor() as cursor:
        first = connection.introspection.get_primary_key_column(cursor, table)
        cursor.execute(on_sqlite if connection.vendor == "sqlite" else on_postgresql, [table])
        names = {name for (name,) in cursor.fetchall()} - {first}
    assert first is not None, f"{table} has no primary key"
    return first, *sorted(names)


def _read(table: str) -> Rows:
    names = '", "'.join(_columns(table))
    with closing(connection.create_cursor()) as cursor:
        cursor.execute(f'SELECT "{names}" FROM "{table}"')
        return {row[0]: row for row in cursor.fetchall()}


def _write(call: Call) -> None:
    """Put there what a call wrote; past whoever counts or watches the statements of a test."""
    from tests.accounts import forget_accounts

    if any(table.startswith("auth_") for table in call.added):
        forget_accounts()
    with closing(connection.create_cursor()) as cursor:
        for table, keys in call.removed.items():
            for key in keys:
                first = _columns(table)[0]
                cursor.execute(f'DELETE FROM "{table}" WHERE "{first}" = %s', [key])
        for table, rows in call.added.items():
            names = _columns(table)
            places = ", ".join(["%s"] * len(names))
            into = f'INSERT INTO "{table}" ("{'", "'.join(names)}") VALUES ({places})'
            if rows:
                cursor.executemany(into, rows)
