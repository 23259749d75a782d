"""The limits of the API: counted by one limiter for everybody, and told in every answer."""

from __future__ import annotations

import math
from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from claims.limiter import Standing, client_of, count_request


class RequestLimits(BaseThrottle):
    """Counts a request under its client's scope and under the view's own, if it has one."""

    def __init__(self) -> None:
        self.standings: list[Standing] = []

    def allow_request(self, request: Request, view: Any) -> bool:
        """Say whether every limit that the request falls under allows it."""
        counted = [count_request(*one) for one in _scopes(request, view)]
        self.standings = [one for one in counted if one is not None]
        return all(one.is_allowed for one in self.standings)

    def wait(self) -> float:
        """Return in how many seconds all of them would allow the next one."""
        return max(one.reset for one in self.standings if not one.is_allowed)


def _scopes(request: Request, view: Any) -> list[tuple[str, str]]:
    """Return scope and client; who holds a key is counted by account, wherever he asks from."""
    user = request.user
    who = str(user.pk) if user and user.is_authenticated else client_of(request.META)
    scopes = [("user" if user and user.is_authenticated else "anon", who)]
    own = getattr(view, "throttle_scope", "")
    return [*scopes, (own, who)] if own else scopes


def rate_limit_headers(standings: list[Standing]) -> dict[str, str]:
    """Return RateLimit and RateLimit-Policy of the tightest limit that counted the request."""
    if not standings:
        return {}
    tightest = min(standings, key=lambda one: one.left)
    reset = math.ceil(tightest.reset)
    return {
        "RateLimit": f'"{tightest.scope}";r={tightest.left};t={reset}',
        "RateLimit-Policy": f'"{tightest.scope}";q={tightest.limit};w={tightest.window}',
    }
