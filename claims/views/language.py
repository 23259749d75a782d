"""The language that a reader chose, kept in a cookie; else the browser's is followed."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from claims.filtering import parameters as read

KEPT_SECONDS: Final = 365 * 24 * 60 * 60
PARAMETERS: Final = (read.Parameter("next", str, "The page to go back to.", length=2_000),)


def choose_language(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the choice and lead back to the page that was read."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    target = read.read_parameters(request.GET, PARAMETERS).get("next", "/")
    if not target.startswith("/") or not url_has_allowed_host_and_scheme(target, None):
        raise read.refuse_value("next", target, "'next' must be a path of this site.")
    answer = HttpResponseRedirect(target)
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=KEPT_SECONDS,
        secure=request.is_secure(),
        samesite="Lax",
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
