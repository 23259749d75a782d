"""What became public, newest first: changes and corrections."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.models import ClaimVersion
from claims.views.paging import numbered_page


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
    page = numbered_page(request, versions, "sequence", "", newest=True)
    days = groupby(page.rows, key=lambda version: version.published_at.date())
    context = {
        "current": "changes",
        "corrections": corrections,
        "days": [(day, list(rows)) for day, rows in days],
        "page": page,
    }
    return render(request, "changes/list.html", context)
