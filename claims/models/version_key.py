"""What versions are found by, beside their own columns, which acts of the log have covered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from claims.choices import VersionKeyName
from claims.domain.names import NAME_CHARACTERS
from claims.querysets.publication import VersionKeyQuerySet


class VersionKey(models.Model):
    """What a version is found by: a subject of its tree, its country, words of its place.

    Every published version has its own, old ones too, so that lists of an earlier day find them.
    """

    version = models.ForeignKey("ClaimVersion", models.PROTECT, related_name="keys")
    name = models.CharField(max_length=8, choices=VersionKeyName)
    value = models.CharField(max_length=NAME_CHARACTERS)

    objects = VersionKeyQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="versionkey_is_written_once", fields=["name", "value", "version"]
            ),
            models.CheckConstraint(
                name="versionkey_name_is_known", condition=Q(name__in=VersionKeyName.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


class SearchFacets(models.Model):
    """What searches and counts know of a published version; drawn from its document."""

    version = models.OneToOneField("ClaimVersion", models.PROTECT, related_name="search")
    folded = models.TextField(blank=True, help_text="The question as searches compare.")
    live_count = models.PositiveIntegerField(help_text="Statements that stand.")

    objects = models.Manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "search facets"

    def __str__(self) -> str:
        return self.folded
