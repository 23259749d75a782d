"""Adding and editing parties."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import User

from claims.errors import InvalidValueError
from claims.models import Party
from claims.workflow.events import moment
from claims.workflow.history import signed_save
from claims.workflow.values import assign
from claims.workflow.verbs import verb

FIELDS = frozenset({"name", "kind", "aliases", "wikidata_qid", "description"})


@verb("edit_desk")
def add_party(*, by: User, reason: str, now: dt.datetime | None = None, **fields: Any) -> Party:
    """Add a speaker, outlet or belligerent."""
    return _save(Party(), fields, by=by, reason=reason, now=moment(now))


@verb("edit_desk")
def edit_party(
    *, party: Party, by: User, reason: str, now: dt.datetime | None = None, **changes: Any
) -> Party:
    """Change a party; claims that name it show the change when they are next approved."""
    row = Party.objects.select_for_update().get(pk=party.pk)
    return _save(row, changes, by=by, reason=reason, now=moment(now))


def _save(row: Party, fields: dict[str, Any], *, by: User, reason: str, now: dt.datetime) -> Party:
    assign(row, fields, FIELDS)
    if not row.name:
        raise InvalidValueError("name: a party needs a name or a description.", field="name")
    names = row.aliases
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise InvalidValueError("aliases: give a list of names.", field="aliases")
    return signed_save(row, by=by, reason=reason, now=now)
