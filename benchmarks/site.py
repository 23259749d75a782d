"""Requests through the whole of Django, middleware included, without a network."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from django.core.handlers.base import BaseHandler
from django.http import HttpResponseBase
from django.test import RequestFactory

FACTORY = RequestFactory(SERVER_NAME="localhost")
NEXT = re.compile(r'<([^>]+)>; rel="next"')


@cache
def handler() -> BaseHandler:
    """Return Django with its middleware loaded."""
    loaded = BaseHandler()
    loaded.load_middleware()
    return loaded


def get(address: str, **headers: str) -> HttpResponseBase:
    """Return the answer to a GET. Raises RuntimeError unless it is 200 or 304."""
    request = FACTORY.get(address, headers=headers or None)
    request.urlconf = "benchmarks.urls"
    response = handler().get_response(request)
    if response.status_code not in {200, 304}:
        raise RuntimeError(f"{address} answered {response.status_code}")
    return response


def body(address: str) -> bytes:
    """Return the bytes of a page."""
    return bytes(get(address).content)  # type: ignore[attr-defined]


def following(response: HttpResponseBase) -> str:
    """Return the address of the next page, '' on the last one."""
    found = NEXT.search(response.headers.get("Link", ""))
    if found is None:
        return ""
    parts = urlsplit(found[1])
    return f"{parts.path}?{parts.query}"
