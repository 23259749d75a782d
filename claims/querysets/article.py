"""Reading articles and their revisions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, QuerySet

if TYPE_CHECKING:
    from claims.models import Article, ArticleRevision

APPROVED_DATA = ("language", "licence", "origin_url")


class ArticleQuerySet(QuerySet["Article"]):
    def published(self) -> ArticleQuerySet:
        """Articles with a revision that somebody approved."""
        return self.filter(revisions__approved_at__isnull=False).distinct()


class ArticleRevisionQuerySet(QuerySet["ArticleRevision"]):
    def approved(self) -> ArticleRevisionQuerySet:
        return self.filter(approved_at__isnull=False)

    def of_article(self, number: int) -> ArticleRevisionQuerySet:
        return self.filter(article_id=number)

    def under(self, slug: str) -> ArticleRevisionQuerySet:
        """Revisions of the article with this slug."""
        return self.filter(article__slug=slug)

    def numbered(self, *numbers: int) -> ArticleRevisionQuerySet:
        """The revisions of an article with these numbers."""
        return self.filter(number__in=numbers)

    def waiting(self) -> ArticleRevisionQuerySet:
        """Revisions that nobody approved yet."""
        return self.filter(approved_at__isnull=True)

    def newest_approved(self) -> ArticleRevisionQuerySet:
        """The one revision of each article that readers see."""
        approved = self.model._default_manager.filter(approved_at__isnull=False)
        newer = approved.filter(article=OuterRef("article"), number__gt=OuterRef("number"))
        return self.approved().filter(~Exists(newer))

    def with_approved_data(self) -> ArticleRevisionQuerySet:
        """``approved_language``, ``approved_licence``, ``approved_origin_url``.

        The article's data as somebody approved them; edits of the desk wait for their approval.
        """
        place = "article__published_article"
        columns = {f"approved_{name}": F(f"{place}__{name}") for name in APPROVED_DATA}
        return self.annotate(**columns)

    def with_claim_counts(self) -> ArticleRevisionQuerySet:
        """``claim_count``: how many published claims the text states."""
        return self.annotate(claim_count=Count("published_anchors__claim", distinct=True))

    def up_to(self, number: int) -> ArticleRevisionQuerySet:
        """The revision of this number and those before it."""
        return self.filter(number__lte=number)

    def reasons(self, rows: Iterable[ArticleRevision]) -> dict[int, str]:
        """Why each of these revisions was added, by its key."""
        numbers = [row.pk for row in rows]
        added = self.model.history.filter(id__in=numbers, history_type="+")
        return dict(added.values_list("id", "history_change_reason"))

    def newest_first(self) -> ArticleRevisionQuerySet:
        return self.order_by("-number")
