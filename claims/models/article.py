"""The wiki text in which claims are found."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.choices import ArticleFormat
from claims.domain import refs
from claims.models.history import SealedRecords
from claims.models.references import Referenced
from claims.models.source import is_web_address
from claims.querysets.article import ArticleQuerySet, ArticleRevisionQuerySet


class Article(Referenced):
    """An article; its text lives in revisions."""

    ref_letter = refs.ARTICLE

    slug = models.SlugField(max_length=200, unique=True)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=35, default="en")
    origin_url = models.CharField(max_length=2000, blank=True)
    licence = models.CharField(max_length=100, blank=True)

    objects = ArticleQuerySet.as_manager()
    history = SealedRecords()

    class Meta:
        ordering = ["title", "pk"]
        indexes = [models.Index(name="article_title_idx", fields=["title"])]
        constraints = [
            models.CheckConstraint(name="article_has_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="article_origin_url_is_http",
                condition=is_web_address("origin_url"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ArticleRevision(models.Model):
    """One state of an article's text (NFC). Readers see the newest approved one."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    format = models.CharField(max_length=10, choices=ArticleFormat, default=ArticleFormat.PLAIN)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="added_revisions"
    )
    added_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="approved_revisions",
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = ArticleRevisionQuerySet.as_manager()
    history = SealedRecords()

    class Meta:
        ordering = ["article", "-number"]
        indexes = [
            models.Index(
                name="articlerevision_waiting_idx",
                fields=["article"],
                condition=Q(approved_at__isnull=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="articlerevision_number_is_unique", fields=["article", "number"]
            ),
            models.CheckConstraint(name="articlerevision_has_text", condition=~Q(text="")),
            models.CheckConstraint(
                name="articlerevision_approved_has_approver_and_time",
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="articlerevision_approver_did_not_add_it",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("added_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, revision {self.number}"


class PublishedArticle(models.Model):
    """An article's data as somebody approved them, beside its newest approved revision.

    ``shown`` is the number of the article's history row that the approval showed.
    """

    article = models.OneToOneField(Article, models.PROTECT, related_name="published_article")
    revision = models.ForeignKey(ArticleRevision, models.PROTECT, related_name="published_articles")
    language = models.CharField(max_length=35)
    origin_url = models.CharField(max_length=2000, blank=True)
    licence = models.CharField(max_length=100, blank=True)
    shown = models.PositiveBigIntegerField()

    objects = models.Manager()

    class Meta:
        ordering = ["article_id"]

    def __str__(self) -> str:
        return f"A{self.article_id} as published"
