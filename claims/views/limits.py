"""The limits of pages: how often an address may read, search, write and try to sign in."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from claims.limiter import Standing, client_of, count_request

READING: Final = ("GET", "HEAD", "OPTIONS")
# The API counts by itself, after it has read the key; probes and files cost next to nothing.
UNCOUNTED: Final = ("/api/", "/healthz/", "/static/")


class PageLimitMiddleware:
    """Answers 429 in words to an address that asks too often, before anything else is done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(UNCOUNTED):
            return self.get_response(request)
        standing = count_request(rate_scope(request), client_of(request.META))
        if standing is None or standing.is_allowed:
            return self.get_response(request)
        return too_many(request, standing)


def rate_scope(request: HttpRequest) -> str:
    """Return the rate that a page's request falls under."""
    if request.method not in READING:
        # A wrong password costs as much as fifty pages.
        return "sign_in" if request.path.startswith(_sign_in_paths()) else "write"
    return "search" if request.path == reverse("search") else "page"


def _sign_in_paths() -> tuple[str, ...]:
    """Where somebody proves, or claims, to be the owner of an account."""
    return reverse("admin:login"), reverse("admin_password_reset")


def too_many(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Answer 429 with the time to wait, in a page that nobody stores."""
    return _told_to_wait(request, "429.html", max(1, math.ceil(standing.reset)))


def locked_out(request: HttpRequest, *_: object) -> HttpResponse:
    """Answer 429 to an account and address that failed to sign in too often; axes calls it."""
    pause: dt.timedelta = settings.AXES_COOLOFF_TIME
    return _told_to_wait(request, "locked_out.html", math.ceil(pause.total_seconds()))


def _told_to_wait(request: HttpRequest, template: str, seconds: int) -> HttpResponse:
    context = {"seconds": seconds, "minutes": math.ceil(seconds / 60)}
    response = render(request, template, context, status=429)
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "no-store"
    return response
