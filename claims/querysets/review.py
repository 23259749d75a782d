"""Reading the log of decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from django.db.models import QuerySet

from claims.choices import AUTHORING_ACTIONS, ReviewAction
from claims.errors import AppendOnlyError

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

    def done_by(self, username: str) -> ReviewEventQuerySet:
        """What one account did; nothing for a name that no account has."""
        return self.filter(actor__username=username)

    def authoring(self) -> ReviewEventQuerySet:
        """Edits and decisions: who did one may not approve it."""
        return self.filter(action__in=AUTHORING_ACTIONS)

    def of_review(self) -> ReviewEventQuerySet:
        """What makes authors, and each step between the desk and the reviewers."""
        steps = (ReviewAction.SUBMITTED, ReviewAction.RETURNED, ReviewAction.RETURN_UNDONE)
        return self.filter(action__in=(*AUTHORING_ACTIONS, *steps, ReviewAction.APPROVED))
