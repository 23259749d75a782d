"""The chain of speakers behind an assertion."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from claims.choices import AttributionMode, AttributionRole
from claims.models.history import SealedRecords


class Attribution(models.Model):
    """One link of the chain; position 0 is nearest to the statement, usually the speaker."""

    assertion = models.ForeignKey("Assertion", models.PROTECT, related_name="attributions")
    position = models.PositiveSmallIntegerField()
    party = models.ForeignKey("Party", models.PROTECT, related_name="attributions")
    role = models.CharField(max_length=10, choices=AttributionRole)
    mode = models.CharField(max_length=10, choices=AttributionMode, default=AttributionMode.SAID)

    objects = models.Manager()
    history = SealedRecords()

    class Meta:
        ordering = ["assertion", "position"]
        constraints = [
            models.UniqueConstraint(
                name="attribution_position_is_taken_once", fields=["assertion", "position"]
            ),
            models.UniqueConstraint(
                name="attribution_has_at_most_one_speaker",
                fields=["assertion"],
                condition=Q(role=AttributionRole.SPEAKER),
            ),
            models.CheckConstraint(
                name="attribution_speaker_stands_at_position_0",
                condition=~Q(role=AttributionRole.SPEAKER) | Q(position=0),
            ),
            models.CheckConstraint(
                name="attribution_role_is_known", condition=Q(role__in=AttributionRole.values)
            ),
            models.CheckConstraint(
                name="attribution_mode_is_known", condition=Q(mode__in=AttributionMode.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} ({self.role})"
