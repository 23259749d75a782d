"""What a page cannot answer, said in its own look: never all rows, never a blank error."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from claims.domain.published import Tombstone
from claims.errors import QueryError
from claims.outages import RETRY_SECONDS, is_outage
from claims.views.addresses import written_right
from claims.views.other_times import refuse_other_times

logger = logging.getLogger(__name__)
READING = ("GET", "HEAD", "OPTIONS")
OTHER_DOORS = ("/admin/", "/api/", "/static/")


class RefusedQueryMiddleware:
    """Answers 400 with what may have been meant when a page's query is not understood.

    What is not there answers 404 with the same page, whether or not debugging is on. A reference
    in small letters leads to the one address of its page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        _args: tuple[object, ...],
        given: dict[str, Any],
    ) -> HttpResponse | None:
        if request.path.startswith(OTHER_DOORS):
            return None
        try:
            refuse_other_times(request, view)
        except QueryError as error:
            return refused(request, error)
        return written_right(request, given["ref"]) if "ref" in given else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if is_outage(error):
            return unavailable(request, error)
        if request.path.startswith(OTHER_DOORS):
            return None
        if isinstance(error, Http404):
            return render(request, "404.html", status=404)
        if isinstance(error, QueryError):
            return refused(request, error)
        return None


def refused(request: HttpRequest, error: QueryError) -> HttpResponse:
    """Answer 400 with what is not understood."""
    return render(request, "refused.html", {"error": error, "path": request.path}, status=400)


def unavailable(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    """Answer 503 with a page that asks the database for nothing; write down why."""
    logger.warning("The database does not answer: %s: %s", request.path, error)
    context = {"wrote": request.method not in READING}
    response = render(request, "503.html", context, status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def gone(request: HttpRequest, tombstone: Tombstone) -> HttpResponse:
    """Answer 410 with the page of a retired claim."""
    return render(request, "410.html", {"document": tombstone}, status=410)
