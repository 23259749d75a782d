"""Where an article says what an assertion holds."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from claims.choices import AnchorStatus
from claims.models.history import SealedRecords
from claims.querysets.anchor import AnchorQuerySet


class Anchor(models.Model):
    """A quote in an article revision; start and end are code points, end exclusive."""

    assertion = models.ForeignKey("Assertion", models.PROTECT, related_name="anchors")
    revision = models.ForeignKey("ArticleRevision", models.PROTECT, related_name="anchors")
    exact = models.TextField()
    prefix = models.CharField(max_length=32, blank=True)
    suffix = models.CharField(max_length=32, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    status = models.CharField(max_length=8, choices=AnchorStatus, default=AnchorStatus.EXACT)

    objects = AnchorQuerySet.as_manager()
    history = SealedRecords()

    class Meta:
        ordering = ["revision", "start"]
        indexes = [
            models.Index(
                name="anchor_lost_idx",
                fields=["assertion"],
                condition=Q(status=AnchorStatus.ORPHANED),
            )
        ]
        constraints = [
            models.CheckConstraint(name="anchor_has_quote", condition=~Q(exact="")),
            models.CheckConstraint(name="anchor_start_before_end", condition=Q(start__lt=F("end"))),
            models.CheckConstraint(
                name="anchor_status_is_known", condition=Q(status__in=AnchorStatus.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start}-{self.end} of {self.revision}"
