"""Who speaks: people, organisations, armed groups, governments, outlets, unnamed speakers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from claims.choices import PartyKind
from claims.domain import refs
from claims.domain.names import NAME_CHARACTERS
from claims.models.history import SealedRecords
from claims.models.references import Referenced
from claims.querysets.party import PartyQuerySet


class Party(Referenced):
    """A speaker, relayer, publisher, belligerent or perpetrator."""

    ref_letter = refs.PARTY
    Kind = PartyKind

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=PartyKind)
    aliases = models.JSONField(default=list, blank=True)
    wikidata_qid = models.CharField(max_length=20, blank=True)
    description = models.CharField(max_length=300, blank=True)

    objects = PartyQuerySet.as_manager()
    history = SealedRecords()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "parties"
        indexes = [models.Index(name="party_description_idx", fields=["description", "name"])]
        constraints = [
            models.CheckConstraint(name="party_has_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="party_kind_is_known", condition=Q(kind__in=PartyKind.values)
            ),
            models.UniqueConstraint(
                name="party_name_kind_and_description_are_unique",
                fields=["name", "kind", "description"],
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PartyName(models.Model):
    """A name or alias that a party is found by, as fold_name makes it; kept by the workflow.

    ``key`` is the same as match_key makes it: what imports find the party by.
    Speakers without a name ("an official") have none: two articles need not mean the same one.
    """

    party = models.ForeignKey(Party, models.CASCADE, related_name="names")
    folded = models.CharField(max_length=NAME_CHARACTERS)
    key = models.CharField(max_length=NAME_CHARACTERS, default="")

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(name="partyname_folded_idx", fields=["folded"]),
            models.Index(name="partyname_key_idx", fields=["key"]),
        ]

    def __str__(self) -> str:
        return self.folded
