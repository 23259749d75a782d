"""Articles: the approved text, each published claim marked where the text says it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any, Final

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from claims.choices import Contention
from claims.domain.document_format import read_claim
from claims.filtering import parameters as read
from claims.models import ArticleRevision, PublishedAnchor
from claims.querysets.article import APPROVED_DATA
from claims.reading.text.page_text import lay_out
from claims.reading.works.shown_notes import note_of
from claims.views.article_links import page_links
from claims.views.caching import page_not_modified, page_tag, with_validators
from claims.views.marked_text import STATUSES, Mark, MarkedClaim, shown_passages
from claims.views.sharing import Share

FINISHED_SECONDS: Final = 24 * 60 * 60  # that a rendering is kept; a change makes another one
PARAMETERS = (read.choice("contention", Contention.values, "Show the marks of this status only."),)


def article_list(request: HttpRequest) -> HttpResponse:
    """Every article with an approved text, by title."""
    revisions = ArticleRevision.objects.newest_approved().with_claim_counts()
    shown = revisions.select_related("article").order_by("title", "pk")
    return render(request, "articles/list.html", {"revisions": shown, "current": "articles"})


def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One article; ``?contention=`` shows the marks of one status only.

    It is rendered once for all readers of a language, until its text or one of its claims changes.
    """
    asked = read.read_parameters(request.GET, PARAMETERS).get("contention", ())
    revisions = ArticleRevision.objects.newest_approved().with_approved_data()
    revision = revisions.select_related("article").under(slug).first()
    if revision is None:
        raise Http404
    state, changed = _state_of(revision)
    tag = page_tag(request.build_absolute_uri("/"), *state, *asked)
    fresh = page_not_modified(request, tag, changed)
    if fresh is not None:
        return fresh
    finished: bytes | None = cache.get(tag)
    if finished is not None:
        return with_validators(HttpResponse(finished), tag, changed)
    page = render(request, "articles/detail.html", _shown(revision, asked))
    cache.set(tag, page.content, FINISHED_SECONDS)
    return with_validators(page, tag, changed)


def _state_of(revision: ArticleRevision) -> tuple[list[str], dt.datetime]:
    """All that the page is made from, told by numbers and hashes; when it changed last.

    The newest approved text of all counts: a link may lead to its article from now on.
    """
    anchors = PublishedAnchor.objects.shown_in(revision.pk).order_by("pk")
    versions = list(anchors.values_list("pk", "version__sha256", "version__published_at"))
    newest = ArticleRevision.objects.approved().order_by("-pk").values_list("pk", flat=True)[:1]
    approved = {name: str(getattr(revision, f"approved_{name}")) for name in APPROVED_DATA}
    told = [revision.sha256, revision.title, str(revision.number), *approved.values()]
    told += map(str, newest)
    told += [f"{pk} {sha256}" for pk, sha256, _ in versions]
    moments = [revision.approved_at, *(at for _, _, at in versions)]
    return told, max(at for at in moments if at is not None)


def _shown(revision: ArticleRevision, asked: Collection[str]) -> dict[str, Any]:
    """What the page shows."""
    marks = article_marks(revision)
    claims = list({mark.claim.number: mark.claim for mark in marks}.values())
    shown = [mark for mark in marks if not asked or mark.claim.status in asked]
    page = lay_out(revision.text, [mark.span for mark in shown], revision.format)
    chosen = [claim for claim in claims if not asked or claim.status in asked]
    path = f"/articles/{revision.article.slug}/"
    return {
        "current": "articles",
        "revision": revision,
        "passages": shown_passages(page.passages, shown),
        "links": page_links(page.passages, getattr(revision, "approved_origin_url", "")),
        "notes": [note_of(wikitext) for wikitext in page.notes],
        "claims": chosen,
        "counts": count_statuses(claims),
        "wanted": asked,
        "total": len(claims),
        "sources": cited_sources(chosen),
        "share": Share(revision.title, described(claims), path, "article"),
    }


def article_marks(revision: ArticleRevision) -> list[Mark]:
    """Each passage of the text that a published claim rests on, in the order of the text."""
    anchors = PublishedAnchor.objects.shown_in(revision.pk)
    claims: dict[int, MarkedClaim] = {}
    marks = []
    for anchor in anchors.select_related("version").order_by("start", "end", "pk"):
        claim = claims.get(anchor.claim_id)
        if claim is None:
            claim = MarkedClaim(len(claims) + 1, read_claim(anchor.version.payload))
            claims[anchor.claim_id] = claim
        marks.append(Mark(claim, (anchor.start, anchor.end), f"F{anchor.assertion_id}"))
    return marks


def described(claims: Iterable[MarkedClaim]) -> str:
    """What of the article is in doubt, in one line."""
    counts = Counter(claim.status for claim in claims)
    told = f"{counts.total()} claims with their sources"
    disputed = counts[Contention.DISPUTED]
    return f"{told}, {disputed} of them disputed." if disputed else f"{told}."


def count_statuses(claims: Iterable[MarkedClaim]) -> list[tuple[str, str, int]]:
    """(status, its label, how many claims), in the order of the vocabulary."""
    counted = Counter(claim.status for claim in claims)
    return [
        (status, str(Contention(status).label), counted[status])
        for status in STATUSES
        if counted[status]
    ]


def cited_sources(claims: Iterable[MarkedClaim]) -> list[dict[str, Any]]:
    """Each source that the claims cite, with the claims that cite it."""
    found: dict[str, dict[str, Any]] = {}
    for claim in claims:
        for source in claim.document["sources"]:
            entry = found.setdefault(source["ref"], {"source": source, "claims": []})
            entry["claims"].append(claim)
    return sorted(found.values(), key=lambda entry: str(entry["source"]["title"]).casefold())
