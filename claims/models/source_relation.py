"""One source resting on another, or on the very article that cites it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from claims.choices import SourceRelationKind, SourceRelationState
from claims.domain import refs
from claims.domain.resting import merges
from claims.models.history import SealedRecords
from claims.models.references import Referenced
from claims.querysets.source_relation import SourceRelationQuerySet


class SourceRelation(Referenced):
    """``from_source`` has what it says from ``to_source``, or from ``to_article``.

    ``claim`` is the one claim that it is about, empty for the whole source. ``evidence`` is
    [{"signal", "words"}], what speaks for it. The machine proposes (``proposed_by`` is empty),
    people decide; ``final`` keeps a rejected pair from being proposed again.
    """

    ref_letter = refs.SOURCE_RELATION
    State = SourceRelationState

    from_source = models.ForeignKey("Source", models.PROTECT, related_name="rests_on")
    to_source = models.ForeignKey(
        "Source", models.PROTECT, null=True, blank=True, related_name="rested_on_by"
    )
    to_article = models.ForeignKey(
        "Article", models.PROTECT, null=True, blank=True, related_name="rested_on_by"
    )
    claim = models.ForeignKey(
        "Claim", models.PROTECT, null=True, blank=True, related_name="source_relations"
    )
    kind = models.CharField(max_length=16, choices=SourceRelationKind)
    state = models.CharField(
        max_length=10,
        choices=SourceRelationState,
        default=SourceRelationState.PROPOSED,
        editable=False,
    )
    evidence = models.JSONField(default=list, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="proposed_relations",
    )
    proposed_at = models.DateTimeField(editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="decided_relations",
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    decision_reason = models.TextField(blank=True, editable=False)
    final = models.BooleanField(default=False, editable=False)

    objects = SourceRelationQuerySet.as_manager()
    history = SealedRecords()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "relation between sources"
        verbose_name_plural = "relations between sources"
        indexes = [models.Index(name="sourcerelation_state_idx", fields=["state", "from_source"])]
        constraints = [
            models.CheckConstraint(
                name="sourcerelation_kind_is_known",
                condition=Q(kind__in=SourceRelationKind.values),
            ),
            models.CheckConstraint(
                name="sourcerelation_state_is_known",
                condition=Q(state__in=SourceRelationState.values),
            ),
            models.CheckConstraint(
                name="sourcerelation_rests_on_another_source",
                condition=Q(to_source__isnull=True) | ~Q(to_source=F("from_source")),
            ),
            models.CheckConstraint(
                name="sourcerelation_rests_on_one_thing",
                condition=Q(to_source__isnull=False, to_article__isnull=True)
                | Q(to_source__isnull=True, to_article__isnull=False),
            ),
            models.CheckConstraint(
                name="sourcerelation_decided_has_person_time_and_reason",
                condition=Q(state=SourceRelationState.PROPOSED, decided_at__isnull=True)
                | (
                    ~Q(state=SourceRelationState.PROPOSED)
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decision_reason="")
                ),
            ),
            models.CheckConstraint(
                name="sourcerelation_final_is_rejected",
                condition=Q(final=False) | Q(state=SourceRelationState.REJECTED),
            ),
            models.UniqueConstraint(
                "from_source",
                Coalesce("to_source", Value(0)),
                Coalesce("to_article", Value(0)),
                Coalesce("claim", Value(0)),
                name="sourcerelation_is_named_once",
                condition=Q(
                    state__in=[SourceRelationState.PROPOSED, SourceRelationState.CONFIRMED]
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"S{self.from_source_id} {self.kind} {self.to_ref}"

    @property
    def to_ref(self) -> str:
        """The reference of what it rests on."""
        if self.to_article_id is not None:
            return refs.format_ref(refs.ARTICLE, self.to_article_id)
        return refs.format_ref(refs.SOURCE, self.to_source_id or 0)

    @property
    def merges(self) -> bool:
        """Whether it makes two origins one where it is confirmed."""
        return merges(self.kind, whole=self.claim_id is None)
