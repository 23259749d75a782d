"""About the data: what there is, how to get it, how to check it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.models import ClaimVersion, PublishedFigure


def about_data(request: HttpRequest) -> HttpResponse:
    """Counts, downloads, licence and the recipe for checking a hash."""
    versions = ClaimVersion.objects.public()
    context = {
        "current": "data",
        "claims": versions.count(),
        "disputed": versions.disputed().count(),
        "figures": PublishedFigure.objects.count(),
        "head": ClaimVersion.objects.for_changes().order_by("-sequence").first(),
    }
    return render(request, "about/data.html", context)
