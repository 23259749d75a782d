"""Subjects: what an event, place or group is part of, and the claims about it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from claims.domain.document_format import read_claim, read_subject
from claims.domain.refs import CLAIM, SUBJECT
from claims.filtering.filters import by_version_keys, narrowed
from claims.filtering.parameters import read_parameters
from claims.filtering.then_named import showing_then
from claims.filtering.times import NOW, TIMES, Times, countries_of, times_of
from claims.models import ClaimVersion, PublishedSubject
from claims.views.addresses import found_elsewhere, number_of
from claims.views.lists import typed
from claims.views.other_times import of_any_time
from claims.views.paging import numbered_page

_COUNTRY = next(one for one in by_version_keys("version_id") if one.parameter.name == "country")


@of_any_time
def subject_detail(request: HttpRequest, ref: str) -> HttpResponse:
    """One subject as its claims show it, with what lies below it."""
    number = number_of(ref, SUBJECT)
    given = typed(request)
    given.pop("after", None)  # which the page reads
    if times := times_of(read_parameters(given, TIMES)):
        return _detail_then(request, number, times)
    row = PublishedSubject.objects.about_public_claims().numbered(number).first()
    if row is None:
        return found_elsewhere(request, ref, SUBJECT)
    versions = ClaimVersion.objects.public().about(number)
    page = numbered_page(request, versions, "claim_id", CLAIM)
    below = PublishedSubject.objects.about_public_claims().below(ref)
    context = {
        "subject": read_subject(row.record),
        "below": below.order_by("title", "pk")[:200],
        "documents": [read_claim(version.payload) for version in page.rows],
        "page": page,
    }
    return render(request, "subjects/detail.html", context)


def _detail_then(request: HttpRequest, number: int, times: Times) -> HttpResponse:
    """The same at another time, without what lies below: a claim names only what is above it."""
    documents = showing_then("subjects", times, number)
    if not documents:
        raise Http404
    context = {"subject": documents[0]["subject"], "documents": documents, "times": times}
    return render(request, "subjects/detail.html", context)


def place_list(request: HttpRequest) -> HttpResponse:
    """The countries of public claims with their counts, and the subjects that have coordinates.

    ``?country=ML`` shows the subjects of that country alone.
    """
    given = typed(request)
    given.pop("after", None)  # which the page reads
    asked = read_parameters(given, (_COUNTRY.parameter,))
    rows = narrowed(PublishedSubject.objects.about_public_claims().located(), [_COUNTRY], asked)
    page = numbered_page(request, rows, "subject_id", SUBJECT)
    context = {
        "current": "places",
        "countries": countries_of(NOW),
        "asked": asked.get("country", ()),
        "subjects": [read_subject(row.record) for row in page.rows],
        "page": page,
    }
    return render(request, "subjects/places.html", context)
