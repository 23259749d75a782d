"""A claim as a card inside other people's pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override

from claims.choices import VersionOp
from claims.domain.document_format import read_version
from claims.domain.refs import CLAIM
from claims.filtering.parameters import read_parameters
from claims.models import ClaimVersion
from claims.views.addresses import moved, number_of
from claims.views.caching import page_not_modified, page_tag, with_validators

# The card shows what is public and takes no input: any page may frame it.
FRAMED: dict[str, Any] = {**settings.SECURE_CSP, "frame-ancestors": ["*"]}


@csp_override(FRAMED)
@xframe_options_exempt
def claim_card(request: HttpRequest, ref: str) -> HttpResponse:
    """Question, status, range and plot; a retired claim says so."""
    read_parameters(request.GET, ())
    version = ClaimVersion.objects.current().of_claim(number_of(ref, CLAIM)).first()
    if version is None or version.op == VersionOp.TOMBSTONE:
        elsewhere = moved(request, ref, CLAIM)
        if elsewhere is not None:
            return elsewhere
    if version is None:
        raise Http404
    tag = page_tag(version.sha256, "embed")
    fresh = page_not_modified(request, tag, version.published_at)
    if fresh is not None:
        return fresh
    is_gone = version.op == VersionOp.TOMBSTONE
    context = {"document": read_version(version.payload), "is_gone": is_gone}
    card = render(request, "claims/embed.html", context, status=410 if is_gone else 200)
    return with_validators(card, tag, version.published_at)
