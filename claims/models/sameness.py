"""Pairs of rows that may be one: what was asked, and what people answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.choices import MergedNoun, SamenessAnswer
from claims.models.history import SealedRecords
from claims.querysets.sameness import SamenessQuerySet


class SamenessQuestion(models.Model):
    """Whether two rows of one kind are the same; ``first`` has the lower number.

    ``why`` tells an editor what speaks for it; ``reason`` is that of the answer.
    """

    noun = models.CharField(max_length=12, choices=MergedNoun)
    first = models.PositiveBigIntegerField()
    second = models.PositiveBigIntegerField()
    why = models.TextField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="asked_sameness"
    )
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=8, choices=SamenessAnswer, default=SamenessAnswer.OPEN)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="answered_sameness",
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    objects = SamenessQuerySet.as_manager()
    history = SealedRecords()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(name="samenessquestion_answer_idx", fields=["answer", "asked_at"])]
        constraints = [
            models.CheckConstraint(
                name="samenessquestion_noun_is_known", condition=Q(noun__in=MergedNoun.values)
            ),
            models.CheckConstraint(
                name="samenessquestion_answer_is_known",
                condition=Q(answer__in=SamenessAnswer.values),
            ),
            models.CheckConstraint(
                name="samenessquestion_is_about_two", condition=Q(first__lt=F("second"))
            ),
            models.CheckConstraint(name="samenessquestion_says_why", condition=~Q(why="")),
            models.CheckConstraint(
                name="samenessquestion_answered_has_person_time_and_reason",
                condition=Q(
                    answer=SamenessAnswer.OPEN,
                    answered_by__isnull=True,
                    answered_at__isnull=True,
                    reason="",
                )
                | (
                    ~Q(answer=SamenessAnswer.OPEN)
                    & Q(answered_by__isnull=False, answered_at__isnull=False)
                    & ~Q(reason="")
                ),
            ),
            models.UniqueConstraint(
                name="samenessquestion_is_asked_once", fields=["noun", "first", "second"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.noun} {self.first} or {self.second}"
