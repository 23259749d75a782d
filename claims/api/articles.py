"""Articles, and where they say what claims hold (W3C Web Annotations)."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework.request import Request

from claims.api import answers
from claims.api.documents import StoredDocument
from claims.api.envelopes import link_with, self_link
from claims.api.freshness import Head, articles_head
from claims.api.lists import LIMITS, PAGING, StoredList
from claims.api.problems import ProblemError
from claims.api.public import PublicView, text_answer
from claims.domain.document_format import read_row
from claims.domain.documents import dump_document, moment_text
from claims.domain.refs import ARTICLE, CLAIM, FIGURE, parse_ref
from claims.exporters.formats import formats_of
from claims.filtering.cursors import both_ways, page
from claims.models import ArticleRevision, PublishedAnchor
from claims.querysets.article import ArticleRevisionQuerySet

COLUMNS: Final = (
    *("article_id", "article__slug", "title", "approved_language", "approved_licence"),
    *("approved_origin_url", "number", "format", "sha256", "approved_at"),
)
ANCHOR_COLUMNS: Final = (
    *("id", "claim_id", "assertion_id", "start", "end"),
    "assertion__published_figure__record",
)
CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
AROUND: Final = 32  # characters quoted before and after an anchor


def newest_revisions() -> ArticleRevisionQuerySet:
    """The revision of each article that readers see, with the article's approved data."""
    return ArticleRevision.objects.newest_approved().with_approved_data()


class ArticleList(StoredList):
    """Articles with an approved revision."""

    noun = "article"
    operation = "articles_list"
    summary = "Articles, without their text."
    document = answers.Article
    columns = COLUMNS
    sorts = both_ways("ref", "article_id")

    def newest(self) -> Head:
        """Return what changes when a claim or an article revision becomes public."""
        return articles_head()

    def rows(self, asked: dict[str, Any]) -> QuerySet[ArticleRevision]:
        """Return one revision an article."""
        return newest_revisions()

    def texts(self, kind: str, found: list[tuple[Any, ...]], asked: dict[str, Any]) -> list[str]:
        """Return a line for each article."""
        return [dump_document(article_entry(*row)) for row in found]


class ArticleDetail(StoredDocument):
    """One article with its text."""

    noun = "article"
    operation = "articles_read"
    summary = "One article with the text of its newest approved revision."
    document = answers.ArticleText
    letter = "A"

    def row(self, number: int, asked: dict[str, Any]) -> tuple[str, str]:
        """Return the document, built from the revision."""
        revisions = newest_revisions().of_article(number)
        found = revisions.values_list(*COLUMNS, "text").first()
        if found is None:
            raise ProblemError("not-found")
        *columns, text = found
        document = dump_document({**article_entry(*columns), "text": text})
        return document, document


class AnnotationList(PublicView):
    """The anchors of an article's newest approved revision."""

    noun = "annotation"
    operation = "articles_annotations"
    summary = "Where the article says what claims hold, as W3C Web Annotations."
    document = answers.AnnotationPage
    formats = tuple(sorted(formats_of("annotations"), key=lambda name: name != "jsonld"))
    parameters = PAGING

    def get(self, request: Request, ref: str) -> HttpResponse:
        """Answer one annotation page."""
        asked, kind = self.read(request, "")
        revisions = newest_revisions().of_article(parse_ref(ref, ARTICLE) or 0)
        revision = revisions.values_list("id", "number", "sha256", "text").first()
        if revision is None:
            raise ProblemError("not-found")
        anchors = PublishedAnchor.objects.shown_in(revision[0])
        limit = asked.get("limit", LIMITS["page_size"])
        found, cursor = page(
            anchors,
            both_ways("ref", "id")["ref"],
            asked.get("cursor", ""),
            limit,
            ANCHOR_COLUMNS,
        )
        items = [annotation(f"/api/v1/articles/{ref}/", revision, row) for row in found]
        following = link_with(request._request, cursor=cursor) if cursor else None
        body = dump_document(annotation_page(self_link(request._request), ref, items, following))
        return text_answer(request._request, body, kind, (body,))


def annotation_page(
    address: str, ref: str, items: list[dict[str, Any]], following: str | None
) -> dict[str, Any]:
    """Return the page; ``next`` only where there is one, as the model asks."""
    return {
        "@context": CONTEXT,
        "id": address,
        "type": "AnnotationPage",
        "partOf": {"id": f"/api/v1/articles/{ref}/annotations/", "type": "AnnotationCollection"},
        **({"next": following} if following else {}),
        "items": items,
    }


def annotation(address: str, revision: tuple[Any, ...], row: tuple[Any, ...]) -> dict[str, Any]:
    """Return one anchor: its claim and figure as body, quote and position as target."""
    number, claim, assertion, start, end, record = row
    text = revision[3]
    figure = read_row(record)
    return {
        "id": f"/api/v1/claims/{CLAIM}{claim}/#anchor-{number}",
        "type": "Annotation",
        "motivation": "assessing",
        "body": {
            "id": f"/claims/{CLAIM}{claim}/",
            "type": "TextualBody",
            "value": f"{figure['question']} {figure['words']}".strip(),
            "claim": f"{CLAIM}{claim}",
            "figure": f"{FIGURE}{assertion}",
            "contention": figure["contention"],
        },
        "target": {
            "source": address,
            "state": {"type": "Version", "revision": revision[1], "sha256": revision[2]},
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": text[start:end],
                    "prefix": text[max(0, start - AROUND) : start],
                    "suffix": text[end : end + AROUND],
                },
                {"type": "TextPositionSelector", "start": start, "end": end},
            ],
        },
    }


def article_entry(number: int, slug: str, title: str, *rest: Any) -> answers.Article:
    """Return the article's document without its text, from the values of COLUMNS."""
    language, licence, origin_url, revision, style, sha256, approved_at = rest
    ref = f"{ARTICLE}{number}"
    return {
        "ref": ref,
        "type": "article",
        "slug": slug,
        "title": title,
        "language": language,
        "licence": licence,
        "origin_url": origin_url,
        "revision": revision,
        "format": style,
        "sha256": sha256,
        "approved_at": moment_text(approved_at),
        "links": {
            "html": f"/articles/{slug}/",
            "api": f"/api/v1/articles/{ref}/",
            "annotations": f"/api/v1/articles/{ref}/annotations/",
        },
    }
