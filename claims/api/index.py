"""The way in: what there is, what errors mean, the schema, and an answer for everything else."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils.csp import CSP
from django.utils.decorators import method_decorator
from django.views.decorators.csp import csp_override
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request

from claims.api import notices
from claims.api.envelopes import self_link
from claims.api.freshness import SHAPE
from claims.api.problems import PROBLEMS, ProblemError, problem_type
from claims.api.public import PublicView, text_answer
from claims.domain.documents import dump_document
from claims.exporters.pages import Page, envelope

ADDRESSES = (
    *("claims", "figures", "disputes", "sources", "subjects", "articles", "changes"),
    *("places", "stats", "search", "exports", "problems", "schema", "docs"),
)
# The page of the schema draws its icons from data URLs.
DOCS_POLICY: dict[str, list[str]] = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}


class IndexView(PublicView):
    """The addresses of the API."""

    operation = "index"
    summary = "The addresses of the API."
    document = notices.Index

    def get(self, request: Request) -> HttpResponse:
        """Answer the paths by name."""
        _, kind = self.read(request, "")
        links = {name: f"/api/v1/{name}/" for name in ADDRESSES}
        return text_answer(request._request, dump_document({"links": links}), kind, (SHAPE,))


class ProblemList(PublicView):
    """The kinds of error."""

    operation = "problems_list"
    summary = "The types of problem that the API answers with."
    document = notices.ProblemType
    is_list = True

    def get(self, request: Request) -> HttpResponse:
        """Answer one row a type."""
        _, kind = self.read(request, "")
        texts = [dump_document(_problem(code)) for code in PROBLEMS]
        meta = {"count": len(texts), "limit": len(texts), "sort": "status", "sequence": 0}
        links: dict[str, str | None] = {"self": self_link(request._request), "next": None}
        return text_answer(request._request, envelope(Page(texts, meta, links)), kind, (SHAPE,))


class ProblemDetail(PublicView):
    """One kind of error; the ``type`` of a problem leads here."""

    operation = "problems_read"
    summary = "One type of problem."
    document = notices.ProblemType

    def get(self, request: Request, code: str) -> HttpResponse:
        """Answer the type."""
        _, kind = self.read(request, "")
        if code not in PROBLEMS:
            raise ProblemError("not-found")
        return text_answer(request._request, dump_document(_problem(code)), kind, (SHAPE,))


class NothingHere(PublicView):
    """Every other address: a problem document, as everywhere else."""

    operation = ""

    def get(self, request: Request, **parts: Any) -> HttpResponse:
        """Lead to the address with its slash where only that is missing; else 404."""
        path = request._request.path_info
        if not path.endswith("/") and _is_address(f"{path}/"):
            target = request._request.get_full_path(force_append_slash=True)
            return HttpResponsePermanentRedirect(target)
        raise ProblemError("not-found")

    def http_method_not_allowed(self, request: Any, *args: Any, **parts: Any) -> Any:
        """Say that nothing is here, whatever the method."""
        raise ProblemError("not-found")


def _is_address(path: str) -> bool:
    try:
        return resolve(path).url_name != "api-nothing"
    except Resolver404:
        return False


@extend_schema(exclude=True)
class SchemaView(SpectacularAPIView):
    """The OpenAPI document."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]

    def finalize_response(self, *args: Any, **kwargs: Any) -> Any:
        """Let programs of other sites read it."""
        response = super().finalize_response(*args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response


@method_decorator(csp_override(DOCS_POLICY), name="dispatch")
class Docs(SpectacularSwaggerSplitView):
    """The OpenAPI document as a page."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    template_name = "api/docs.html"
    url_name = "api-schema"


def _problem(code: str) -> dict[str, Any]:
    kind = PROBLEMS[code]
    members = {"type": problem_type(code), "code": code}
    return {**members, "status": kind.status, "title": kind.title}
