"""About the data: what there is, how to get it, how to check it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.models import Checkpoint, ClaimVersion, PublishedFigure
from claims.workflow.log_key import verifier_keys


def about_data(request: HttpRequest) -> HttpResponse:
    """Counts, downloads, licence and the recipe for checking a hash."""
    versions = ClaimVersion.objects.public()
    context = {
        "current": "data",
        "claims": versions.count(),
        "disputed": versions.disputed().count(),
        "figures": PublishedFigure.objects.count(),
        "head": ClaimVersion.objects.for_changes().order_by("-sequence").first(),
        "checkpoint": Checkpoint.objects.newest_signed(),
        "log_keys": [str(key) for key in verifier_keys()],
    }
    return render(request, "about/data.html", context)
