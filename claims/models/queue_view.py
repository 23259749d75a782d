"""Views of the review queue that people keep under a name."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models.history import SealedRecords
from claims.querysets.queue_view import QueueViewQuerySet


class QueueView(models.Model):
    """What an address of the list of claims asks for: ``query`` is its query string.

    Whoever has its number may open it. A dropped one stays, with its history.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="queue_views")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)
    is_dropped = models.BooleanField(default=False)

    objects = QueueViewQuerySet.as_manager()
    history = SealedRecords()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="queueview_name_is_unique_for_its_owner",
                fields=["owner", "name"],
                condition=Q(is_dropped=False),
            ),
            models.CheckConstraint(
                name="queueview_asks_something", condition=~Q(name="") & ~Q(query="")
            ),
        ]

    def __str__(self) -> str:
        return self.name
