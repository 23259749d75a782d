"""What became public, newest first: changes, corrections, and both as Atom feeds."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from claims.choices import VersionOp
from claims.domain.document_format import read_dispute
from claims.domain.refs import CLAIM, SOURCE
from claims.models import ArticleRevision, ClaimVersion, PublishedDispute, PublishedSource
from claims.querysets.publication import ClaimVersionQuerySet
from claims.views.addresses import found_elsewhere, moved, number_of
from claims.views.paging import page_after

FEED_LENGTH = 50


def change_list(request: HttpRequest) -> HttpResponse:
    """Every publication by day: what, who, why, and what it changed."""
    return _changes(request, corrections=False)


def correction_list(request: HttpRequest) -> HttpResponse:
    """Publications that changed what readers had seen before."""
    return _changes(request, corrections=True)


def _changes(request: HttpRequest, *, corrections: bool) -> HttpResponse:
    versions = ClaimVersion.objects.for_changes()
    if corrections:
        versions = versions.corrections()
    page = page_after(request, versions, "sequence", "", newest=True)
    days = groupby(page.rows, key=lambda version: version.published_at.date())
    context = {
        "current": "changes",
        "corrections": corrections,
        "days": [(day, list(rows)) for day, rows in days],
        "page": page,
    }
    return render(request, "changes/list.html", context)


def change_feed(request: HttpRequest) -> HttpResponse:
    """The newest publications as Atom (RFC 4287)."""
    versions = ClaimVersion.objects.all()
    return _version_feed(request, versions, _("Recent changes"), "/changes/")


def claim_feed(request: HttpRequest, ref: str) -> HttpResponse:
    """The versions of one claim as Atom."""
    number = number_of(ref, CLAIM)
    versions = ClaimVersion.objects.of_claim(number)
    newest = versions.order_by("-number").first()
    if newest is None:
        raise Http404
    elsewhere = moved(request, ref, CLAIM) if newest.op == VersionOp.TOMBSTONE else None
    if elsewhere is not None:
        return elsewhere
    return _version_feed(request, versions, newest.question, f"/claims/{CLAIM}{number}/")


def source_feed(request: HttpRequest, ref: str) -> HttpResponse:
    """The current versions that cite a source, as Atom."""
    number = number_of(ref, SOURCE)
    source = PublishedSource.objects.cited().filter(source_id=number).first()
    if source is None:
        return found_elsewhere(request, ref, SOURCE)
    versions = ClaimVersion.objects.public().citing(number)
    return _version_feed(request, versions, source.title, f"/sources/{SOURCE}{number}/")


def article_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The current versions that an article states, as Atom."""
    revision = ArticleRevision.objects.newest_approved().filter(article__slug=slug).first()
    if revision is None:
        raise Http404
    versions = ClaimVersion.objects.public().stated_by(revision.pk)
    return _version_feed(request, versions, revision.title, f"/articles/{slug}/")


def _version_feed(
    request: HttpRequest, versions: ClaimVersionQuerySet, title: str, path: str
) -> HttpResponse:
    """The newest of these versions, each at its own address."""
    feed = _feed(request, title, path)
    for version in versions.for_changes().order_by("-sequence")[:FEED_LENGTH]:
        gone = version.op == VersionOp.TOMBSTONE
        path = f"/claims/C{version.claim_id}/" + ("" if gone else f"v/{version.number}/")
        feed.add_item(
            title=version.question,
            link=request.build_absolute_uri(path),
            description=version.summary,
            unique_id=f"tag:factbase,{version.published_at.date()}:{version.sha256}",
            pubdate=version.published_at,
            updateddate=version.published_at,
            author_name=version.approved_by.username,
        )
    return _answer(feed)


def dispute_feed(request: HttpRequest) -> HttpResponse:
    """The newest disputes that readers may know of, as Atom."""
    feed = _feed(request, _("Disputes"), "/disputes/")
    rows = PublishedDispute.objects.select_related("version").order_by("-dispute_id")
    for row in rows[:FEED_LENGTH]:
        record = read_dispute(row.record)
        feed.add_item(
            title=f"{record['claim']['question']} ({row.get_kind_display()})",
            link=request.build_absolute_uri(f"/disputes/D{row.dispute_id}/"),
            description=record["rationale"] or record["reason"],
            unique_id=f"tag:factbase,{row.opened_at.date()}:D{row.dispute_id}-{row.state}",
            pubdate=row.opened_at,
            updateddate=row.decided_at or row.opened_at,
        )
    return _answer(feed)


def _feed(request: HttpRequest, title: str, path: str) -> Atom1Feed:
    return Atom1Feed(
        title=f"factbase: {title}",
        link=request.build_absolute_uri(path),
        description="",
        feed_url=request.build_absolute_uri(),
    )


def _answer(feed: Atom1Feed) -> HttpResponse:
    return HttpResponse(feed.writeString("utf-8"), content_type=Atom1Feed.content_type)
