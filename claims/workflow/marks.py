"""Where an approved article text says what is published: index rows, drawn from approved words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypedDict

from claims.choices import AnchorStatus
from claims.domain.anchors import find_quote
from claims.domain.document_format import read_claim
from claims.domain.published import ClaimDocument
from claims.domain.refs import ARTICLE, FIGURE, format_ref, parse_ref
from claims.models import Anchor, ArticleRevision, ClaimVersion, PublishedAnchor, PublishedFigure

type VersionWithDocument = tuple[ClaimVersion, ClaimDocument]
"""A current version with its document."""


def marks_of(published: Sequence[VersionWithDocument]) -> list[PublishedAnchor]:
    """One mark for each live figure and each article whose newest approved text says so.

    The place is the one that the document names, found again in that text; where the document
    names none in the article, the one that was approved together with the text.
    """
    places = _places(published)
    texts = _newest_approved(places)
    return [
        mark
        for (version, assertion, article), anchors in places.items()
        if article in texts
        for mark in _marks(version, assertion, anchors, texts[article])
    ]


def remark_article(revision: ArticleRevision) -> None:
    """Draw the marks of a newly approved text anew; no claim needs another review for it.

    Claims may have been published before any text of the article was.
    """
    article = revision.article_id
    anchored = PublishedFigure.objects.filter(assertion__anchors__revision__article=article)
    numbers = set(anchored.values_list("version_id", flat=True))
    versions = ClaimVersion.objects.public().filter(pk__in=numbers).order_by("pk")
    PublishedAnchor.objects.filter(revision__article=article).delete()
    marks = marks_of([(version, read_claim(version.payload)) for version in versions])
    fresh = [mark for mark in marks if mark.revision.article_id == article]
    PublishedAnchor.objects.bulk_create(fresh)


class _Place(TypedDict):
    """What is looked for in a text: part of an anchor's entry."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    status: str
    sha256: str


type _Key = tuple[ClaimVersion, int, str]  # version, assertion's number, article's reference


def _places(published: Sequence[VersionWithDocument]) -> dict[_Key, list[_Place]]:
    """What stands to be marked; the places that a document names come before all others."""
    live = {
        (version, parse_ref(entry["ref"], FIGURE) or 0): entry
        for version, document in published
        for entry in document["figures"]
        if entry["status"] == "live"
    }
    found: dict[_Key, list[_Place]] = defaultdict(list)
    for (version, assertion), entry in live.items():
        for anchor in entry["anchors"]:
            found[version, assertion, anchor["article"]].append(anchor)
    named = set(found)
    version_of = {assertion: version for version, assertion in live}
    for assertion, article, place in _approved_with_text(version_of):
        key = version_of[assertion], assertion, article
        if key not in named:
            found[key].append(place)
    return found


def _approved_with_text(assertions: Iterable[int]) -> Iterator[tuple[int, str, _Place]]:
    """The places that an approver of a newest text saw: those noted before the approval.

    Each with the number of the assertion and the reference of the article.
    """
    anchors = Anchor.objects.seen_with_text().filter(assertion__in=set(assertions))
    columns = ("assertion_id", "exact", "prefix", "suffix", "start", "end", "status")
    names = (*columns, "revision__sha256", "revision__article_id")
    for row in anchors.order_by("pk").values(*names):
        place: _Place = {
            "exact": row["exact"],
            "prefix": row["prefix"],
            "suffix": row["suffix"],
            "start": row["start"],
            "end": row["end"],
            "status": row["status"],
            "sha256": row["revision__sha256"],
        }
        yield row["assertion_id"], format_ref(ARTICLE, row["revision__article_id"]), place


def _newest_approved(places: Iterable[_Key]) -> dict[str, ArticleRevision]:
    """The newest approved revision of each article, by the article's reference."""
    articles = {parse_ref(article, ARTICLE) or 0 for _, _, article in places}
    if not articles:
        return {}
    rows = ArticleRevision.objects.approved().filter(article__in=articles)
    newest = rows.select_related("article").order_by("article", "number")
    return {row.article.ref: row for row in newest}


def _marks(
    version: ClaimVersion, assertion: int, anchors: list[_Place], revision: ArticleRevision
) -> Iterator[PublishedAnchor]:
    for anchor in anchors:
        span = _span(anchor, revision)
        if span is not None:
            yield PublishedAnchor(
                version=version,
                claim_id=version.claim_id,
                assertion_id=assertion,
                revision=revision,
                start=span[0],
                end=span[1],
            )


def _span(anchor: _Place, revision: ArticleRevision) -> tuple[int, int] | None:
    start, end = anchor["start"], anchor["end"]
    if anchor["sha256"] == revision.sha256:
        return start, end
    if anchor["status"] == AnchorStatus.ORPHANED:
        return None
    found = find_quote(revision.text, anchor["exact"], anchor["prefix"], anchor["suffix"], start)
    return None if found is None else (found.start, found.end)
