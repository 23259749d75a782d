"""What a claim is about: events, conflicts, places, groups, in a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from claims.choices import SubjectKind
from claims.domain import refs
from claims.domain.countries import COUNTRIES
from claims.domain.names import NAME_CHARACTERS
from claims.domain.places import MOST_LATITUDE, MOST_LONGITUDE
from claims.models.history import SealedRecords
from claims.models.references import Referenced
from claims.querysets.subject import SubjectQuerySet

if TYPE_CHECKING:
    from claims.models.party import Party


class Subject(Referenced):
    """One event, conflict, place or group; ``parent`` makes the tree."""

    ref_letter = refs.SUBJECT

    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=16, choices=SubjectKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    place = models.CharField(max_length=200, blank=True)
    country = models.CharField("country (ISO 3166-1)", max_length=2, blank=True)
    latitude = models.DecimalField(null=True, blank=True)
    longitude = models.DecimalField(null=True, blank=True)
    wikidata_id = models.CharField("Wikidata id", max_length=20, blank=True)
    when = models.CharField("when (EDTF)", max_length=64, blank=True)
    earliest = models.DateField(null=True, blank=True, editable=False)
    latest = models.DateField(null=True, blank=True, editable=False)
    belligerents: models.ManyToManyField[Party, SubjectBelligerent] = models.ManyToManyField(
        "Party", through="SubjectBelligerent", related_name="belligerent_in", blank=True
    )

    objects = SubjectQuerySet.as_manager()
    history = SealedRecords()

    class Meta:
        ordering = ["title", "pk"]
        indexes = [models.Index(name="subject_title_idx", fields=["title"])]
        constraints = [
            models.CheckConstraint(name="subject_has_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="subject_kind_is_known", condition=Q(kind__in=SubjectKind.values)
            ),
            models.CheckConstraint(
                name="subject_is_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
            ),
            models.CheckConstraint(
                name="subject_earliest_not_after_latest",
                condition=Q(earliest__isnull=True)
                | Q(latest__isnull=True)
                | Q(earliest__lte=F("latest")),
            ),
            models.CheckConstraint(
                name="subject_country_is_known",
                condition=Q(country="") | Q(country__in=list(COUNTRIES)),
            ),
            models.CheckConstraint(
                name="subject_has_both_coordinates_or_none",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
            ),
            models.CheckConstraint(
                name="subject_lies_on_the_globe",
                condition=(
                    Q(latitude__isnull=True)
                    | Q(latitude__gte=-MOST_LATITUDE, latitude__lte=MOST_LATITUDE)
                )
                & (
                    Q(longitude__isnull=True)
                    | Q(longitude__gte=-MOST_LONGITUDE, longitude__lte=MOST_LONGITUDE)
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SubjectTitle(models.Model):
    """A subject's title as titles are compared; kept by the workflow.

    ``folded`` is as fold_name makes it, ``key`` as match_key does.
    """

    subject = models.OneToOneField(Subject, models.CASCADE, related_name="folded_title")
    folded = models.CharField(max_length=NAME_CHARACTERS)
    key = models.CharField(max_length=NAME_CHARACTERS, default="")

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(name="subjecttitle_folded_idx", fields=["folded"]),
            models.Index(name="subjecttitle_key_idx", fields=["key"]),
        ]

    def __str__(self) -> str:
        return self.folded


class SubjectBelligerent(models.Model):
    """A party to the conflict that a subject is or belongs to."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="belligerent_links")
    party = models.ForeignKey("Party", models.PROTECT, related_name="belligerent_links")
    side = models.CharField(max_length=100, blank=True)

    history = SealedRecords()

    class Meta:
        ordering = ["subject", "side", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="subjectbelligerent_party_is_named_once", fields=["subject", "party"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.party} in {self.subject}"
