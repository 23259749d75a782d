"""What search engines are told: where to look, and every page worth finding (sitemaps.org 0.9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, tostring

from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from claims.domain.refs import CLAIM, DISPUTE, SOURCE, SUBJECT, format_ref
from claims.filtering.parameters import read_parameters
from claims.models import (
    ArticleRevision,
    ClaimVersion,
    PublishedDispute,
    PublishedSource,
    PublishedSubject,
)

# A part holds rows with so many numbers, not so many rows of a list: each costs the same however
# many there are. The format allows 50,000 addresses.
NUMBERS: Final = 10_000
_SPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MAIN: Final = (
    "home",
    "article-list",
    "claim-list",
    "source-list",
    "place-list",
    "dispute-list",
    "change-list",
    "correction-list",
    "about-data",
)
# Each choice of a facet is a page of its own, and their combinations have no end.
_ROBOTS: Final = """\
User-agent: *
Disallow: /admin/
Disallow: /mail/
Disallow: /language/
Disallow: /api/
Disallow: /search/
Disallow: /*?*
Allow: /*?after=
Allow: /api/v1/docs/$

Sitemap: {sitemap}
"""

type CrawledEntry = tuple[str, dt.datetime | None]


@dataclass(frozen=True, slots=True)
class Shelf:
    """One kind of page: the rows that have one, their number, what an address is made from."""

    rows: Callable[[], QuerySet[Any]]
    number: str
    columns: tuple[str, ...]
    entry: Callable[..., CrawledEntry]


def _page(route: str, letter: str) -> Callable[..., CrawledEntry]:
    """The entry of a row that is addressed by its reference."""

    def entry(number: int, changed: dt.datetime | None = None) -> CrawledEntry:
        return reverse(route, args=[format_ref(letter, number)]), changed

    return entry


def _article(slug: str, approved: dt.datetime | None) -> CrawledEntry:
    return reverse("article-detail", args=[slug]), approved


SHELVES: Final = {
    "claims": Shelf(
        ClaimVersion.objects.public,
        "claim_id",
        ("claim_id", "published_at"),
        _page("claim-detail", CLAIM),
    ),
    "articles": Shelf(
        ArticleRevision.objects.newest_approved,
        "article_id",
        ("article__slug", "approved_at"),
        _article,
    ),
    "disputes": Shelf(
        PublishedDispute.objects.all,
        "dispute_id",
        ("dispute_id",),
        _page("dispute-detail", DISPUTE),
    ),
    "sources": Shelf(
        PublishedSource.objects.cited, "source_id", ("source_id",), _page("source-detail", SOURCE)
    ),
    "subjects": Shelf(
        PublishedSubject.objects.about_public_claims,
        "subject_id",
        ("subject_id",),
        _page("subject-detail", SUBJECT),
    ),
}


def robots(request: HttpRequest) -> HttpResponse:
    """Keep crawlers out of the endless combinations of filters, and show them the sitemap."""
    read_parameters(request.GET, ())
    text = _ROBOTS.format(sitemap=request.build_absolute_uri(reverse("sitemap")))
    return _kept_a_while(HttpResponse(text, content_type="text/plain; charset=utf-8"))


def sitemap(request: HttpRequest) -> HttpResponse:
    """The index: the part with the main pages, then the parts of each kind."""
    read_parameters(request.GET, ())
    root = Element("sitemapindex", xmlns=_SPACE)
    for kind, part in [("main", 1), *_parts()]:
        address = reverse("sitemap-part", args=[kind, part])
        SubElement(SubElement(root, "sitemap"), "loc").text = request.build_absolute_uri(address)
    return _xml(root)


def sitemap_part(request: HttpRequest, kind: str, part: int) -> HttpResponse:
    """The pages of the rows of one kind, the first part those with numbers below NUMBERS."""
    read_parameters(request.GET, ())
    root = Element("urlset", xmlns=_SPACE)
    for address, changed in _entries(kind, part):
        entry = SubElement(root, "url")
        SubElement(entry, "loc").text = request.build_absolute_uri(address)
        if changed is not None:
            SubElement(entry, "lastmod").text = changed.isoformat(timespec="seconds")
    return _xml(root)


def _parts() -> Iterable[tuple[str, int]]:
    for kind, shelf in SHELVES.items():
        highest = shelf.rows().aggregate(highest=Max(shelf.number))["highest"]
        if highest is not None:
            yield from ((kind, part) for part in range(1, highest // NUMBERS + 2))


def _entries(kind: str, part: int) -> Iterable[CrawledEntry]:
    if (kind, part) == ("main", 1):
        return [(reverse(name), None) for name in _MAIN]
    if kind not in SHELVES:
        raise Http404
    shelf = SHELVES[kind]
    first = (part - 1) * NUMBERS
    between = {f"{shelf.number}__gte": first, f"{shelf.number}__lt": first + NUMBERS}
    rows = shelf.rows().filter(**between).order_by(shelf.number).values_list(*shelf.columns)
    return [shelf.entry(*row) for row in rows]


def _xml(root: Element) -> HttpResponse:
    text = tostring(root, encoding="utf-8", xml_declaration=True)
    return _kept_a_while(HttpResponse(text, content_type="application/xml"))


def _kept_a_while(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
