"""The lists of claims and of disputes, and the page of a dispute."""

from __future__ import annotations

from django.db.models import F, TextChoices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from claims.choices import Contention, DisputeKind, DisputeState, Severity
from claims.domain.document_format import read_claim, read_dispute
from claims.domain.published import ClaimDocument
from claims.domain.published_records import DisputeDocument
from claims.domain.refs import DISPUTE
from claims.filtering import parameters as read
from claims.filtering.lists import CLAIM_FILTERS, CLAIM_SORTS, DISPUTE_FILTERS, DISPUTE_SORTS
from claims.filtering.then import row_then
from claims.filtering.times import TIMES, Times, times_of
from claims.models import ClaimVersion, PublishedDispute
from claims.views.addresses import number_of
from claims.views.lists import FacetColumn, read_list, typed
from claims.views.other_times import of_any_time


@of_any_time
def claim_list(request: HttpRequest) -> HttpResponse:
    """Published claims, newest publication first."""
    shown = read_list(
        request,
        "claims",
        ClaimVersion.objects.public(),
        filters=CLAIM_FILTERS,
        sorts=CLAIM_SORTS,
        facets=[
            FacetColumn("contention", "contention", _labels(Contention)),
            FacetColumn("severity", "severity", _labels(Severity)),
            FacetColumn("measure", "measure__slug"),
        ],
        columns=("payload",),
        labels={
            "-updated": _("newest first"),
            "-spread": _("widest gap first"),
            "ref": _("number"),
        },
        default="-updated",
    )
    documents = [read_claim(row[0]) for row in shown.rows]
    context = {"list": shown, "documents": documents, "current": "claims"}
    return render(request, "lists/claims.html", context)


@of_any_time
def dispute_list(request: HttpRequest) -> HttpResponse:
    """Disputes of published claims, newest first."""
    shown = read_list(
        request,
        "disputes",
        PublishedDispute.objects.annotate(payload=F("version__payload")),
        filters=DISPUTE_FILTERS,
        sorts=DISPUTE_SORTS,
        facets=[
            FacetColumn("state", "state", _labels(DisputeState)),
            FacetColumn("kind", "kind", _labels(DisputeKind)),
            FacetColumn("severity", "severity", _labels(Severity)),
            FacetColumn("measure", "measure__slug"),
        ],
        columns=("record", "payload"),
        labels={
            "-ref": _("newest first"),
            "ref": _("oldest first"),
            "-spread": _("widest gap first"),
        },
        default="-ref",
    )
    disputes = [
        {"dispute": read_dispute(record), "document": read_claim(payload)}
        for record, payload in shown.rows
    ]
    context = {
        "list": shown,
        "disputes": disputes,
        "current": "disputes",
        "download": request.GET.urlencode(),
    }
    return render(request, "lists/disputes.html", context)


@of_any_time
def dispute_detail(request: HttpRequest, ref: str) -> HttpResponse:
    """One dispute with its evidence, what happened to it, and the decision."""
    times = times_of(read.read_parameters(typed(request), TIMES))
    number = number_of(ref, DISPUTE)
    found = _dispute_then(number, times) if times else _dispute_now(number)
    if found is None:
        raise Http404
    dispute, document = found
    context = {"current": "disputes", "dispute": dispute, "document": document, "times": times}
    return render(request, "lists/dispute.html", context)


type CaseAndClaim = tuple[DisputeDocument, ClaimDocument]


def _dispute_now(number: int) -> CaseAndClaim | None:
    """The dispute and its claim's document, as stored."""
    rows = PublishedDispute.objects.numbered(number).select_related("version")
    if (row := rows.first()) is None:
        return None
    return read_dispute(row.record), read_claim(row.version.payload)


def _dispute_then(number: int, times: Times) -> CaseAndClaim | None:
    """The same at another time."""
    if (row := row_then("disputes", times, number)) is None:
        return None
    return read_dispute(row["record"]), row["document"]


def _labels(vocabulary: type[TextChoices]) -> dict[str, object]:
    return {member.value: member.label for member in vocabulary}
