"""What a page tells those who pass its address on: a card for networks, a frame for other pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.safestring import SafeString, mark_safe

from claims.domain.document_format import read_claim
from claims.domain.published import ClaimDocument
from claims.domain.refs import CLAIM
from claims.errors import QueryError
from claims.exporters.one_claim import Look, claim_jsonld
from claims.filtering import parameters as read
from claims.models import ClaimVersion
from claims.views.addresses import number_of

# Room for a question of three lines, its sentence and the plot; readers may make it larger.
FRAME_WIDTH: Final = 640  # pixels
FRAME_HEIGHT: Final = 320
NARROWEST: Final = 240
PARAMETERS: Final = (
    read.Parameter("url", str, "The address of a claim here.", length=1000, required=True),
    read.Parameter("format", str, "Only json is spoken."),
    read.whole("maxwidth", 1, 100_000, "Pixels that the frame may be wide."),
    read.whole("maxheight", 1, 100_000, "Pixels that the frame may be high."),
)
# A script element ends at the first "</script", whatever it stands in.
_ESCAPES: Final = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@dataclass(frozen=True, slots=True)
class Share:
    """What networks show of a shared address (Open Graph); ``path`` is the page's own."""

    title: str
    description: str
    path: str
    kind: str = "website"


def share_claim(document: ClaimDocument) -> Share:
    """The question, and what is known of it in one sentence."""
    return Share(document["question"], document["summary"], document["links"]["html"], "article")


def review_script(payload: str, host: str) -> SafeString:
    """The ClaimReview of a stored document, safe inside a script element of data."""
    text = claim_jsonld(payload, Look(base=host.rstrip("/")))
    told = text.decode() if isinstance(text, bytes) else text
    return mark_safe(told.translate(_ESCAPES))  # noqa: S308 - nothing is left that ends it


def oembed(request: HttpRequest) -> HttpResponse:
    """The frame of a claim for pages that ask by its address (oEmbed 1.0)."""
    asked = read.read_parameters(request.GET, PARAMETERS)
    if asked.get("format", "json") != "json":
        return HttpResponse("Only format=json is spoken here.\n", "text/plain", status=501)
    version = _version_at(request, asked["url"])
    document = read_claim(version.payload)
    width = min(FRAME_WIDTH, asked.get("maxwidth", FRAME_WIDTH))
    height = min(FRAME_HEIGHT, asked.get("maxheight", FRAME_HEIGHT))
    if width < NARROWEST:
        raise QueryError(f"The card needs {NARROWEST} pixels.", field="maxwidth")
    host = request.build_absolute_uri("/")
    address = f"{host.rstrip('/')}{reverse('claim-embed', args=[document['ref']])}"
    answer = {
        "type": "rich",
        "version": "1.0",
        "title": document["question"],
        "provider_name": "factbase",
        "provider_url": host,
        "width": width,
        "height": height,
        "html": f'<iframe src="{address}" title="{document["ref"]}" width="{width}" '
        f'height="{height}"></iframe>',
    }
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _version_at(request: HttpRequest, url: str) -> ClaimVersion:
    """The public claim whose page, or page of a version, has this address; else 404."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise QueryError("This is no address.", field="url") from error
    if parts.netloc not in ("", request.get_host()):
        raise Http404
    try:
        found = resolve(parts.path)
    except Resolver404 as error:
        raise Http404 from error
    if found.url_name not in ("claim-detail", "claim-version"):
        raise Http404
    number = number_of(found.kwargs["ref"], CLAIM)
    version = ClaimVersion.objects.public().of_claim(number).first()
    if version is None:
        raise Http404
    return version
