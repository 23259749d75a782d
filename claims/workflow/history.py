"""Signed saves: every history row says who and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from simple_history.utils import get_history_manager_for_model

from claims.errors import InvalidValueError
from claims.models.history import digest_of
from claims.workflow.text import refuse_unstorable

BATCH = 500  # rows a statement; SQLite takes 32,766 values in one


def signed_save[Row: models.Model](
    row: Row, *, by: User | None, reason: str, now: dt.datetime | None = None
) -> Row:
    """Check lengths, choices and characters, then save with a signed history row.

    Raises InvalidValueError naming the field at fault. ``by`` is None for the machine.
    """
    _check(row)
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


def bulk_create_signed[Row: models.Model](
    rows: Sequence[Row], *, by: User | None, reason: str, now: dt.datetime
) -> list[Row]:
    """Check and insert rows of one model with their signed history, two statements a batch."""
    stored = bulk_insert(rows)
    bulk_sign(stored, by=by, reason=reason, now=now)
    return stored


def bulk_insert[Row: models.Model](rows: Sequence[Row]) -> list[Row]:
    """Check and insert rows of one model; their history is to follow with bulk_sign."""
    for row in rows:
        _check(row)
    if not rows:
        return []
    return type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)


def bulk_sign(
    rows: Sequence[models.Model], *, by: User | None, reason: str, now: dt.datetime
) -> None:
    """Write the first history row of each of these new rows, sealed as a single save would."""
    if not rows:
        return
    history: Any = get_history_manager_for_model(type(rows[0]))
    signed = []
    for row in rows:
        values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        entry = history.model(
            **values,
            history_date=now,
            history_user=by,
            history_change_reason=reason,
            history_type="+",
        )
        entry.history_digest = digest_of(entry, "")
        signed.append(entry)
    history.bulk_create(signed, batch_size=BATCH)


def _check(row: models.Model) -> None:
    links = [field.name for field in row._meta.concrete_fields if field.is_relation]
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(value, str):
            refuse_unstorable(value, field.name)
    try:
        row.clean_fields(exclude=links)
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise InvalidValueError(f"{name}: {' '.join(messages)}", field=name) from error
