"""One comparable question."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.choices import (
    Aggregation,
    BestPolicy,
    Cardinality,
    ClaimState,
    Contention,
    Priority,
    RelationKind,
    Severity,
)
from claims.domain import refs
from claims.models.history import SealedRecords
from claims.models.references import Referenced
from claims.querysets.claim import UNFINISHED as UNFINISHED_STATES
from claims.querysets.claim import ClaimQuerySet


class Claim(Referenced):
    """One comparable question; its assertions are the answers that sources give.

    ``contention``, ``severity`` and ``fingerprint`` are derived in the saving transaction.
    ``revision`` grows by one with each change of the claim or of anything that hangs on it.
    """

    ref_letter = refs.CLAIM
    State = ClaimState

    question = models.CharField(max_length=300)
    subject = models.ForeignKey("Subject", models.PROTECT, related_name="claims")
    measure = models.ForeignKey("Measure", models.PROTECT, related_name="claims")
    unit = models.CharField(max_length=40, blank=True)
    population = models.CharField(max_length=200, blank=True)
    aggregation = models.CharField(max_length=12, choices=Aggregation, default=Aggregation.EVENT)
    as_of = models.CharField("as of (EDTF)", max_length=64, blank=True)
    as_of_earliest = models.DateField(null=True, blank=True, editable=False)
    as_of_latest = models.DateField(null=True, blank=True, editable=False)
    cardinality = models.CharField(max_length=8, choices=Cardinality, default=Cardinality.SINGLE)
    tolerance_pct = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(0))
    best_policy = models.CharField(max_length=16, choices=BestPolicy, default=BestPolicy.NONE)
    state = models.CharField(
        max_length=20, choices=ClaimState, default=ClaimState.DRAFT, editable=False
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_claims",
    )
    priority = models.CharField(max_length=10, choices=Priority, default=Priority.NORMAL)
    revision = models.PositiveIntegerField(default=1, editable=False)
    last_edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="last_edited_claims",
    )
    edited_at = models.DateTimeField(editable=False)
    contention = models.CharField(
        max_length=16, choices=Contention, default=Contention.UNSOURCED, editable=False
    )
    severity = models.CharField(max_length=10, choices=Severity, blank=True, editable=False)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)

    objects = ClaimQuerySet.as_manager()
    history = SealedRecords()

    class Meta:
        ordering = ["-pk"]
        permissions = [
            ("edit_desk", "Can draft, edit and submit claims and evidence"),
            ("review_claim", "Can return and approve what others edited"),
            ("retire_claim", "Can retire claims"),
            ("assign_claim", "Can assign claims and set their priority"),
        ]
        indexes = [
            models.Index(name="claim_state_edited_idx", fields=["state", "edited_at"]),
            models.Index(name="claim_contention_idx", fields=["contention", "severity"]),
            models.Index(name="claim_state_number_idx", fields=["state", "id"]),
            models.Index(
                name="claim_unfinished_idx",
                fields=["id"],
                condition=Q(state__in=UNFINISHED_STATES),
            ),
            models.Index(
                name="claim_assigned_idx",
                fields=["assignee"],
                condition=Q(assignee__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(name="claim_has_question", condition=~Q(question="")),
            models.CheckConstraint(
                name="claim_state_is_known", condition=Q(state__in=ClaimState.values)
            ),
            models.CheckConstraint(
                name="claim_aggregation_is_known",
                condition=Q(aggregation__in=Aggregation.values),
            ),
            models.CheckConstraint(
                name="claim_cardinality_is_known",
                condition=Q(cardinality__in=Cardinality.values),
            ),
            models.CheckConstraint(
                name="claim_best_policy_is_known",
                condition=Q(best_policy__in=BestPolicy.values),
            ),
            models.CheckConstraint(
                name="claim_contention_is_known",
                condition=Q(contention__in=Contention.values),
            ),
            models.CheckConstraint(
                name="claim_severity_is_known",
                condition=Q(severity__in=["", *Severity.values]),
            ),
            models.CheckConstraint(
                name="claim_tolerance_is_a_percentage",
                condition=Q(tolerance_pct__gte=0, tolerance_pct__lte=100),
            ),
            models.CheckConstraint(
                name="claim_as_of_earliest_not_after_latest",
                condition=Q(as_of_earliest__isnull=True)
                | Q(as_of_latest__isnull=True)
                | Q(as_of_earliest__lte=F("as_of_latest")),
            ),
            models.UniqueConstraint(
                name="claim_scope_is_asked_once",
                fields=["subject", "measure", "unit", "population", "aggregation", "as_of"],
                condition=~Q(state=ClaimState.RETIRED),
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def is_total(self) -> bool:
        """Whether another claim is a part of it."""
        return self.relations_to.filter(kind=RelationKind.PART_OF_TOTAL).exists()


class ClaimRelation(models.Model):
    """``from_claim`` is a part of the total, the same as, or next in the series to ``to_claim``."""

    from_claim = models.ForeignKey(Claim, models.PROTECT, related_name="relations_from")
    to_claim = models.ForeignKey(Claim, models.PROTECT, related_name="relations_to")
    kind = models.CharField(max_length=16, choices=RelationKind)
    exhaustive = models.BooleanField(
        default=False, help_text="The parts linked to this total are all its parts."
    )
    scope_exact = models.BooleanField(
        default=False, help_text="Part and total count the same things at the same time."
    )

    history = SealedRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="claimrelation_is_named_once", fields=["from_claim", "to_claim", "kind"]
            ),
            models.CheckConstraint(
                name="claimrelation_links_two_claims",
                condition=~Q(from_claim=F("to_claim")),
            ),
            models.CheckConstraint(
                name="claimrelation_kind_is_known", condition=Q(kind__in=RelationKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"C{self.from_claim_id} {self.kind} C{self.to_claim_id}"
