"""Rows of registers that readers see with claims, and edits of them on their way to readers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.choices import BorrowedNoun, CorrectionState
from claims.models.history import SealedRecords
from claims.querysets.correction import BorrowedRowQuerySet, CorrectionQuerySet


class BorrowedRow(models.Model):
    """One row of a register that the current version of a claim shows.

    ``number`` is the row's own, ``shown`` the number of its newest history row when the
    version was built: what came later, this version does not show and no approval of it covers.
    ``left_by`` is the number of the approved correction that left the claim as it was, since
    what would change in it had been read by nobody; 0 for none.
    """

    version = models.ForeignKey("ClaimVersion", models.PROTECT, related_name="borrowed_rows")
    claim = models.ForeignKey("Claim", models.PROTECT, related_name="borrowed_rows")
    noun = models.CharField(max_length=12, choices=BorrowedNoun)
    number = models.PositiveBigIntegerField()
    shown = models.PositiveBigIntegerField(default=0)
    left_by = models.PositiveBigIntegerField(default=0)

    objects = BorrowedRowQuerySet.as_manager()

    class Meta:
        ordering = ["claim", "noun", "number"]
        indexes = [
            models.Index(name="borrowedrow_shown_by_idx", fields=["noun", "number", "claim"]),
            models.Index(name="borrowedrow_newest_idx", fields=["noun", "number", "shown"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="borrowedrow_is_named_once", fields=["claim", "noun", "number"]
            ),
            models.CheckConstraint(
                name="borrowedrow_noun_is_known", condition=Q(noun__in=BorrowedNoun.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.noun} {self.number} in C{self.claim_id}"


class Correction(models.Model):
    """An edit of one row of a register, to be approved once for all claims that show the row.

    ``entry`` is what the approver read, as JSON; it is what the claims get, piece by piece.
    ``shown`` is the number of the row's newest history row that ``entry`` was built from.
    """

    State = CorrectionState

    noun = models.CharField(max_length=12, choices=BorrowedNoun)
    number = models.PositiveBigIntegerField()
    state = models.CharField(
        max_length=12, choices=CorrectionState, default=CorrectionState.WAITING
    )
    reason = models.TextField()
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="made_corrections"
    )
    edited_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="approved_corrections",
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    entry = models.TextField(blank=True)
    shown = models.PositiveBigIntegerField(default=0)

    objects = CorrectionQuerySet.as_manager()
    history = SealedRecords()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(name="correction_state_idx", fields=["state", "edited_at"])]
        constraints = [
            models.CheckConstraint(
                name="correction_noun_is_known", condition=Q(noun__in=BorrowedNoun.values)
            ),
            models.CheckConstraint(
                name="correction_state_is_known", condition=Q(state__in=CorrectionState.values)
            ),
            models.CheckConstraint(name="correction_has_reason", condition=~Q(reason="")),
            models.UniqueConstraint(
                name="correction_waits_once_per_row",
                fields=["noun", "number"],
                condition=Q(state=CorrectionState.WAITING),
            ),
            models.CheckConstraint(
                name="correction_approved_has_approver_time_and_entry",
                condition=~Q(state__in=[CorrectionState.PUBLISHING, CorrectionState.PUBLISHED])
                | (Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(entry="")),
            ),
            models.CheckConstraint(
                name="correction_approver_is_not_its_editor",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("edited_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"correction of {self.noun} {self.number}"
