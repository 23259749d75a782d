"""Reading assertions on the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import OuterRef, QuerySet, Subquery

from claims.choices import AssertionStatus

if TYPE_CHECKING:
    from claims.models import Assertion


class AssertionQuerySet(QuerySet["Assertion"]):
    def live(self) -> AssertionQuerySet:
        return self.filter(status=AssertionStatus.LIVE)

    def in_rows(self) -> AssertionQuerySet:
        """Those that count, as the form of their claim changes them: with ``newest_history``."""
        records = self.model.history.filter(id=OuterRef("pk")).order_by("-history_id")
        newest = Subquery(records.values("history_id")[:1])
        return self.live().for_evidence().annotate(newest_history=newest)

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
