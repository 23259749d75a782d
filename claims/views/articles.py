"""Articles: the approved text, each published claim marked where the text says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from claims.choices import Contention
from claims.domain.document_format import read_claim
from claims.filtering import parameters as read
from claims.models import ArticleRevision, PublishedAnchor
from claims.reading.text.page_text import lay_out
from claims.reading.works.shown_notes import note_of
from claims.views.article_links import page_links
from claims.views.marked_text import STATUSES, Mark, MarkedClaim, shown_passages
from claims.views.sharing import Share

PARAMETERS = (read.choice("contention", Contention.values, "Show the marks of this status only."),)


def article_list(request: HttpRequest) -> HttpResponse:
    """Every article with an approved text, by title."""
    revisions = ArticleRevision.objects.newest_approved().with_claim_counts()
    shown = revisions.select_related("article").order_by("title", "pk")
    return render(request, "articles/list.html", {"revisions": shown, "current": "articles"})


def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One article; ``?contention=`` shows the marks of one status only."""
    asked = read.read_parameters(request.GET, PARAMETERS).get("contention", ())
    revisions = ArticleRevision.objects.newest_approved().with_approved_data()
    revision = revisions.select_related("article").under(slug).first()
    if revision is None:
        raise Http404
    marks = article_marks(revision)
    claims = list({mark.claim.number: mark.claim for mark in marks}.values())
    shown = [mark for mark in marks if not asked or mark.claim.status in asked]
    page = lay_out(revision.text, [mark.span for mark in shown], revision.format)
    chosen = [claim for claim in claims if not asked or claim.status in asked]
    title = revision.title
    context = {
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
        "share": Share(title, described(claims), f"/articles/{slug}/", "article"),
    }
    return render(request, "articles/detail.html", context)


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
