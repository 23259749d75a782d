"""Plain values of rows that have no history of their own, as their digests take them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from django.db import models

from claims.domain.acts import state_digest
from claims.models.history import plain_value

# Columns that say nothing of who did what: a sign-in is no act, and a version's text has its hash.
_LEFT_OUT: Final[dict[str, frozenset[str]]] = {
    "auth_user": frozenset({"last_login"}),
    "claims_reviewevent": frozenset({"act"}),
    "claims_claimversion": frozenset({"id", "act", "is_current", "payload"}),
}


def values_of(row: models.Model) -> dict[str, Any]:
    """The row's values by column, and what an account or a group may do.

    Columns that are empty are left out, so that a column added later changes no digest.
    """
    table = row._meta.db_table
    values = {
        name: plain_value(value)
        for name, empty in _columns(type(row))
        if (value := getattr(row, name)) != empty
    }
    if table in _RIGHTS:
        values |= _RIGHTS[table](row)
    return values


def row_digest(row: models.Model) -> str:
    """The digest of a row that is never changed: an event, a version."""
    return state_digest(values_of(row))


def ordered_key(number: Any) -> str:
    """The key of a row as text whose order is that of the numbers."""
    return f"{number:020d}" if isinstance(number, int) else str(number)


@cache
def _columns(model: type[models.Model]) -> list[tuple[str, Any]]:
    """The columns that the digest takes, each with the value of one that is empty."""
    left_out = _LEFT_OUT.get(model._meta.db_table, frozenset())
    fields = [one for one in model._meta.concrete_fields if one.attname not in left_out]
    return [(field.attname, _empty(field)) for field in fields]


def _empty(field: Any) -> Any:
    if field.null:
        return None
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, models.IntegerField):
        return 0
    return "" if field.empty_strings_allowed else None


def _user_rights(user: Any) -> dict[str, Any]:
    groups = sorted(group.pk for group in user.groups.all())
    return {"groups": groups, "permissions": _names(user.user_permissions)}


def _group_rights(group: Any) -> dict[str, Any]:
    return {"permissions": _names(group.permissions)}


def _names(permissions: Any) -> list[str]:
    rows = permissions.all().select_related("content_type")
    return sorted(f"{row.content_type.app_label}.{row.codename}" for row in rows)


_RIGHTS: Final[dict[str, Callable[[Any], dict[str, Any]]]] = {
    "auth_user": _user_rights,
    "auth_group": _group_rights,
}
