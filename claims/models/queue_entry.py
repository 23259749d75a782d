"""What the review queue knows of a claim that waits, so that nobody works it out for each view."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.choices import ClaimState

# States in which somebody is waited for: a second person, or whoever wrote what was returned.
WAITING = (ClaimState.IN_REVIEW, ClaimState.RETIRING, ClaimState.CHANGES_REQUESTED)


class QueueEntry(models.Model):
    """Who wrote of a waiting claim since its last approval, one row each; drawn from the log.

    A claim of which nobody wrote, such as a total of which a part was published, has its last
    editor. ``state`` is the claim's; ``since`` is when it came before the reviewers, or was
    changed last.
    """

    claim = models.ForeignKey("Claim", models.PROTECT, related_name="queue_entries")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="queue_entries"
    )
    state = models.CharField(max_length=20, choices=ClaimState)
    since = models.DateTimeField()

    objects = models.Manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "queue entries"
        default_permissions = ()
        indexes = [
            models.Index(name="queueentry_mine_idx", fields=["account", "state", "claim"]),
            models.Index(name="queueentry_since_idx", fields=["state", "since"]),
        ]
        constraints = [
            models.UniqueConstraint(name="queueentry_is_written_once", fields=["claim", "account"]),
            models.CheckConstraint(name="queueentry_waits", condition=Q(state__in=WAITING)),
        ]

    def __str__(self) -> str:
        return f"C{self.claim_id} for {self.account_id}"
