"""Reading disputes on the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from claims.choices import UNRESOLVED, DisputeState

if TYPE_CHECKING:
    from claims.models import Dispute


class DisputeQuerySet(QuerySet["Dispute"]):
    def unresolved(self) -> DisputeQuerySet:
        return self.filter(state__in=UNRESOLVED)

    def resolved(self) -> DisputeQuerySet:
        return self.filter(state=DisputeState.RESOLVED)

    def for_evidence(self) -> DisputeQuerySet:
        """Disputes with members and people, in a fixed number of queries."""
        return (
            self.select_related("opened_by", "decided_by")
            .prefetch_related("members", "events__actor")
            .order_by("pk")
        )
