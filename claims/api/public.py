"""What every address of the API shares: strict reading, one format, fresh tags, open to all."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from claims.api.formats import chosen_format, format_parameter
from claims.api.freshness import REVALIDATE, entity_tag, is_fresh, not_modified
from claims.api.keys import KeyAuthentication
from claims.api.limits import rate_limit_headers
from claims.api.schema import DocumentedSchema
from claims.exporters.formats import FORMATS
from claims.filtering.parameters import Parameter, read_parameters

EXPOSED = "ETag, Link, RateLimit, RateLimit-Policy, Retry-After, Content-Disposition"


class PublicView(APIView):
    """A read-only address. Subclasses name their parameters and formats and write ``get``."""

    authentication_classes = [KeyAuthentication]
    permission_classes = [AllowAny]
    schema = DocumentedSchema()
    parameters: ClassVar[tuple[Parameter, ...]] = ()
    formats: ClassVar[tuple[str, ...]] = ("json",)
    noun: ClassVar[str] = ""
    operation: ClassVar[str] = ""  # its stable name in the schema; without one it is left out
    summary: ClassVar[str] = ""
    document: ClassVar[Any] = None  # the TypedDict that the answer, or each row of it, is
    is_list: ClassVar[bool] = False

    def declared(self) -> tuple[Parameter, ...]:
        """Return every parameter of this address, ``format`` included where there is a choice."""
        extra = (format_parameter(self.formats),) if len(self.formats) > 1 else ()
        return (*self.parameters, *extra)

    def read(self, request: Request, suffix: str) -> tuple[dict[str, Any], str]:
        """Return the parameters given and the format to answer in."""
        asked = read_parameters(request._request.GET, self.declared())
        wanted = asked.pop("format", "")
        return asked, chosen_format(request._request, suffix, wanted, self.formats)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """Leave the choice to ``read``; DRF only needs a renderer for its own answers."""
        return JSONRenderer(), "application/json"

    def get_throttles(self) -> list[Any]:
        """Return the limits, kept so that what is left can be told."""
        self._limits: list[Any] = super().get_throttles()
        return self._limits

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Answer which methods there are, for browsers of other sites too."""
        response = HttpResponse(status=204)
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "Accept, Authorization, If-None-Match"
        response.headers["Access-Control-Max-Age"] = "86400"
        return response

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Add what every answer carries, errors included."""
        final: HttpResponseBase = super().finalize_response(request, response, *args, **kwargs)
        final.headers["Access-Control-Allow-Origin"] = "*"
        final.headers["Access-Control-Expose-Headers"] = EXPOSED
        patch_vary_headers(final, ["Accept"])
        standings = [one for limits in getattr(self, "_limits", []) for one in limits.standings]
        for name, value in rate_limit_headers(standings).items():
            final.headers[name] = value
        if request.method == "HEAD" and isinstance(final, HttpResponse):
            # Servers warn of a body that they must drop; its length is still told.
            final.headers["Content-Length"] = str(len(final.content))
            final.content = b""
        return final


def text_answer(
    request: HttpRequest, body: str | bytes, kind: str, tag_parts: tuple[str, ...]
) -> HttpResponse:
    """Return the body in the format, or 304 when the client holds it already."""
    tag = entity_tag(kind, *tag_parts)
    if is_fresh(request, tag):
        return not_modified(tag)
    response = HttpResponse(body, content_type=FORMATS[kind].media_type)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = REVALIDATE
    return response
