"""What became public as Atom feeds (RFC 4287), for readers that look again and again."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from claims.choices import AssertionStatus, VersionOp
from claims.domain.document_format import read_dispute, read_version
from claims.domain.published_records import DisputeDocument
from claims.domain.refs import CLAIM, SOURCE
from claims.models import ArticleRevision, ClaimVersion, PublishedDispute, PublishedSource
from claims.querysets.publication import ClaimVersionQuerySet
from claims.views.addresses import found_elsewhere, moved, number_of
from claims.views.caching import page_not_modified, page_tag, with_validators

FEED_LENGTH: Final = 50
# Disputes of the newest publications among which the newest events are looked for.
EXAMINED: Final = 4 * FEED_LENGTH


class PlainAtom(Atom1Feed):
    """Atom whose summaries are plain text, and say so.

    ``changed`` is when a feed without entries last changed; Django would say now.
    """

    changed: dt.datetime | None = None

    def latest_post_date(self) -> dt.datetime:
        """When the newest entry changed, or else the feed."""
        none: bool = not self.items
        return self.changed if none and self.changed else super().latest_post_date()

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write the entry; Django would call its summary HTML, and readers swallow its "<"."""
        super().add_item_elements(handler, {**item, "description": None})
        handler.addQuickElement("summary", item["description"], {"type": "text"})


def change_feed(request: HttpRequest) -> HttpResponse:
    """The newest publications."""
    versions = ClaimVersion.objects.all()
    return _version_feed(request, versions, _("Recent changes"), "/changes/")


def claim_feed(request: HttpRequest, ref: str) -> HttpResponse:
    """The versions of one claim."""
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
    """The current versions that cite a source."""
    number = number_of(ref, SOURCE)
    source = PublishedSource.objects.cited().filter(source_id=number).first()
    if source is None:
        return found_elsewhere(request, ref, SOURCE)
    versions = ClaimVersion.objects.public().citing(number)
    return _version_feed(request, versions, source.title, f"/sources/{SOURCE}{number}/")


def article_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The current versions that an article states."""
    revision = ArticleRevision.objects.newest_approved().filter(article__slug=slug).first()
    if revision is None:
        raise Http404
    versions = ClaimVersion.objects.public().stated_by(revision.pk)
    return _version_feed(
        request, versions, revision.title, f"/articles/{slug}/", changed=revision.approved_at
    )


def _version_feed(
    request: HttpRequest,
    versions: ClaimVersionQuerySet,
    title: str,
    path: str,
    changed: dt.datetime | None = None,
) -> HttpResponse:
    """The newest of these versions, each at its own address."""
    feed = _feed(request, title, path)
    for version in versions.for_feeds().order_by("-sequence")[:FEED_LENGTH]:
        gone = version.op == VersionOp.TOMBSTONE
        address = f"/claims/C{version.claim_id}/" + ("" if gone else f"v/{version.number}/")
        feed.add_item(
            title=version.question,
            link=request.build_absolute_uri(address),
            description=_said_of(version),
            unique_id=_tag(request, version.published_at, version.sha256),
            pubdate=version.published_at,
            updateddate=version.published_at,
            author_name=version.approved_by.username,
        )
    return _answer(request, feed, changed)


def _said_of(version: ClaimVersion) -> str:
    """The version's sentence, then the statements that it shows and no longer counts."""
    document = read_version(version.payload)
    if document["status"] == "retired":
        return version.summary
    ended = [
        f"{figure['ref']} ({AssertionStatus(figure['status']).label})"
        for figure in document["figures"]
        if figure["status"] != AssertionStatus.LIVE
    ]
    if not ended:
        return version.summary
    return f"{version.summary} " + _("No longer counted: %(refs)s.") % {"refs": ", ".join(ended)}


def dispute_feed(request: HttpRequest) -> HttpResponse:
    """The disputes to which something happened last, each as of its newest event.

    What happened is public with a version, so the newest publications hold the newest events.
    """
    feed = _feed(request, _("Disputes"), "/disputes/")
    rows = PublishedDispute.objects.order_by("-version__sequence", "-dispute_id")[:EXAMINED]
    cases = [(row, read_dispute(row.record)) for row in rows]
    cases.sort(key=lambda case: (_last_moment(*case), case[0].dispute_id), reverse=True)
    for row, record in cases[:FEED_LENGTH]:
        at = _last_moment(row, record)
        feed.add_item(
            title=f"{record['claim']['question']} ({row.get_kind_display()})",
            link=request.build_absolute_uri(f"/disputes/D{row.dispute_id}/"),
            description=f"{row.get_state_display()}: {record['rationale'] or record['reason']}",
            unique_id=_tag(request, row.opened_at, f"D{row.dispute_id}/{at:%Y%m%dT%H%M%SZ}"),
            pubdate=row.opened_at,
            updateddate=at,
            author_name=record["decided_by"] or record["opened_by"] or settings.SITE_NAME,
        )
    return _answer(request, feed)


def _last_moment(row: PublishedDispute, record: DisputeDocument) -> dt.datetime:
    """When something last happened to the dispute: it was opened, taken, decided, reopened."""
    moments = [dt.datetime.fromisoformat(event["at"]) for event in record["events"]]
    return max([row.opened_at, *([row.decided_at] if row.decided_at else []), *moments])


def _feed(request: HttpRequest, title: str, path: str) -> PlainAtom:
    return PlainAtom(
        title=f"{settings.SITE_NAME}: {title}",
        link=request.build_absolute_uri(path),
        description="",
        author_name=settings.SITE_NAME,
        feed_url=request.build_absolute_uri(),
    )


def _tag(request: HttpRequest, began: dt.datetime, name: str) -> str:
    """A tag URI (RFC 4151): of this installation, for good where SITE_AUTHORITY is set."""
    authority = settings.SITE_AUTHORITY or split_domain_port(request.get_host())[0].strip("[]")
    return f"tag:{authority},{began.date()}:{name}"


def _answer(
    request: HttpRequest, feed: PlainAtom, changed: dt.datetime | None = None
) -> HttpResponse:
    """The feed, or 304 where the reader holds it: nothing changes but by a publication."""
    published = ClaimVersion.objects.order_by("-sequence").values_list("published_at", flat=True)
    moments = [one for one in (published.first(), changed) if one is not None]
    if not moments:
        return HttpResponse(feed.writeString("utf-8"), content_type=Atom1Feed.content_type)
    newest = feed.changed = max(moments)
    text = feed.writeString("utf-8")
    tag = page_tag(text)
    unchanged = page_not_modified(request, tag, newest)
    if unchanged is not None:
        return unchanged
    return with_validators(HttpResponse(text, content_type=Atom1Feed.content_type), tag, newest)
