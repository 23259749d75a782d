"""About the data: what there is, how to get it, how to check it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from claims.models import Checkpoint, ClaimVersion, PublishedFigure
from claims.views.caching import REVALIDATE
from claims.workflow.log_key import verifier_keys

VERIFIER: Final = Path(__file__).resolve().parent.parent / "static" / "claims" / "verify.py"


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
        "verifier_sha256": hashlib.sha256(_program()).hexdigest(),
    }
    return render(request, "about/data.html", context)


def verifier(request: HttpRequest) -> HttpResponse:
    """The program that readers check downloads with, in one file."""
    tag = f'"{hashlib.sha256(_program()).hexdigest()}"'
    response = get_conditional_response(request, etag=tag)
    if response is None:
        response = HttpResponse(_program(), content_type="text/x-python; charset=utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="verify.py"'
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = REVALIDATE
    return response


@cache
def _program() -> bytes:
    return VERIFIER.read_bytes()
