"""Reading claims on the desk."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db.models import Case, Q, QuerySet, SmallIntegerField, When

from claims.choices import UNRESOLVED, ClaimState, Contention

if TYPE_CHECKING:
    from claims.models import Claim, Source


TO_DECIDE = (ClaimState.IN_REVIEW, ClaimState.RETIRING)
UNFINISHED = (ClaimState.DRAFT, ClaimState.CHANGES_REQUESTED, *TO_DECIDE)


class ClaimQuerySet(QuerySet["Claim"]):
    def active(self) -> ClaimQuerySet:
        return self.exclude(state=ClaimState.RETIRED)

    def in_review(self) -> ClaimQuerySet:
        """Claims that wait for somebody to approve them, or their retirement."""
        return self.filter(state__in=TO_DECIDE)

    def reviewable_by(self, user: User) -> ClaimQuerySet:
        """Claims in review that this person did not edit last."""
        return self.in_review().exclude(last_edited_by=user)

    def after_in_queue(self, number: int) -> ClaimQuerySet:
        """The others in the order of the queue, those after this one first."""
        is_after = Case(When(pk__lt=number, then=0), default=1, output_field=SmallIntegerField())
        return self.exclude(pk=number).order_by(is_after, "-pk")

    def returned_to(self, user: User) -> ClaimQuerySet:
        return self.filter(state=ClaimState.CHANGES_REQUESTED, last_edited_by=user)

    def last_edited_by_others(self, user: User) -> ClaimQuerySet:
        """Unfinished claims that somebody else changed last."""
        return self.filter(state__in=UNFINISHED).exclude(last_edited_by=user)

    def with_open_dispute(self) -> ClaimQuerySet:
        unresolved = Q(disputes__state__in=UNRESOLVED)
        return self.active().filter(unresolved).distinct()

    def waiting_since(self, moment: dt.datetime) -> ClaimQuerySet:
        """Claims in review, or returned, that nobody touched after the moment."""
        waiting = (*TO_DECIDE, ClaimState.CHANGES_REQUESTED)
        return self.filter(state__in=waiting, edited_at__lt=moment)

    def imported(self) -> ClaimQuerySet:
        """Drafts found in an article that were never published."""
        drafts = self.filter(state=ClaimState.DRAFT, versions__isnull=True)
        return drafts.filter(assertions__anchors__isnull=False).distinct()

    def citing(self, source: Source) -> ClaimQuerySet:
        """The active claims with a statement of this source, live or not."""
        return self.active().filter(assertions__source=source).distinct()

    def with_takedown_to_confirm(self) -> ClaimQuerySet:
        """Claims that one person took from readers and nobody confirmed yet."""
        retired = self.filter(state=ClaimState.RETIRED)
        return retired.filter(versions__is_current=True, versions__is_takedown=True)

    def disputed(self) -> ClaimQuerySet:
        return self.filter(contention=Contention.DISPUTED)

    def for_evidence(self) -> ClaimQuerySet:
        """Claims with everything that contention and the public document are built from."""
        return self.select_related("subject", "measure", "last_edited_by")
