"""Signed saves: every history row says who and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import models
from simple_history.utils import get_history_manager_for_model

from claims.models.acts import ActInProgress
from claims.models.history import digest_of_plain, plain_values
from claims.workflow.acts import act
from claims.workflow.checking import check_row
from claims.workflow.notifying import deeds_of_row
from claims.workflow.refused_rows import naming
from claims.workflow.rows import Table, mark_stored, number_rows, table_of

_SIGNATURE: Final = ("history_date", "history_user_id", "history_change_reason", "history_type")


def signed_save[Row: models.Model](
    row: Row, *, by: User | None, reason: str, now: dt.datetime | None = None
) -> Row:
    """Check lengths, choices and characters, then save with a signed history row.

    Raises InvalidValueError naming the field at fault. ``by`` is None for the machine.
    """
    check_row(row)
    is_new = row._state.adding
    with act("save", by=by, reason=reason) as held:
        with _signature(row, by, reason, now), naming(row):
            row.save()
        held.note_deeds(deeds_of_row(row, by, reason, is_new=is_new))
    return row


def signed_delete(
    row: models.Model, *, by: User | None, reason: str, now: dt.datetime | None = None
) -> None:
    """Remove a link row (a speaker, a party); its history keeps it, signed."""
    with act("remove", by=by, reason=reason), _signature(row, by, reason, now):
        row.delete()


@contextmanager
def _signature(row: Any, by: User | None, reason: str, now: dt.datetime | None) -> Iterator[None]:
    """Sign the next save only: simple-history would sign every later save with it too."""
    row._history_user, row._change_reason = by, reason
    if now is not None:
        row._history_date = now
    try:
        yield
    finally:
        for name in ("_history_user", "_change_reason", "_history_date"):
            row.__dict__.pop(name, None)


def bulk_create_signed(
    rows: Sequence[models.Model], *, by: User | None, reason: str, now: dt.datetime
) -> None:
    """Check, number and insert rows of any models with their signed history.

    One statement numbers them all; each table and its history take one more.
    """
    number_rows(rows)
    write_signed(rows, by=by, reason=reason, now=now)


def write_signed(
    rows: Sequence[models.Model], *, by: User | None, reason: str, now: dt.datetime
) -> None:
    """Check and insert rows that have numbers, with their signed history."""
    for row in rows:
        check_row(row)
    tables: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    author = by.pk if by is not None else None
    signature = dict(zip(_SIGNATURE, (now, author, reason, "+"), strict=True))
    plain = plain_values(signature.items())
    with act("save", by=by, reason=reason) as held:
        for found in tables.values():
            _write_sealed(found, signature, plain, held)
        for row in rows:
            held.note_deeds(deeds_of_row(row, by, reason, is_new=True))


def _write_sealed(
    rows: Sequence[models.Model],
    signature: dict[str, Any],
    plain: dict[str, Any],
    held: ActInProgress,
) -> None:
    """Write new rows of one model, each with a history row sealed as a single save would.

    ``plain`` is the signature as the digest takes it.
    """
    table, sealed = table_of(type(rows[0])), _sealed(type(rows[0]))
    names, values_of = table.names, attrgetter(*table.names)
    signed = sealed.signature.line([*signature.values(), held.id])
    lines, history, covered = [], [], []
    for row in rows:
        values = values_of(row)
        line = table.line(values)
        own = plain_values(zip(names, values, strict=True))
        lines.append(line)
        digest = digest_of_plain(own | plain, "")
        history.append(sealed.in_order((*line, *signed, digest)))
        covered.append((sealed.history.name, digest, digest))
    table.write(lines)
    sealed.history.write(history)
    held.note_many(covered)
    mark_stored(rows)


@dataclass(frozen=True, slots=True)
class _Sealed:
    """How the history of a model is written: its columns are the row's own and the signature.

    The signature ends with the act.
    """

    history: Table
    signature: Table
    in_order: itemgetter[Any]


@cache
def _sealed(model: type[models.Model]) -> _Sealed:
    history = table_of(get_history_manager_for_model(model).model, numbered=False)
    signature = (*_SIGNATURE, "act")
    names = [*table_of(model).names, *signature, "history_digest"]
    fields = {field.attname: field for field in history.fields}
    return _Sealed(
        history=history,
        signature=Table(history.name, tuple(fields[name] for name in signature)),
        in_order=itemgetter(*(names.index(name) for name in fields)),
    )
