"""Two rows that are one: which, why, what was moved, and who decided."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.choices import MERGED_STATES, WAITING_STATES, MergedNoun, MergeState
from claims.models.history import SealedRecords
from claims.querysets.merge import MergeQuerySet


class Merge(models.Model):
    """The row ``merged`` is the same as the row ``into``, both numbers of one kind.

    ``reason`` and ``proposed_by`` are those of the merge, or of undoing it once that is proposed;
    the history keeps both. ``moved`` lists what was changed, so that it can be undone:
    [model, number, column] for what refers to the other row now, ["removed", model, columns] for
    a row that would have stood twice, ["alias", name] for a name that the other row took over.
    ``to_publish`` lists the claims that readers are still to get with it: {number: witness of
    what was approved}. ``part_of`` is the merge of two subjects, or of two measures, that brought
    this one of claims along: both are decided on and undone as one.
    """

    State = MergeState

    noun = models.CharField(max_length=12, choices=MergedNoun)
    merged = models.PositiveBigIntegerField()
    into = models.PositiveBigIntegerField()
    state = models.CharField(max_length=12, choices=MergeState, default=MergeState.PROPOSED)
    reason = models.TextField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposed_merges"
    )
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decided_merges",
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    moved = models.JSONField(default=list, blank=True)
    to_publish = models.JSONField(default=dict, blank=True)
    part_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")

    objects = MergeQuerySet.as_manager()
    history = SealedRecords()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(name="merge_merged_idx", fields=["noun", "merged", "state"]),
            models.Index(name="merge_into_idx", fields=["noun", "into", "state"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="merge_noun_is_known", condition=Q(noun__in=MergedNoun.values)
            ),
            models.CheckConstraint(
                name="merge_state_is_known", condition=Q(state__in=MergeState.values)
            ),
            models.CheckConstraint(name="merge_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="merge_is_of_two", condition=~Q(merged=F("into"))),
            models.CheckConstraint(
                name="merge_that_is_a_part_is_of_claims",
                condition=Q(part_of__isnull=True) | Q(noun=MergedNoun.CLAIM),
            ),
            models.CheckConstraint(
                name="merge_decider_did_not_propose_it",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="merge_decided_has_person_and_time",
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="merge_waiting_is_not_decided",
                condition=~Q(state__in=WAITING_STATES) | Q(decided_by__isnull=True),
            ),
            models.UniqueConstraint(
                name="merge_of_a_row_is_done_once",
                fields=["noun", "merged"],
                condition=Q(state__in=[MergeState.PROPOSED, *MERGED_STATES]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.noun} {self.merged} into {self.into}"

    @property
    def is_done(self) -> bool:
        """Whether the merged row leads to the other one."""
        return self.state in MERGED_STATES
