"""Reading the log of decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from claims.choices import AUTHORING_ACTIONS, DECISIONS, SUBMITTING_ACTIONS, ReviewAction
from claims.errors import AppendOnlyError
from claims.querysets.literal import literal

if TYPE_CHECKING:
    from claims.models import Claim, ReviewEvent


class ReviewEventQuerySet(QuerySet["ReviewEvent"]):
    def update(self, **values: Any) -> NoReturn:
        raise AppendOnlyError("Review events are never changed.")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("Review events are never deleted.")

    def since_last_approval(self, claim: Claim | int) -> ReviewEventQuerySet:
        """The events of a claim that no approval has covered yet."""
        events = self.filter(claim=claim)
        approved = events.filter(action=ReviewAction.APPROVED).order_by("-pk")
        newest = approved.values_list("pk", flat=True).first()
        return events.filter(pk__gt=newest) if newest else events

    def latest_decisions(self) -> ReviewEventQuerySet:
        """Approvals and returns, the newest first; an index holds them in this order."""
        return self.filter(action__in=[*map(literal, DECISIONS)]).order_by("-at")

    def looked_into(self, rows: ReviewEventQuerySet) -> ReviewEventQuerySet:
        """These few rows with ``submitted_at``, ``is_own`` and ``is_approval``."""
        numbers = [row.pk for row in rows]
        found = self.filter(pk__in=numbers)._with_wait()._with_self_approval()
        return found.annotate(is_approval=Q(action=ReviewAction.APPROVED))

    def _with_wait(self) -> ReviewEventQuerySet:
        """``submitted_at``: when what was decided had been put before the reviewers."""
        before = self.model._default_manager.filter(claim=OuterRef("claim"), pk__lt=OuterRef("pk"))
        submitted = before.filter(action__in=SUBMITTING_ACTIONS).order_by("-pk")
        return self.annotate(submitted_at=Subquery(submitted.values("at")[:1]))

    def _with_self_approval(self) -> ReviewEventQuerySet:
        """``is_own``: an approval by somebody who wrote a part since the one before it."""
        before = self.model._default_manager.filter(claim=OuterRef("claim"), pk__lt=OuterRef("pk"))
        approved = before.filter(action=ReviewAction.APPROVED).order_by("-pk").values("pk")[:1]
        own = before.filter(action__in=AUTHORING_ACTIONS, actor=OuterRef("actor"))
        since = own.filter(pk__gt=Coalesce(OuterRef("approved_before"), 0))
        return self.annotate(approved_before=Subquery(approved)).annotate(is_own=Exists(since))

    def told(self) -> ReviewEventQuerySet:
        """Newest first, each with who caused it."""
        return self.select_related("actor").order_by("-pk")

    def done_by(self, username: str) -> ReviewEventQuerySet:
        """What one account did; nothing for a name that no account has."""
        return self.filter(actor__username=username)

    def approvals(self) -> ReviewEventQuerySet:
        return self.filter(action=ReviewAction.APPROVED)

    def returns_to(self, account: User) -> ReviewEventQuerySet:
        """The returns, by anybody, of claims that this account wrote something of before."""
        written = self.model._default_manager.order_by().authoring().filter(actor=account)
        before = written.filter(claim=OuterRef("claim"), pk__lt=OuterRef("pk"))
        returns = self.model._default_manager.filter(action=ReviewAction.RETURNED)
        return returns.exclude(actor=account).filter(Exists(before))

    def authoring(self) -> ReviewEventQuerySet:
        """Edits and decisions: who did one may not approve it."""
        return self.filter(action__in=AUTHORING_ACTIONS)

    def unapproved(self) -> ReviewEventQuerySet:
        """What people wrote or decided, of any claim, that no approval has covered yet."""
        approved = self._later().filter(action=ReviewAction.APPROVED)
        return self.authoring().filter(~Exists(approved), actor__isnull=False)

    def bringing_before_reviewers(self) -> ReviewEventQuerySet:
        """What put a claim before the reviewers, unless it was approved or returned since.

        A return that was undone counts for nothing.
        """
        undone = self._later().filter(action=ReviewAction.RETURN_UNDONE)
        returned = Q(Q(action=ReviewAction.RETURNED), ~Exists(undone))
        gone = self._later().filter(Q(action=ReviewAction.APPROVED) | returned)
        return self.filter(~Exists(gone), action__in=SUBMITTING_ACTIONS)

    def _later(self) -> QuerySet[ReviewEvent]:
        """The events of the same claim after one of these."""
        events = self.model._default_manager.order_by()
        return events.filter(claim=OuterRef("claim"), pk__gt=OuterRef("pk"))

    def of_review(self) -> ReviewEventQuerySet:
        """What makes authors, and each step between the desk and the reviewers."""
        steps = (ReviewAction.SUBMITTED, ReviewAction.RETURNED, ReviewAction.RETURN_UNDONE)
        return self.filter(action__in=(*AUTHORING_ACTIONS, *steps, ReviewAction.APPROVED))
