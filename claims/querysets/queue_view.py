"""Reading the views of the queue that people keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db.models import QuerySet

if TYPE_CHECKING:
    from claims.models import QueueView


class QueueViewQuerySet(QuerySet["QueueView"]):
    def kept(self) -> QueueViewQuerySet:
        """Those that nobody dropped."""
        return self.filter(is_dropped=False)

    def of(self, user: User) -> QueueViewQuerySet:
        """What this person keeps, by name."""
        return self.kept().filter(owner=user).order_by("name", "pk")
