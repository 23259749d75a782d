"""History rows that name their author for good and carry a chained digest."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import models
from simple_history.manager import HistoryDescriptor
from simple_history.models import HistoricalRecords

from claims.domain.added_columns import signed_columns
from claims.models.acts import current_act

_OWN_COLUMNS = frozenset({"history_id", "history_digest", "act"})
_PLAIN = frozenset({str, int, bool, type(None)})
_IN_ORDER = json.JSONEncoder(sort_keys=True, ensure_ascii=False)


class SealedHistory(models.Model):
    """A history row with a digest over its own values and the digest of the row before it.

    Rows of one object form a chain: changing or removing one by SQL breaks it, and
    ``verify_history`` names the row. ``act`` is the act of the log that wrote it and covers it.
    """

    history_digest = models.CharField(max_length=64, editable=False)
    act = models.UUIDField(null=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Seal the row, then insert it. A mechanism of storage, not a rule of the domain."""
        if not self.history_digest:
            self.history_digest = digest_of(self, self._previous_digest())
        held = current_act()
        if held is not None and self.act is None:
            self.act = held.id
            held.note(self._meta.db_table, self.history_digest, self.history_digest)
        super().save(*args, **kwargs)

    def _previous_digest(self) -> str:
        if self.history_type == "+":  # type: ignore[attr-defined]
            return ""
        key = type(self).instance_type._meta.pk.attname  # type: ignore[attr-defined]
        rows = type(self)._default_manager.filter(**{key: getattr(self, key)})
        newest = rows.order_by("-history_id").values_list("history_digest", flat=True).first()
        return newest or ""


class SealedRecords(HistoricalRecords):
    """HistoricalRecords that never forget their author: deleting a user is refused."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("bases", [SealedHistory])
        kwargs.setdefault("history_change_reason_field", models.TextField())
        super().__init__(**kwargs)

    def _get_history_user_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = super()._get_history_user_fields()
        fields["history_user"].remote_field.on_delete = models.PROTECT
        return fields

    def finalize(self, sender: Any, **kwargs: Any) -> None:
        """Make the history's model, and its manager's class once instead of at each use."""
        super().finalize(sender, **kwargs)
        made = vars(sender).get(self.manager_name)
        if isinstance(made, HistoryDescriptor):  # a model that inherits its history has none
            setattr(sender, self.manager_name, _History(made))


class _History(HistoryDescriptor):
    """``row.history`` and ``Model.history``, as they were made but for the time they take."""

    def __init__(self, made: HistoryDescriptor) -> None:
        super().__init__(made.model, made.manager_class, made.queryset_class)
        self._manager = made.manager_class.from_queryset(made.queryset_class)

    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> Any:
        return self._manager(self.model, instance)


def digest_of(row: models.Model, previous: str) -> str:
    """SHA-256 (hex) of the previous digest and the row's values, the same on both databases."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in _OWN_COLUMNS
    }
    return digest_of_values(values, previous)


def digest_of_values(values: Mapping[str, Any], previous: str) -> str:
    """The same of the row's values by column, but for its number and its digest."""
    return digest_of_plain(plain_values(values.items()), previous)


def digest_of_plain(values: Mapping[str, Any], previous: str) -> str:
    """The same of values that are plain already."""
    text = _IN_ORDER.encode([previous, signed_columns(values)])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def plain_values(values: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """The values of columns, each as plain_value spells it."""
    return {name: value if type(value) in _PLAIN else plain_value(value) for name, value in values}


def plain_value(value: Any) -> Any:
    """One spelling per value, whichever database it came from."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f") if value else "0"  # no database keeps "-0"
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    return value
