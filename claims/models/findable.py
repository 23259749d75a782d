"""What searches read: the words of public rows, kept beside them, and of words their spellings."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from claims.querysets.full_text import FindableQuerySet, SpellingQuerySet
from claims.querysets.publication import PublishedClaimQuerySet


class Findable(models.Model):
    """A row that is found by its words, which are single words with a blank between.

    The database keeps an index of them by itself: see ``querysets/full_text.py``.
    """

    title_words = models.TextField(blank=True, default="", editable=False)
    text_words = models.TextField(blank=True, default="", editable=False)

    class Meta:
        abstract = True


class PublishedClaim(Findable):
    """The current version of a claim as searches find it; newer publications have higher keys."""

    version = models.OneToOneField("ClaimVersion", models.PROTECT, related_name="published_claim")
    claim = models.OneToOneField("Claim", models.PROTECT, related_name="published_claim")

    objects = PublishedClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"C{self.claim_id} as published"


class ArticlePassage(Findable):
    """A stretch of an article's approved text, as readers see it."""

    article = models.ForeignKey("Article", models.PROTECT, related_name="passages")
    revision = models.ForeignKey("ArticleRevision", models.PROTECT, related_name="passages")
    number = models.PositiveIntegerField(help_text="Its place in the text, from 0.")
    text = models.TextField()

    objects = FindableQuerySet.as_manager()

    class Meta:
        ordering = ["article", "number"]
        constraints = [
            models.UniqueConstraint(
                name="articlepassage_number_is_unique", fields=["article", "number"]
            )
        ]

    def __str__(self) -> str:
        return f"passage {self.number} of A{self.article_id}"


class Spelling(models.Model):
    """A word of public titles and names under a form of it that lacks one letter, or none.

    Two words that differ by one letter share such a form (symmetric deletion: W. Garbe, SymSpell,
    2012), so that a typing error finds its word by equality, in any database.
    """

    form = models.CharField(max_length=64)
    word = models.CharField(max_length=64)

    objects = SpellingQuerySet.as_manager()

    class Meta:
        ordering = ["form", "word"]
        constraints = [
            models.UniqueConstraint(name="spelling_is_noted_once", fields=["form", "word"])
        ]

    def __str__(self) -> str:
        return f"{self.form}: {self.word}"


def findable_tables() -> list[str]:
    """The tables whose words are indexed."""
    return sorted(
        model._meta.db_table for model in apps.get_models() if issubclass(model, Findable)
    )
