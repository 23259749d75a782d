"""Reading articles and their revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

if TYPE_CHECKING:
    from claims.models import Article, ArticleRevision


class ArticleQuerySet(QuerySet["Article"]):
    def published(self) -> ArticleQuerySet:
        """Articles with a revision that somebody approved."""
        return self.filter(revisions__approved_at__isnull=False).distinct()


class ArticleRevisionQuerySet(QuerySet["ArticleRevision"]):
    def approved(self) -> ArticleRevisionQuerySet:
        return self.filter(approved_at__isnull=False)

    def waiting(self) -> ArticleRevisionQuerySet:
        """Revisions that nobody approved yet."""
        return self.filter(approved_at__isnull=True)

    def newest_first(self) -> ArticleRevisionQuerySet:
        return self.order_by("-number")
