"""Reading assertions on the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from claims.choices import AssertionStatus

if TYPE_CHECKING:
    from claims.models import Assertion


class AssertionQuerySet(QuerySet["Assertion"]):
    def live(self) -> AssertionQuerySet:
        return self.filter(status=AssertionStatus.LIVE)

    def for_evidence(self) -> AssertionQuerySet:
        """Assertions with source, chain and parties, in a fixed number of queries."""
        return (
            self.select_related("source", "source__publisher")
            .prefetch_related(
                "attributions__party",
                "party_links__party",
                "anchors__revision__article",
            )
            .order_by("pk")
        )
