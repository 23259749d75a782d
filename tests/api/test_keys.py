"""What a key opens: reading, nothing that writes unless its scope says so, nothing when dead."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import ApiKey
from claims.workflow.api_keys import revoke_key
from tests import factories as make
from tests.routes import build_samples, every_route

pytestmark = pytest.mark.django_db
# Addresses that take no key: whoever asks is a stranger there. Behind api-nothing is nothing.
KEYLESS = {"api-schema", "api-docs"}
UNSAFE = ("POST", "PUT", "PATCH", "DELETE", "TRACE", "PURGE")


def status(key: str, method: str = "GET", address: str = "/api/v1/") -> int:
    headers = {"Authorization": f"Token {key}"}
    return Client().generic(method, address, headers=headers).status_code


def test_a_read_key_opens_no_unsafe_method_of_any_address(caplog) -> None:
    """405 is what a write key gets: no address writes yet, and this must not rest on that."""
    caplog.set_level("CRITICAL", "django.request")
    rows = build_samples()
    read, write = make.api_key(make.chief()), make.api_key(make.chief(), "write")
    routes = [route for route in every_route() if route.pattern.startswith("api/v1/")]
    routes = [route for route in routes if route.name != "api-nothing"]
    assert len(routes) > 20
    for route in routes:
        forbidden = 405 if route.name in KEYLESS else 403
        for sample in route.samples():
            address = route.address(sample, rows)
            for method in UNSAFE:
                where = f"{method} {address}"
                assert status(read, method, address) == forbidden, where
                assert status(write, method, address) == 405, where


def test_a_key_reads_whatever_its_scope() -> None:
    for scope in ("read", "write"):
        for method in ("GET", "HEAD", "OPTIONS"):
            assert status(make.api_key(make.editor(), scope), method) in (200, 204)


def test_a_dead_key_opens_nothing_and_is_not_deleted() -> None:
    key = make.api_key(make.editor())
    assert status(key) == 200
    revoke_key(key=ApiKey.objects.get(), by=None, reason="Lost.")
    assert status(key) == 401
    assert ApiKey.objects.count() == 1


def test_a_key_opens_nothing_after_the_password_changed() -> None:
    key, owner = make.api_key(make.editor()), make.editor()
    owner.set_password("a wholly new pass phrase")
    owner.save()
    assert status(key) == 401


def test_an_expired_key_opens_nothing_and_is_not_deleted(time_machine) -> None:
    key = make.api_key(make.editor())
    time_machine.move_to(timezone.now() + dt.timedelta(days=366))
    assert status(key) == 401
    assert ApiKey.objects.count() == 1


def test_reading_with_a_key_costs_one_query_and_writes_nothing() -> None:
    key = make.api_key(make.editor())
    for _ in range(3):
        make.api_key(make.editor())
    with CaptureQueriesContext(connection) as without:
        Client().get("/api/v1/")
    with CaptureQueriesContext(connection) as queries:
        status(key)
    assert len(queries) == len(without) + 1
    assert all(one["sql"].startswith("SELECT") for one in queries)


@pytest.mark.parametrize("words", ["Token", "Token a b", "Token \u00e9", "Token 0", "Token K1"])
def test_what_is_no_key_opens_nothing(words: str) -> None:
    headers = {"Authorization": words}
    assert Client().get("/api/v1/", headers=headers).status_code == 401
