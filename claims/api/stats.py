"""How many claims and figures there are, by what they have in common."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import Count, F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce, ExtractYear
from django.http import HttpResponse
from rest_framework.request import Request

from claims.api import notices
from claims.api.claims import ClaimList
from claims.api.envelopes import self_link
from claims.api.freshness import entity_tag, is_fresh, not_modified, publication_head
from claims.api.public import PublicView, text_answer
from claims.choices import VersionKeyName
from claims.domain.countries import COUNTRIES
from claims.domain.documents import dump_document
from claims.domain.facets import facets_of, found_by
from claims.domain.published import ClaimDocument, SubjectEntry
from claims.domain.refs import SUBJECT, number_in
from claims.exporters.pages import Page, envelope
from claims.filtering import filters
from claims.filtering import parameters as read
from claims.filtering.moved import with_families
from claims.filtering.then import OF_NOW, rows_of
from claims.filtering.then_named import documents_then
from claims.filtering.times import AS_RECORDED, TIMES, Times, countries_of, times_of
from claims.models import VersionKey

COUNTRY = VersionKey.objects.filter(version=OuterRef("pk"), name=VersionKeyName.COUNTRY)
GROUPS: dict[str, Any] = {
    "contention": F("contention"),
    "severity": F("severity"),
    "measure": F("measure__slug"),
    "subject": F("subject_id"),
    "year": ExtractYear("event_earliest"),
    "country": Coalesce(Subquery(COUNTRY.values("value")[:1]), Value("")),
}
OF_DOCUMENT: dict[str, Callable[[ClaimDocument], Any]] = {
    "contention": lambda document: document["contention"],
    "severity": lambda document: document["severity"],
    "measure": lambda document: document["measure"]["slug"],
    "subject": lambda document: number_in(document["subject"]["ref"], SUBJECT),
    "year": lambda document: _year(facets_of(document).event_earliest),
    "country": lambda document: _country(document["subject"]),
}
MOST = 1_000  # groups in one answer


class StatList(PublicView):
    """Counts by group; the filters are those of claims."""

    noun = "stat"
    operation = "stats_list"
    summary = "Counts of claims and figures by group."
    document = notices.Group
    is_list = True
    parameters = (
        read.choice("group_by", GROUPS, "What the claims of a group have in common."),
        *(one.parameter for one in ClaimList.filters),
        *TIMES,
    )

    def get(self, request: Request) -> HttpResponse:
        """Answer one row a group, in one query; of what was known by a day from its documents."""
        asked, kind = self.read(request, "")
        times = times_of(asked)
        head = publication_head()
        parts = (head.sha256, request._request.get_full_path())
        tag = entity_tag(kind, *parts)
        if is_fresh(request._request, tag):
            return not_modified(tag)
        names = tuple(dict.fromkeys(asked.get("group_by", ("contention",))))
        worked_out = times.known_on is not None or (times and OF_NOW.intersection(asked))
        found = (_worked_out if worked_out else _stored)(names, times, asked)
        texts = [dump_document(_group(names, row)) for row in found[:MOST]]
        meta = {
            "count": len(texts),
            "limit": MOST,
            "sort": ",".join(names),
            "sequence": head.sequence,
            **times.members(),
        }
        links = {"self": self_link(request._request), "next": None}
        body = envelope(Page(texts, meta, links))
        return text_answer(request._request, body, kind, parts)


class PlaceList(PublicView):
    """Countries of claims."""

    noun = "place"
    operation = "places_list"
    summary = "Countries with their numbers of claims; their subjects are at subjects/?country=."
    document = notices.CountryCount
    is_list = True
    parameters = (AS_RECORDED,)

    def get(self, request: Request) -> HttpResponse:
        """Answer one row a country, in one query."""
        asked, kind = self.read(request, "")
        times = times_of(asked)
        head = publication_head()
        parts = (head.sha256, request._request.get_full_path())
        tag = entity_tag(kind, *parts)
        if is_fresh(request._request, tag):
            return not_modified(tag)
        texts = [dump_document(one) for one in countries_of(times)]
        meta = {"count": len(texts), "limit": len(COUNTRIES), "sort": "code"}
        meta |= {"sequence": head.sequence, **times.members()}
        links = {"self": self_link(request._request), "next": None}
        body = envelope(Page(texts, meta, links))
        return text_answer(request._request, body, kind, parts)


def _stored(names: tuple[str, ...], times: Times, asked: dict[str, Any]) -> Any:
    """Count by the columns of versions, in one query."""
    rows = filters.narrowed(times.public(), ClaimList.filters, asked)
    columns = {f"by_{name}": GROUPS[name] for name in names}
    counted = rows.order_by().annotate(**columns).values_list(*columns)
    found = counted.annotate(
        claims=Count("pk"), statements=Sum("figure_count"), live=Sum("search__live_count")
    )
    return found.order_by(*columns)


def _worked_out(
    names: tuple[str, ...], times: Times, asked: dict[str, Any]
) -> list[tuple[Any, ...]]:
    """Count by the documents of then, of a bounded number of claims. Raises QueryError."""
    payloads = documents_then(times, asked)
    counts: dict[tuple[Any, ...], list[int]] = {}
    wanted = with_families(asked)
    for payload in payloads:
        for _, row in rows_of("claims", times, wanted, payload):
            key = tuple(OF_DOCUMENT[name](row["document"]) for name in names)
            group = counts.setdefault(key, [0, 0, 0])
            group[0] += 1
            group[1] += len(row["document"]["figures"])
            group[2] += found_by(row["document"]).live_count
    ordered = sorted(counts, key=lambda key: [(one is None, one) for one in key])
    return [(*key, *counts[key]) for key in ordered]


def _country(subject: SubjectEntry) -> str:
    return subject["country"]["code"] if subject["country"] else ""


def _year(day: dt.date | None) -> int | None:
    return day.year if day else None


def _group(names: tuple[str, ...], row: tuple[Any, ...]) -> dict[str, Any]:
    group: dict[str, Any] = dict(zip(names, row, strict=False))
    if "subject" in group:
        group["subject"] = f"{SUBJECT}{group['subject']}"
    return {**group, "claims": row[-3], "figures": row[-2], "live_figures": row[-1]}
