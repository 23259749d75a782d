"""What readers see: immutable versions and the index rows drawn from them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.choices import (
    AssertionStatus,
    Contention,
    DisputeKind,
    DisputeState,
    Severity,
    VersionOp,
)
from claims.models.findable import Findable
from claims.querysets.publication import (
    ClaimVersionQuerySet,
    PublishedAnchorQuerySet,
    PublishedDisputeQuerySet,
    PublishedFigureQuerySet,
    PublishedSourceQuerySet,
    PublishedSubjectQuerySet,
)


class PublicationHead(models.Model):
    """One row: the newest sequence and its hash. Locked while a version is appended."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="publicationhead_is_the_only_row", condition=Q(id=1))
        ]

    def __str__(self) -> str:
        return f"head at {self.sequence}"


class ClaimVersion(models.Model):
    """An approved snapshot of a claim. ``payload`` is the finished public JSON document.

    The payload's last member is its own ``sha256``: SHA-256 of the UTF-8 text with that member
    cut. ``previous_sha256``, inside the hashed text, chains every version to the one before it
    in ``sequence``. The other columns are facets for lists; only ``is_current`` ever changes.
    ``shown`` names what an approval covered: a signed row with a higher number came later.
    """

    claim = models.ForeignKey("Claim", models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    sequence = models.PositiveBigIntegerField(unique=True)
    op = models.CharField(max_length=10, choices=VersionOp, default=VersionOp.PUBLISH)
    payload = models.TextField()
    sha256 = models.CharField(max_length=64)
    previous_sha256 = models.CharField(max_length=64, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="edited_versions"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="approved_versions"
    )
    published_at = models.DateTimeField()
    summary = models.TextField()
    is_current = models.BooleanField(default=True)
    is_takedown = models.BooleanField(
        default=False, help_text="One person took it from readers; nobody confirmed it yet."
    )
    correction = models.ForeignKey("Correction", models.PROTECT, null=True, related_name="versions")
    shown = models.JSONField(
        default=dict, help_text="Newest history row by table of the claim's own rows it shows."
    )
    act = models.UUIDField(null=True, editable=False)

    question = models.CharField(max_length=300)
    contention = models.CharField(max_length=16, choices=Contention)
    severity = models.CharField(max_length=10, choices=Severity, blank=True)
    subject = models.ForeignKey("Subject", models.PROTECT, related_name="versions")
    measure = models.ForeignKey("Measure", models.PROTECT, related_name="versions")
    range_low = models.DecimalField(null=True)
    range_high = models.DecimalField(null=True)
    spread = models.DecimalField(null=True, help_text="Highest stated figure by the lowest.")
    has_denial = models.BooleanField(default=False)
    event_earliest = models.DateField(null=True)
    event_latest = models.DateField(null=True)
    figure_count = models.PositiveIntegerField(default=0)

    objects = ClaimVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-sequence"]
        indexes = [
            models.Index(
                name="claimversion_current_idx", fields=["claim"], condition=Q(is_current=True)
            ),
            models.Index(
                name="claimversion_contention_idx",
                fields=["contention", "claim"],
                condition=Q(is_current=True),
            ),
            models.Index(
                name="claimversion_subject_idx",
                fields=["subject", "claim"],
                condition=Q(is_current=True),
            ),
            models.Index(
                name="claimversion_measure_idx",
                fields=["measure", "claim"],
                condition=Q(is_current=True),
            ),
            models.Index(
                name="claimversion_spread_idx",
                fields=["spread", "claim"],
                condition=Q(is_current=True, contention=Contention.DISPUTED),
            ),
            models.Index(
                name="claimversion_any_spread_idx",
                fields=["spread", "claim"],
                condition=Q(is_current=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="claimversion_number_is_unique", fields=["claim", "number"]
            ),
            models.UniqueConstraint(
                name="claimversion_current_once_per_claim",
                fields=["claim"],
                condition=Q(is_current=True),
            ),
            models.CheckConstraint(
                name="claimversion_approver_is_not_last_editor",
                condition=~Q(approved_by=F("edited_by")) | Q(is_takedown=True),
            ),
            models.CheckConstraint(
                name="claimversion_takedown_is_a_tombstone",
                condition=Q(is_takedown=False) | Q(op=VersionOp.TOMBSTONE),
            ),
            models.CheckConstraint(name="claimversion_has_hash", condition=~Q(sha256="")),
        ]

    def __str__(self) -> str:
        return f"C{self.claim_id} version {self.number}"


class PublishedFigure(Findable):
    """One assertion of a current version: the tidy figures table, source pages, number search.

    ``record`` is the tidy row as a JSON object, ``csv_line`` the same row as one CSV line without
    its end; both are finished when the version is published.
    """

    version = models.ForeignKey(ClaimVersion, models.PROTECT, related_name="figures")
    claim = models.ForeignKey("Claim", models.PROTECT, related_name="published_figures")
    assertion = models.OneToOneField("Assertion", models.PROTECT, related_name="published_figure")
    source = models.ForeignKey(
        "Source", models.PROTECT, null=True, related_name="published_figures"
    )
    speaker = models.ForeignKey(
        "Party", models.PROTECT, null=True, related_name="published_figures"
    )
    subject = models.ForeignKey("Subject", models.PROTECT, related_name="published_figures")
    measure = models.ForeignKey("Measure", models.PROTECT, related_name="published_figures")
    contention = models.CharField(max_length=16, choices=Contention)
    kind = models.CharField(max_length=16)
    stance = models.CharField(max_length=8)
    status = models.CharField(max_length=10, choices=AssertionStatus, default=AssertionStatus.LIVE)
    low = models.DecimalField(null=True)
    high = models.DecimalField(null=True)
    test_low = models.DecimalField(null=True)
    test_high = models.DecimalField(null=True)
    record = models.TextField()
    csv_line = models.TextField()

    objects = PublishedFigureQuerySet.as_manager()

    class Meta:
        ordering = ["assertion_id"]
        indexes = [
            models.Index(name="publishedfigure_claim_idx", fields=["claim", "assertion"]),
            models.Index(name="publishedfigure_source_idx", fields=["source", "assertion"]),
            models.Index(name="publishedfigure_speaker_idx", fields=["speaker", "assertion"]),
            models.Index(name="publishedfigure_contention_idx", fields=["contention", "assertion"]),
            models.Index(name="publishedfigure_low_idx", fields=["low", "high"]),
        ]

    def __str__(self) -> str:
        return f"F{self.assertion_id} as published"


class PublishedDispute(models.Model):
    """One dispute of a current version; ``record`` is its finished JSON document."""

    version = models.ForeignKey(ClaimVersion, models.PROTECT, related_name="disputes")
    claim = models.ForeignKey("Claim", models.PROTECT, related_name="published_disputes")
    dispute = models.OneToOneField("Dispute", models.PROTECT, related_name="published_dispute")
    subject = models.ForeignKey("Subject", models.PROTECT, related_name="published_disputes")
    measure = models.ForeignKey("Measure", models.PROTECT, related_name="published_disputes")
    kind = models.CharField(max_length=12, choices=DisputeKind)
    state = models.CharField(max_length=16, choices=DisputeState)
    severity = models.CharField(max_length=10, choices=Severity, blank=True)
    spread = models.DecimalField(null=True)
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    record = models.TextField()

    objects = PublishedDisputeQuerySet.as_manager()

    class Meta:
        ordering = ["dispute_id"]
        indexes = [
            models.Index(name="publisheddispute_state_idx", fields=["state", "dispute"]),
            models.Index(name="publisheddispute_kind_idx", fields=["kind", "dispute"]),
            models.Index(name="publisheddispute_spread_idx", fields=["spread", "dispute"]),
        ]

    def __str__(self) -> str:
        return f"D{self.dispute_id} as published"


class PublishedSource(Findable):
    """A source as the newest version citing it shows it; ``record`` is its JSON document."""

    source = models.OneToOneField("Source", models.PROTECT, related_name="published_source")
    version = models.ForeignKey(ClaimVersion, models.PROTECT, related_name="sources")
    title = models.CharField(max_length=500)
    folded = models.TextField(blank=True, default="", help_text="The title as searches compare.")
    record = models.TextField()

    objects = PublishedSourceQuerySet.as_manager()

    class Meta:
        ordering = ["source_id"]

    def __str__(self) -> str:
        return self.title


class PublishedSubject(Findable):
    """A subject as the newest version about it shows it; ``record`` is its JSON document."""

    subject = models.OneToOneField("Subject", models.PROTECT, related_name="published_subject")
    version = models.ForeignKey(ClaimVersion, models.PROTECT, related_name="subjects")
    title = models.CharField(max_length=300)
    folded = models.TextField(blank=True, default="", help_text="The title as searches compare.")
    record = models.TextField()

    objects = PublishedSubjectQuerySet.as_manager()

    class Meta:
        ordering = ["subject_id"]

    def __str__(self) -> str:
        return self.title


class PublishedAnchor(models.Model):
    """Where an article revision says what a current version holds."""

    version = models.ForeignKey(ClaimVersion, models.PROTECT, related_name="anchors")
    claim = models.ForeignKey("Claim", models.PROTECT, related_name="published_anchors")
    assertion = models.ForeignKey("Assertion", models.PROTECT, related_name="published_anchors")
    revision = models.ForeignKey(
        "ArticleRevision", models.PROTECT, related_name="published_anchors"
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    objects = PublishedAnchorQuerySet.as_manager()

    class Meta:
        ordering = ["revision", "start"]

    def __str__(self) -> str:
        return f"{self.start}-{self.end} for C{self.claim_id}"
