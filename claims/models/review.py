"""What people decided and said about a claim."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.choices import DECISIONS, SUBMITTING_ACTIONS, ReviewAction
from claims.models.history import SealedRecords
from claims.querysets.review import ReviewEventQuerySet


class ReviewEvent(models.Model):
    """An append-only log of edits and decisions; ``actor`` is empty for what the machine did."""

    claim = models.ForeignKey("Claim", models.PROTECT, related_name="events")
    dispute = models.ForeignKey(
        "Dispute", models.PROTECT, null=True, blank=True, related_name="events"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="review_events"
    )
    action = models.CharField(max_length=20, choices=ReviewAction)
    comment = models.TextField()
    fingerprint = models.CharField(max_length=64, blank=True)
    revision = models.PositiveIntegerField()
    at = models.DateTimeField()
    act = models.UUIDField(null=True, editable=False)

    objects = ReviewEventQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(name="reviewevent_claim_idx", fields=["claim", "id"]),
            models.Index(name="reviewevent_claim_actor_idx", fields=["claim", "actor"]),
            models.Index(
                name="reviewevent_submitted_idx",
                fields=["claim", "at"],
                condition=Q(action__in=SUBMITTING_ACTIONS),
            ),
            models.Index(
                name="reviewevent_decided_idx", fields=["-at"], condition=Q(action__in=DECISIONS)
            ),
            # SQLite uses no index with a condition where values are bound.
            models.Index(name="reviewevent_at_idx", fields=["-at"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="reviewevent_action_is_known", condition=Q(action__in=ReviewAction.values)
            ),
            models.CheckConstraint(name="reviewevent_has_comment", condition=~Q(comment="")),
        ]

    def __str__(self) -> str:
        return f"{self.action} C{self.claim_id}"


class Comment(models.Model):
    """One message of the thread on a claim; for the desk, never published."""

    claim = models.ForeignKey("Claim", models.PROTECT, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="claim_comments"
    )
    body = models.TextField()
    written_at = models.DateTimeField()
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="resolved_comments",
    )
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = models.Manager()
    history = SealedRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="comment_has_body", condition=~Q(body="")),
            models.CheckConstraint(
                name="comment_resolved_has_person_and_time",
                condition=Q(resolved_by__isnull=True, resolved_at__isnull=True)
                | Q(resolved_by__isnull=False, resolved_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"comment on C{self.claim_id}"
