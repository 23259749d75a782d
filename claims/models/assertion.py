"""One source's answer to a claim; of a quantity, people call it a figure."""

from __future__ import annotations

from django.db import models

from claims.choices import (
    AssertionStatus,
    Credibility,
    Extent,
    Ground,
    PartyMode,
    Stance,
    ValueKind,
    ValueState,
)
from claims.domain import refs
from claims.models import rules
from claims.models.history import SealedRecords
from claims.models.references import Referenced
from claims.querysets.assertion import AssertionQuerySet


class Assertion(Referenced):
    """What one source says: its exact words, stance, value and status.

    A quantity is ``point``, ``low``, ``high`` (Decimal, at most 15 digits) with flags; a date is
    ``edtf`` with stored ends; parties are AssertionParty rows. ``origin`` ("P3", "S7" or '') and
    ``test_low``/``test_high`` (dates: days as date.toordinal) are derived on write; ``value_kind``
    and ``is_count`` are the measure's, kept here so that the database can hold the rules.
    """

    ref_letter = refs.FIGURE
    Status = AssertionStatus

    claim = models.ForeignKey("Claim", models.PROTECT, related_name="assertions")
    source = models.ForeignKey(
        "Source", models.PROTECT, null=True, blank=True, related_name="assertions"
    )
    citation_needed = models.BooleanField(
        default=False, help_text="The article says so in its own voice, without a source."
    )
    locator = models.CharField(max_length=200, blank=True)
    quote = models.TextField(blank=True)
    quote_language = models.CharField(max_length=35, blank=True)
    asserted_on = models.CharField("asserted on (EDTF)", max_length=64, blank=True)
    stance = models.CharField(max_length=8, choices=Stance, default=Stance.ASSERTS)
    target = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="targeted_by"
    )
    extent = models.CharField(max_length=5, choices=Extent, blank=True)
    ground = models.CharField(max_length=16, choices=Ground, blank=True)

    value_kind = models.CharField(max_length=10, choices=ValueKind, editable=False)
    is_count = models.BooleanField(default=True, editable=False)
    value_state = models.CharField(max_length=8, choices=ValueState, default=ValueState.VALUE)
    point = models.DecimalField(null=True, blank=True)
    low = models.DecimalField(null=True, blank=True)
    high = models.DecimalField(null=True, blank=True)
    low_strict = models.BooleanField(default=False)
    high_strict = models.BooleanField(default=False)
    high_open = models.BooleanField(default=False)
    approximate = models.BooleanField(default=False)
    vague_term = models.CharField(max_length=60, blank=True)
    edtf = models.CharField("date (EDTF)", max_length=64, blank=True)
    earliest = models.DateField(null=True, blank=True, editable=False)
    latest = models.DateField(null=True, blank=True, editable=False)
    boolean = models.BooleanField(null=True, blank=True)
    text = models.TextField(blank=True)
    party_mode = models.CharField(max_length=12, choices=PartyMode, blank=True)

    credibility = models.CharField(max_length=1, choices=Credibility, blank=True)
    status = models.CharField(
        max_length=10, choices=AssertionStatus, default=AssertionStatus.LIVE, editable=False
    )
    status_reason = models.TextField(blank=True, editable=False)
    supersedes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="superseded_by",
    )
    origin = models.CharField(max_length=24, blank=True, editable=False)
    test_low = models.DecimalField(null=True, editable=False)
    test_high = models.DecimalField(null=True, editable=False)

    objects = AssertionQuerySet.as_manager()
    history = SealedRecords()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(name="assertion_claim_test_idx", fields=["claim", "test_low", "test_high"])
        ]
        constraints = [
            *rules.assertion_figure_constraints(),
            *rules.assertion_value_constraints(),
            *rules.assertion_standing_constraints(),
        ]

    def __str__(self) -> str:
        return f"{self.ref} of C{self.claim_id}"

    @property
    def is_live(self) -> bool:
        return self.status == AssertionStatus.LIVE


class AssertionParty(models.Model):
    """One of the parties that a party-valued assertion names."""

    assertion = models.ForeignKey(Assertion, models.PROTECT, related_name="party_links")
    party = models.ForeignKey("Party", models.PROTECT, related_name="assertion_links")

    history = SealedRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="assertionparty_is_named_once", fields=["assertion", "party"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.party} in F{self.assertion_id}"
