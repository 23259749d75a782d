"""Where an approved article text says what is published: index rows, drawn from both alone."""

from __future__ import annotations

from typing import Any

from claims.choices import AnchorStatus
from claims.domain.anchors import find_quote
from claims.domain.documents import read_document
from claims.domain.refs import ARTICLE, FIGURE, parse_ref
from claims.models import ArticleRevision, ClaimVersion, PublishedAnchor, PublishedFigure


def marks_of(version: ClaimVersion, document: dict[str, Any]) -> list[PublishedAnchor]:
    """One mark for each live figure and each article with an approved text that still says so."""
    entries = [entry for entry in document["figures"] if entry["status"] == "live"]
    named = {anchor["article"] for entry in entries for anchor in entry["anchors"]}
    revisions = _approved({number for ref in named if (number := parse_ref(ref, ARTICLE))})
    return [
        mark
        for entry in entries
        for anchor in entry["anchors"]
        if anchor["article"] in revisions
        and (mark := _mark(version, entry, anchor, revisions[anchor["article"]])) is not None
    ]


def remark_article(revision: ArticleRevision) -> None:
    """Draw the marks of a newly approved text anew; no claim needs another review for it.

    Claims may have been published before any text of the article was.
    """
    article = revision.article_id
    anchored = PublishedFigure.objects.filter(assertion__anchors__revision__article=article)
    numbers = set(anchored.values_list("version_id", flat=True))
    versions = list(ClaimVersion.objects.public().filter(pk__in=numbers).order_by("pk"))
    ref = revision.article.ref
    PublishedAnchor.objects.filter(revision__article=article).delete()
    fresh = [
        mark
        for version in versions
        for mark in marks_of(version, _only(read_document(version.payload), ref))
    ]
    PublishedAnchor.objects.bulk_create(fresh)


def _only(document: dict[str, Any], article: str) -> dict[str, Any]:
    """The document with the anchors of one article only."""
    figures = [
        {**entry, "anchors": [one for one in entry["anchors"] if one["article"] == article]}
        for entry in document["figures"]
    ]
    return {**document, "figures": figures}


def _approved(articles: set[int]) -> dict[str, ArticleRevision]:
    """The newest approved revision of each article, by the article's reference."""
    rows = ArticleRevision.objects.approved().filter(article__in=articles)
    newest = rows.select_related("article").order_by("article", "number")
    return {row.article.ref: row for row in newest}


def _mark(
    version: ClaimVersion,
    entry: dict[str, Any],
    anchor: dict[str, Any],
    revision: ArticleRevision,
) -> PublishedAnchor | None:
    if anchor["status"] == AnchorStatus.ORPHANED:
        return None
    start, end = anchor["start"], anchor["end"]
    if anchor["sha256"] != revision.sha256:
        found = find_quote(
            revision.text, anchor["exact"], anchor["prefix"], anchor["suffix"], start
        )
        if found is None:
            return None
        start, end = found.start, found.end
    return PublishedAnchor(
        version=version,
        claim_id=version.claim_id,
        assertion_id=parse_ref(entry["ref"], FIGURE) or 0,
        revision=revision,
        start=start,
        end=end,
    )
