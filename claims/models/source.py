"""A published work that is cited."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from claims.choices import CslType, Reliability, UrlStatus
from claims.domain import refs
from claims.domain.addresses import SCHEMES
from claims.domain.names import NAME_CHARACTERS
from claims.models.history import SealedRecords
from claims.models.references import Referenced
from claims.querysets.source import SourceQuerySet


def is_web_address(column: str) -> Q:
    """The column is empty or an http(s) address; LIKE, so that every SQLite client can write."""
    known = Q(**{column: ""})
    for scheme in SCHEMES:
        known |= Q(**{f"{column}__startswith": scheme})
    return known


class Source(Referenced):
    """A work named by an assertion. ``url_status=none``: named in the article, not located."""

    ref_letter = refs.SOURCE

    csl_type = models.CharField(max_length=24, choices=CslType, default=CslType.DOCUMENT)
    title = models.CharField(max_length=500)
    publisher = models.ForeignKey(
        "Party", models.PROTECT, null=True, blank=True, related_name="published_sources"
    )
    authors = models.CharField(max_length=500, blank=True)
    issued = models.CharField("issued (EDTF)", max_length=64, blank=True)
    issued_earliest = models.DateField(null=True, blank=True, editable=False)
    issued_latest = models.DateField(null=True, blank=True, editable=False)
    url = models.CharField(max_length=2000, blank=True)
    archive_url = models.CharField(max_length=2000, blank=True)
    archived_on = models.DateField(null=True, blank=True)
    accessed_on = models.DateField(null=True, blank=True)
    url_status = models.CharField(max_length=8, choices=UrlStatus, default=UrlStatus.UNKNOWN)
    language = models.CharField(max_length=35, blank=True)
    doi = models.CharField(max_length=200, blank=True)
    isbn = models.CharField(max_length=20, blank=True)
    work_licence = models.CharField("licence", max_length=100, blank=True)
    reliability = models.CharField(max_length=1, choices=Reliability, blank=True)
    reliability_note = models.TextField(blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawal_note = models.TextField(blank=True)

    objects = SourceQuerySet.as_manager()
    history = SealedRecords()

    class Meta:
        ordering = ["title", "pk"]
        permissions = [
            ("rate_source", "Can judge the reliability of sources"),
            ("withdraw_source", "Can withdraw sources"),
        ]
        indexes = [
            models.Index(name="source_url_idx", fields=["url"]),
            models.Index(name="source_title_idx", fields=["title"]),
            models.Index(name="source_isbn_idx", fields=["isbn"]),
            models.Index(Lower("doi"), name="source_doi_lower_idx"),
        ]
        constraints = [
            models.CheckConstraint(name="source_has_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="source_csl_type_is_known", condition=Q(csl_type__in=CslType.values)
            ),
            models.CheckConstraint(
                name="source_url_status_is_known", condition=Q(url_status__in=UrlStatus.values)
            ),
            models.CheckConstraint(
                name="source_reliability_is_known",
                condition=Q(reliability__in=["", *Reliability.values]),
            ),
            models.CheckConstraint(name="source_url_is_http", condition=is_web_address("url")),
            models.CheckConstraint(
                name="source_archive_url_is_http",
                condition=is_web_address("archive_url"),
            ),
            models.CheckConstraint(
                name="source_with_url_status_none_has_no_url",
                condition=~Q(url_status=UrlStatus.NONE) | Q(url=""),
            ),
            models.CheckConstraint(
                name="source_issued_earliest_not_after_latest",
                condition=Q(issued_earliest__isnull=True)
                | Q(issued_latest__isnull=True)
                | Q(issued_earliest__lte=F("issued_latest")),
            ),
            models.CheckConstraint(
                name="source_withdrawn_has_note",
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawal_note=""),
            ),
            models.UniqueConstraint(
                name="source_doi_is_unique", fields=["doi"], condition=~Q(doi="")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_on is not None


class SourceTitle(models.Model):
    """What a source is known by, as it is compared: title, address, numbers; kept by the workflow.

    ``folded`` is the title as fold_name makes it; the others are made by claims/domain/identity.py.
    """

    source = models.OneToOneField(Source, models.CASCADE, related_name="folded_title")
    folded = models.CharField(max_length=NAME_CHARACTERS)
    key = models.CharField(max_length=NAME_CHARACTERS, default="")
    address = models.CharField(max_length=NAME_CHARACTERS, default="")
    doi = models.CharField(max_length=NAME_CHARACTERS, default="")
    isbn = models.CharField(max_length=NAME_CHARACTERS, default="")

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(name="sourcetitle_folded_idx", fields=["folded"]),
            models.Index(name="sourcetitle_key_idx", fields=["key"]),
            models.Index(name="sourcetitle_address_idx", fields=["address"]),
            models.Index(name="sourcetitle_doi_idx", fields=["doi"]),
            models.Index(name="sourcetitle_isbn_idx", fields=["isbn"]),
        ]

    def __str__(self) -> str:
        return self.folded
