"""What a page cannot answer, said in its own look: never all rows, never a blank error."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.errors import QueryError


class RefusedQueryMiddleware:
    """Answers 400 with what may have been meant when a page's query is not understood."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, QueryError):
            return None
        return render(request, "refused.html", {"error": error, "path": request.path}, status=400)
