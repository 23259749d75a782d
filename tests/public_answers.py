"""Every address that anybody may read, and its answer as readers compare it."""

from __future__ import annotations

import re
from typing import Any

from django.core.cache import cache
from django.test import Client

from claims.exporters.formats import FORMATS, formats_of
from tests.routes import Samples, every_route

NO_FORMAT = "xlsx"
CLAIM_FORMATS = formats_of("claim")
# The one thing that readers may know of the desk, and what changes with each answer.
PASSING = re.compile(
    r'<p class="notice">Changes to this claim are under review\.[^<]*</p>'
    r'|name="csrfmiddlewaretoken" value="[^"]*"'
)


def public_addresses(rows: Samples) -> list[str]:
    """Each public route for each sample, in each of its formats."""
    found = [
        route.address(sample, rows)
        for route in every_route()
        if route.is_public and not route.pattern.startswith("favicon")
        for sample in route.samples()
    ]
    formats = (*FORMATS, NO_FORMAT)
    more = [
        re.sub(r"\.(json|ndjson)(/manifest/)?$", rf".{suffix}\2", address)
        for address in found
        for suffix in formats
        if re.search(r"\.(json|ndjson)(/manifest/)?$", address)
    ]
    return list(dict.fromkeys([*found, *more]))


def answer(address: str, **headers: str) -> tuple[int, str]:
    """Status and body as anybody gets them, without what is passing; never a 500."""
    cache.clear()
    response: Any = Client().get(address, headers=headers)
    body = response.getvalue() if response.streaming else response.content
    assert response.status_code < 500, address
    moved = response.headers.get("Location", "")
    return response.status_code, PASSING.sub("", moved + body.decode("utf-8", "replace"))


def answers(addresses: list[str]) -> dict[str, tuple[int, str]]:
    return {address: answer(address) for address in addresses}
