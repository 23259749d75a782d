"""The case file about one contention of one claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.choices import UNRESOLVED, DisputeKind, DisputeOutcome, DisputeState
from claims.domain import refs
from claims.models.history import SealedRecords
from claims.models.references import Referenced
from claims.querysets.dispute import DisputeQuerySet

if TYPE_CHECKING:
    from claims.models.assertion import Assertion


class Dispute(Referenced):
    """The machine opens disputes (``opened_by`` empty), or a person does; only people decide."""

    ref_letter = refs.DISPUTE
    State = DisputeState

    claim = models.ForeignKey("Claim", models.PROTECT, related_name="disputes")
    kind = models.CharField(max_length=12, choices=DisputeKind)
    state = models.CharField(max_length=16, choices=DisputeState, default=DisputeState.OPEN)
    reason = models.TextField(help_text="Why it was opened, for readers.")
    private_note = models.TextField(blank=True, help_text="For editors only; never published.")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="opened_disputes",
    )
    opened_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="taken_disputes",
    )
    fingerprint = models.CharField(max_length=64)
    assertions: models.ManyToManyField[Assertion, DisputeAssertion] = models.ManyToManyField(
        "Assertion", through="DisputeAssertion", related_name="disputes"
    )
    outcome = models.CharField(max_length=20, choices=DisputeOutcome, blank=True)
    preferred = models.ForeignKey(
        "Assertion", models.PROTECT, null=True, blank=True, related_name="preferred_in"
    )
    rationale = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decided_disputes",
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = DisputeQuerySet.as_manager()
    history = SealedRecords()

    class Meta:
        ordering = ["-pk"]
        permissions = [("decide_dispute", "Can open, take and decide disputes")]
        indexes = [models.Index(name="dispute_state_opened_idx", fields=["state", "opened_at"])]
        constraints = [
            models.CheckConstraint(
                name="dispute_kind_is_known", condition=Q(kind__in=DisputeKind.values)
            ),
            models.CheckConstraint(
                name="dispute_state_is_known", condition=Q(state__in=DisputeState.values)
            ),
            models.CheckConstraint(
                name="dispute_outcome_is_known",
                condition=Q(outcome__in=["", *DisputeOutcome.values]),
            ),
            models.CheckConstraint(name="dispute_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="dispute_resolved_has_outcome_rationale_and_decider",
                condition=~Q(state=DisputeState.RESOLVED)
                | (
                    ~Q(outcome="")
                    & ~Q(rationale="")
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="dispute_dismissed_has_rationale_and_decider",
                condition=~Q(state=DisputeState.DISMISSED)
                | (~Q(rationale="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="dispute_decider_did_not_open_it",
                condition=Q(decided_by__isnull=True)
                | Q(opened_by__isnull=True)
                | ~Q(decided_by=F("opened_by")),
            ),
            models.CheckConstraint(
                name="dispute_names_the_statement_that_its_outcome_is_about",
                condition=Q(outcome=DisputeOutcome.PREFER, preferred__isnull=False)
                | Q(outcome=DisputeOutcome.SUPERSEDED)  # older cases name none
                | (~Q(outcome=DisputeOutcome.PREFER) & Q(preferred__isnull=True)),
            ),
            models.CheckConstraint(
                name="dispute_unresolved_has_no_outcome",
                condition=~Q(state__in=UNRESOLVED) | Q(outcome=""),
            ),
            models.UniqueConstraint(
                name="dispute_unresolved_once_per_claim_and_kind",
                fields=["claim", "kind"],
                condition=Q(state__in=UNRESOLVED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref}: {self.get_kind_display()}"

    @property
    def is_unresolved(self) -> bool:
        return self.state in UNRESOLVED


class DisputeAssertion(models.Model):
    """One of the assertions that a dispute is about."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="members")
    assertion = models.ForeignKey("Assertion", models.PROTECT, related_name="dispute_memberships")

    history = SealedRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="disputeassertion_is_named_once", fields=["dispute", "assertion"]
            )
        ]

    def __str__(self) -> str:
        return f"F{self.assertion_id} in D{self.dispute_id}"
