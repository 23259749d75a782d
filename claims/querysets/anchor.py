"""Reading where statements stand in articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from claims.choices import AnchorStatus, AssertionStatus, ClaimState

if TYPE_CHECKING:
    from claims.models import Anchor


class AnchorQuerySet(QuerySet["Anchor"]):
    def lost(self) -> AnchorQuerySet:
        """The last places of statements that count and that a later text no longer holds."""
        later = self.model._default_manager.filter(
            assertion=OuterRef("assertion"),
            revision__article=OuterRef("revision__article"),
            revision__number__gt=OuterRef("revision__number"),
        )
        orphaned = self.filter(
            status=AnchorStatus.ORPHANED, assertion__status=AssertionStatus.LIVE
        ).exclude(assertion__claim__state=ClaimState.RETIRED)
        return orphaned.exclude(Exists(later))
