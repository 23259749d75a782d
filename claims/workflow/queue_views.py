"""Keeping views of the review queue under a name, and dropping them."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction

from claims.errors import DuplicateError, InvalidValueError, PermissionMissingError, TransitionError
from claims.models import QueueView
from claims.workflow.acts import act
from claims.workflow.events import moment
from claims.workflow.history import signed_save
from claims.workflow.text import refuse_unstorable
from claims.workflow.verbs import require_permission

MOST: Final = 50  # that one person keeps
LONGEST_NAME: Final = 60
LONGEST_QUERY: Final = 1000
_KEPT, _DROPPED = "Kept a view of the queue.", "Dropped a view of the queue."


def save_view(*, name: str, query: str, by: User, now: dt.datetime | None = None) -> QueueView:
    """Keep what an address of the list asks for; ``query`` is its query string."""
    require_permission(by, "edit_desk")
    name = " ".join(name.split())
    refuse_unstorable(name, "name")
    if not name or len(name) > LONGEST_NAME:
        raise InvalidValueError(f"name: write 1 to {LONGEST_NAME} characters.", field="name")
    if not query or len(query) > LONGEST_QUERY:
        raise InvalidValueError(
            "query: choose a view, a filter or a search of the list first, in an address of at "
            f"most {LONGEST_QUERY} characters.",
            field="query",
        )
    with transaction.atomic(), act("save_view", by=by, reason=_KEPT):
        User.objects.select_for_update().get(pk=by.pk)  # two saves at once count each other
        own = QueueView.objects.of(by)
        if own.filter(name=name).exists():
            raise DuplicateError("You have a view of this name.", field="name")
        if own.count() >= MOST:
            raise InvalidValueError(f"You keep {MOST} views: drop one first.", field="name")
        view = QueueView(owner=by, name=name, query=query)
        return signed_save(view, by=by, reason=_KEPT, now=moment(now))


def drop_view(*, view: QueueView, by: User, now: dt.datetime | None = None) -> QueueView:
    """Keep one's own view no longer."""
    require_permission(by, "edit_desk")
    with transaction.atomic(), act("drop_view", by=by, reason=_DROPPED):
        row = QueueView.objects.select_for_update().get(pk=view.pk)
        if row.owner_id != by.pk:
            raise PermissionMissingError("This view is somebody else's.")
        if row.is_dropped:
            raise TransitionError("This view is dropped already.", field="is_dropped")
        row.is_dropped = True
        return signed_save(row, by=by, reason=_DROPPED, now=moment(now))
