"""Conditional requests for pages: a page changes when what it shows or how it looks changes."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

REVALIDATE: Final = "public, max-age=0, must-revalidate"


def page_tag(*parts: str) -> str:
    """A weak tag of the page in the reader's language that these parts determine."""
    told = "\x00".join((looks(), get_language() or "", *parts))
    return f'W/"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


@cache
def looks() -> str:
    """A digest of every template, so that a new release makes new pages."""
    digest = hashlib.sha256()
    for path in sorted(Path(settings.BASE_DIR, "templates").rglob("*.*ml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def page_not_modified(request: HttpRequest, tag: str, changed: dt.datetime) -> HttpResponse | None:
    """304 where the reader holds the page already."""
    moment = int(changed.timestamp())
    answer = get_conditional_response(request, etag=tag, last_modified=moment)
    return None if answer is None else with_validators(answer, tag, changed)


def with_validators(response: HttpResponse, tag: str, changed: dt.datetime) -> HttpResponse:
    """The answer with what a conditional request needs."""
    response.headers["ETag"] = tag
    response.headers["Last-Modified"] = changed.strftime("%a, %d %b %Y %H:%M:%S GMT")
    response.headers["Cache-Control"] = REVALIDATE
    return response
