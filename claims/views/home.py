"""The front page: what this is, how much of it there is, where sources disagree most."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.domain.document_format import read_claim, read_dispute
from claims.domain.published import ClaimDocument
from claims.filtering.parameters import read_parameters
from claims.models import ClaimVersion, PublishedDispute, PublishedFigure
from claims.views.caching import page_not_modified, page_tag, with_validators

SHOWN = 5


def home(request: HttpRequest) -> HttpResponse:
    """One screen for somebody who comes for the first time."""
    read_parameters(request.GET, ())
    head = ClaimVersion.objects.for_changes().order_by("-sequence").first()
    if head is None:
        return render(request, "home.html", {"current": "home"})
    tag = page_tag(head.sha256)
    fresh = page_not_modified(request, tag, head.published_at)
    if fresh is not None:
        return fresh
    context = {"current": "home", "head": head, **_counts(), **_newest()}
    return with_validators(render(request, "home.html", context), tag, head.published_at)


def _counts() -> dict[str, int]:
    versions = ClaimVersion.objects.public()
    return {
        "claims": versions.count(),
        "disputed": versions.disputed().count(),
        "figures": PublishedFigure.objects.live().count(),
    }


def _newest() -> dict[str, Any]:
    disputed = ClaimVersion.objects.public().disputed()
    decided = PublishedDispute.objects.decided().order_by("-decided_at", "-dispute_id")
    return {
        "gaps": _documents(disputed.widest_first()),
        "others": _documents(disputed.without_gap()),
        "decisions": [
            read_dispute(text) for text in decided.values_list("record", flat=True)[:SHOWN]
        ],
    }


def _documents(versions: QuerySet[ClaimVersion]) -> list[ClaimDocument]:
    return [read_claim(text) for text in versions.values_list("payload", flat=True)[:SHOWN]]
