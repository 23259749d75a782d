"""Signed saves: every history row says who and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from simple_history.utils import get_history_manager_for_model

from claims.models.history import digest_of_values
from claims.workflow.checking import check_row
from claims.workflow.rows import number_rows, table_of, write_rows


def signed_save[Row: models.Model](
    row: Row, *, by: User | None, reason: str, now: dt.datetime | None = None
) -> Row:
    """Check lengths, choices and characters, then save with a signed history row.

    Raises InvalidValueError naming the field at fault. ``by`` is None for the machine.
    """
    check_row(row)
    with _signature(row, by, reason, now):
        row.save()
    return row


def signed_delete(
    row: models.Model, *, by: User | None, reason: str, now: dt.datetime | None = None
) -> None:
    """Remove a link row (a speaker, a party); its history keeps it, signed."""
    with _signature(row, by, reason, now):
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
    signature: dict[str, Any] = {
        "history_date": now,
        "history_user_id": by.pk if by is not None else None,
        "history_change_reason": reason,
        "history_type": "+",
    }
    for found in tables.values():
        write_rows(found)
        _sign(found, signature)


def _sign(rows: Sequence[models.Model], signature: dict[str, Any]) -> None:
    """Write the first history row of each of these new rows, sealed as a single save would."""
    names = [field.attname for field in rows[0]._meta.concrete_fields]
    history = table_of(get_history_manager_for_model(type(rows[0])).model, numbered=False)
    columns = [field.attname for field in history.fields]
    lines = []
    for row in rows:
        values = {name: getattr(row, name) for name in names} | signature
        values["history_digest"] = digest_of_values(values, "")
        lines.append(history.line([values[name] for name in columns]))
    history.write(lines)
