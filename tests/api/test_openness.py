"""Open to all: other sites, HEAD and OPTIONS, keys and limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from claims.limiter import local_counter
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["claims/", "claims/C99999/", "nothing/", "schema/"])
def test_programs_of_other_sites_may_read_every_answer(client: Client, address: str) -> None:
    assert client.get(f"/api/v1/{address}")["Access-Control-Allow-Origin"] == "*"


def test_a_browser_may_ask_before_it_reads(client: Client, db: None) -> None:
    response = client.options("/api/v1/claims/")
    assert response.status_code == 204
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]
    assert "GET" in response["Allow"]


@pytest.mark.parametrize("address", ["claims/", "figures/", "exports/claims.ndjson"])
def test_head_has_the_headers_of_get_and_no_body(client: Client, disputed, address: str) -> None:
    head, get = client.head(f"/api/v1/{address}"), client.get(f"/api/v1/{address}")
    assert head.getvalue() == b""
    assert (head["ETag"], head["Content-Type"]) == (get["ETag"], get["Content-Type"])
    assert get.streaming or head["Content-Length"] == str(len(get.content))


def test_an_address_without_its_slash_leads_to_it(client: Client, disputed) -> None:
    response = client.get("/api/v1/claims?limit=1")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/claims/?limit=1")


def test_answers_vary_by_format_and_not_by_cookie(client: Client, disputed) -> None:
    client.force_login(factories.contributor())
    response = client.get("/api/v1/claims/")
    assert "Accept" in response["Vary"]
    assert "Cookie" not in response["Vary"]


def test_a_key_opens_the_api(client: Client, disputed, capsys) -> None:
    call_command("create_api_key", "contributor")
    key = capsys.readouterr().out.strip()
    response = client.get("/api/v1/claims/", headers={"Authorization": f"Token {key}"})
    assert response.status_code == 200


def test_a_key_of_a_switched_off_account_does_not(client: Client, disputed, capsys) -> None:
    call_command("create_api_key", "contributor")
    account = factories.contributor()
    account.is_active = False
    account.save()
    key = capsys.readouterr().out.strip()
    response = client.get("/api/v1/claims/", headers={"Authorization": f"Token {key}"})
    assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")


@pytest.fixture
def limits(settings: Any) -> Iterator[dict[str, str]]:
    """Rates that are on; a test writes its own into them."""
    rates: dict[str, str] = {}
    settings.RATE_LIMITS, settings.REDIS_URL = True, ""
    settings.FACTBASE_LIMITS = {**settings.FACTBASE_LIMITS, "rates": rates}
    local_counter.cache_clear()
    yield rates
    local_counter.cache_clear()


def test_limits_are_told_and_held(client: Client, disputed, limits) -> None:
    limits["anon"] = "3/minute"
    left = []
    for _ in range(3):
        response = client.get("/api/v1/claims/")
        left.append(response["RateLimit"].split(";")[1])
        assert response["RateLimit-Policy"] == '"anon";q=3;w=60'
    assert left == ["r=2", "r=1", "r=0"]
    refused = client.get("/api/v1/claims/")
    assert (refused.status_code, refused.json()["code"]) == (429, "rate-limited")
    assert 1 <= int(refused["Retry-After"]) <= 61
    assert refused["RateLimit"].startswith('"anon";r=0;')
    elsewhere = client.get("/api/v1/claims/", REMOTE_ADDR="198.51.100.7")
    assert elsewhere.status_code == 200


@pytest.mark.parametrize("address", ["schema/", "docs/", "nothing/", "problems/gone/"])
def test_every_address_is_counted(client: Client, limits, address: str) -> None:
    limits["anon"] = "1/minute"
    first, second = (client.get(f"/api/v1/{address}").status_code for _ in range(2))
    assert first in {200, 404}
    assert second == 429


def test_an_account_has_a_limit_of_its_own(client: Client, disputed, limits, capsys) -> None:
    limits.update(anon="1/minute", user="2/minute")
    call_command("create_api_key", "contributor")
    key = {"Authorization": f"Token {capsys.readouterr().out.strip()}"}
    assert client.get("/api/v1/claims/").status_code == 200
    answers = [client.get("/api/v1/claims/", headers=key).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


def test_whole_files_have_a_limit_of_their_own(client: Client, disputed, limits) -> None:
    limits.update(anon="100/minute", export="1/hour")
    file = client.get("/api/v1/exports/claims.csv")
    assert file.getvalue()
    assert file["RateLimit"] == '"export";r=0;t=3600'
    assert client.get("/api/v1/exports/claims.csv").status_code == 429
    assert client.get("/api/v1/claims/").status_code == 200
