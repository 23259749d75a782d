"""Reading where statements stand in articles."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from claims.choices import AnchorStatus, AssertionStatus, ClaimState
from claims.querysets.literal import literal

if TYPE_CHECKING:
    from claims.models import Anchor, ArticleRevision


class AnchorQuerySet(QuerySet["Anchor"]):
    def lost(self) -> AnchorQuerySet:
        """The last places of statements that count and that a later text no longer holds."""
        later = self.model._default_manager.filter(
            assertion=OuterRef("assertion"),
            revision__article=OuterRef("revision__article"),
            revision__number__gt=OuterRef("revision__number"),
        )
        orphaned = self.filter(
            status=literal(AnchorStatus.ORPHANED), assertion__status=AssertionStatus.LIVE
        ).exclude(assertion__claim__state=ClaimState.RETIRED)
        return orphaned.exclude(Exists(later))

    def over(self, revision: ArticleRevision, spans: Sequence[tuple[int, int]]) -> AnchorQuerySet:
        """Those that share a character with one of the spans of a text."""
        inside = (Q(start__lt=end, end__gt=start) for start, end in spans)
        return self.filter(reduce(or_, inside), revision=revision) if spans else self.none()

    def seen_with_text(self) -> AnchorQuerySet:
        """Places in the newest approved text of an article that were noted before its approval.

        Whoever approved the text saw them with it.
        """
        revision: Any = self.model._meta.get_field("revision").related_model
        newest = revision.objects.newest_approved()
        added = self.model.history.filter(
            id=OuterRef("pk"),
            history_type="+",
            history_date__lte=OuterRef("revision__approved_at"),
        )
        return self.filter(Exists(newest.filter(pk=OuterRef("revision"))), Exists(added))
