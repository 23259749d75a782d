"""Reading claims on the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db.models import QuerySet

from claims.choices import ClaimState, Contention

if TYPE_CHECKING:
    from claims.models import Claim


class ClaimQuerySet(QuerySet["Claim"]):
    def active(self) -> ClaimQuerySet:
        return self.exclude(state=ClaimState.RETIRED)

    def in_review(self) -> ClaimQuerySet:
        return self.filter(state=ClaimState.IN_REVIEW)

    def reviewable_by(self, user: User) -> ClaimQuerySet:
        """Claims in review that this person did not edit last."""
        return self.in_review().exclude(last_edited_by=user)

    def returned_to(self, user: User) -> ClaimQuerySet:
        return self.filter(state=ClaimState.CHANGES_REQUESTED, last_edited_by=user)

    def disputed(self) -> ClaimQuerySet:
        return self.filter(contention=Contention.DISPUTED)

    def for_evidence(self) -> ClaimQuerySet:
        """Claims with everything that contention and the public document are built from."""
        return self.select_related("subject", "measure", "last_edited_by")
