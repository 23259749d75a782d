"""Signed saves: every history row says who and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models

from claims.errors import InvalidValueError
from claims.workflow.text import refuse_unstorable


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
