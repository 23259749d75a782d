"""How often an address may read, search, write and try to sign in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from claims.limiter import local_counter
from tests import factories

pytestmark = pytest.mark.django_db
ONCE = {"page": "1/minute", "search": "1/minute", "write": "1/minute", "sign_in": "1/minute"}


@pytest.fixture(autouse=True)
def once(settings: Any) -> Iterator[None]:
    """Everything once a minute."""
    settings.RATE_LIMITS, settings.REDIS_URL = True, ""
    settings.FACTBASE_LIMITS = {**settings.FACTBASE_LIMITS, "rates": ONCE}
    local_counter.cache_clear()
    yield
    local_counter.cache_clear()


@pytest.mark.parametrize(
    ("method", "first", "second"),
    [
        ("get", "/", "/claims/"),
        ("get", "/", "/changes.atom"),
        ("get", "/", "/admin/login/"),
        ("get", "/search/?q=a", "/search/?q=b"),
        ("post", "/admin/login/", "/admin/login/"),
        ("post", "/admin/claims/claim/1/approve/", "/admin/claims/claim/2/change/"),
    ],
)
def test_an_address_that_asks_too_often_is_told_to_wait(
    client: Client, method: str, first: str, second: str
) -> None:
    ask = getattr(client, method)
    assert ask(first).status_code != 429
    refused = ask(second)
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert "no-store" in refused["Cache-Control"]
    assert b"Please come back in" in refused.content
    assert b"<html" in refused.content
    assert ask(second, REMOTE_ADDR="198.51.100.7").status_code != 429


def test_reading_searching_writing_and_signing_in_are_counted_apart(client: Client) -> None:
    answers = [
        client.get("/"),
        client.get("/search/?q=a"),
        client.post("/admin/login/"),
        client.post("/admin/logout/"),
    ]
    assert 429 not in {one.status_code for one in answers}


def test_sign_ins_are_counted_by_address_whatever_the_name(client: Client) -> None:
    signed = {"username": "editor", "password": factories.PASSWORD}
    factories.editor()
    assert client.post("/admin/login/", {"username": "a", "password": "b"}).status_code == 200
    assert client.post("/admin/login/", signed).status_code == 429
    assert client.post("/admin/login/", signed, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_a_refusal_asks_the_database_for_nothing(
    client: Client, django_assert_num_queries: Any
) -> None:
    client.force_login(factories.editor())
    client.get("/")
    with django_assert_num_queries(0):
        assert client.get("/claims/").status_code == 429


@pytest.mark.parametrize("address", ["/healthz/live", "/api/v1/problems/", "/static/none.css"])
def test_probes_files_and_the_api_are_not_counted_as_pages(client: Client, address: str) -> None:
    assert 429 not in {client.get(address).status_code for _ in range(3)}


def test_a_refusal_speaks_the_language_of_its_reader(client: Client) -> None:
    french = {"accept-language": "fr"}
    client.get("/", headers=french)
    page = client.get("/", headers=french).content.decode()
    assert '<html lang="fr"' in page
    assert "Trop de demandes à la fois" in page
