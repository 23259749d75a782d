"""What tests of the API share: a client that reads JSON as it is meant, and a small newspaper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from claims.domain.documents import read_document
from claims.models import ClaimVersion
from tests import factories
from tests.kept import made_once

Get = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture
def get(client: Client) -> Get:
    """Read an address of the API; figures come as Decimal, never as float."""

    def read(address: str, status: int = 200, **headers: str) -> dict[str, Any]:
        response = client.get(f"/api/v1/{address}", headers=headers)
        assert response.status_code == status, response.content[:500]
        return read_document(response.content)

    return read


@pytest.fixture
def refs(get: Get) -> Callable[[str], list[str]]:
    """Read the refs of a list, in its order."""

    def read(address: str) -> list[str]:
        results = get(address)["results"]
        return [row.get("ref") or row["figure_ref"] for row in results]

    return read


@made_once
def disputed() -> ClaimVersion:
    """A published claim on which two origins disagree: 60 against 97."""
    return factories.published_claim(60, 97)


@pytest.fixture
def settled(db: None) -> ClaimVersion:
    """A published claim with one origin."""
    return factories.published_claim(400)
