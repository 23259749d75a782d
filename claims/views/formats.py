"""A claim in any format that holds one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from claims.choices import VersionOp
from claims.domain.document_format import read_tombstone
from claims.domain.refs import CLAIM
from claims.exporters.formats import FORMATS, claim_text
from claims.exporters.one_claim import Look
from claims.models import ClaimVersion
from claims.views.addresses import moved, number_of
from claims.views.caching import page_not_modified, page_tag, with_validators
from claims.views.refusals import gone


def claim_as(request: HttpRequest, ref: str, suffix: str) -> HttpResponse:
    """The claim as it stands in the format of the suffix."""
    version = ClaimVersion.objects.current().of_claim(number_of(ref, CLAIM)).first()
    if version is None or version.op == VersionOp.TOMBSTONE:
        elsewhere = moved(request, ref, CLAIM)
        if elsewhere is not None:
            return elsewhere
    if version is None:
        raise Http404
    if version.op == VersionOp.TOMBSTONE:
        return gone(request, read_tombstone(version.payload))
    host = request.build_absolute_uri("/")
    tag = page_tag(version.sha256, suffix, host)
    fresh = page_not_modified(request, tag, version.published_at)
    if fresh is not None:
        return fresh
    body = claim_text(suffix, version.payload, Look(base=host.rstrip("/")))
    response = HttpResponse(body, content_type=FORMATS[suffix].media_type)
    response.headers["Content-Disposition"] = f'inline; filename="{ref}.{suffix}"'
    return with_validators(response, tag, version.published_at)
