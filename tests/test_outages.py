"""A database that is away, slow or locked: 503 at every door, and nothing half written."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import InterfaceError, OperationalError, connection
from django.test import Client, RequestFactory

from claims.api.exports import PLACES, OpenExport
from claims.exporters.whole_files import Tally, Wanted
from claims.models import Claim
from factbase.failures import failed
from tests import factories

pytestmark = pytest.mark.django_db
ERRORS = [OperationalError("canceling statement due to lock timeout"), InterfaceError("closed")]


@contextmanager
def outage(error: Exception, of: str = "claims_") -> Iterator[list[str]]:
    """Let every statement fail that names this, as one does that waits too long."""
    tried: list[str] = []

    def run(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if of in sql:
            tried.append(sql)
            raise error
        return execute(sql, *rest)

    with connection.execute_wrapper(run):
        yield tried


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(factories.editor())
    return client


@pytest.mark.parametrize("error", ERRORS, ids=["slow", "lost"])
@pytest.mark.parametrize("address", ["/claims/", "/search/?q=a", "/changes.atom", "/sources/S1/"])
def test_a_page_answers_503_and_when_to_come_back(
    client: Client, address: str, error: Exception
) -> None:
    with outage(error):
        answer = client.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "no-store" in answer["Cache-Control"]
    assert b"does not answer in time" in answer.content


@pytest.mark.parametrize("error", ERRORS, ids=["slow", "lost"])
@pytest.mark.parametrize(
    "address", ["claims/", "claims/C1/", "search/?q=a", "exports/claims.ndjson", "changes/"]
)
def test_the_api_answers_503_as_a_problem(client: Client, address: str, error: Exception) -> None:
    with outage(error):
        answer = client.get(f"/api/v1/{address}")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer.json()["code"] == "unavailable"


@pytest.mark.parametrize("error", ERRORS, ids=["slow", "lost"])
def test_the_desk_answers_503_and_says_that_nothing_was_saved(
    desk: Client, error: Exception
) -> None:
    with outage(error):
        read, sent = desk.get("/admin/claims/claim/"), desk.post("/admin/claims/claim/1/approve/")
    assert (read.status_code, sent.status_code) == (503, 503)
    assert b"Nothing of what you sent was saved" in sent.content
    assert b"Nothing of what you sent" not in read.content


@pytest.mark.parametrize(
    ("error", "status"), [(ERRORS[0], 503), (ERRORS[1], 503), (ValueError("ours"), 500)]
)
def test_an_outage_before_any_view_is_no_failure_of_ours(
    rf: RequestFactory, error: Exception, status: int
) -> None:
    try:
        raise error
    except (OperationalError, InterfaceError, ValueError):
        found = [failed(rf.get(path)) for path in ("/claims/", "/api/v1/claims/")]
    assert [one.status_code for one in found] == [status, status]
    assert found[1].headers["Content-Type"] == "application/problem+json"


def locked() -> Any:
    """Let whoever locks a row wait too long."""
    return outage(OperationalError("canceling statement due to lock timeout"), "FOR UPDATE")


@pytest.mark.postgresql
def test_a_verb_that_waits_too_long_is_refused_in_words_with_what_was_typed(desk: Client) -> None:
    claim = factories.submitted_claim()
    with locked():
        page = desk.post(f"/admin/claims/claim/{claim.pk}/return/", {"reason": "Typed with care."})
    assert page.status_code == 200
    assert b"did not answer in time. Nothing was changed" in page.content
    assert b"Typed with care." in page.content
    assert Claim.objects.get(pk=claim.pk).state == "in_review"
    assert not claim.events.filter(comment="Typed with care.").exists()


@pytest.mark.postgresql
def test_an_action_stops_at_an_outage_and_tells_what_was_not_done(desk: Client) -> None:
    claims = [factories.submitted_claim() for _ in range(3)]
    data = {
        "action": "return",
        ACTION_CHECKBOX_NAME: [claim.pk for claim in claims],
        "confirmed": "1",
        "reason": "All of them.",
    }
    with locked() as tried:
        page = desk.post("/admin/claims/claim/", data, follow=True)
    assert len(tried) == 1  # the second and third would have waited as long
    assert b"did not answer in time" in page.content
    assert {one.state for one in Claim.objects.all()} == {"in_review"}


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_real_lock_is_waited_for_no_longer_than_allowed(client: Client) -> None:
    factories.published_claim(60, 97)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
    holds, lets_go = threading.Event(), threading.Event()

    def hold() -> None:
        own = connection.copy()
        with own.cursor() as cursor:
            cursor.execute("BEGIN; LOCK TABLE claims_claimversion IN ACCESS EXCLUSIVE MODE")
            holds.set()
            lets_go.wait(30)
            cursor.execute("ROLLBACK")
        own.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert holds.wait(10)
    try:
        addresses = ["/claims/", "/api/v1/claims/", "/api/v1/exports/claims.ndjson"]
        assert [client.get(one).status_code for one in addresses] == [503, 503, 503]
    finally:
        lets_go.set()
        thread.join()
        connection.close()  # and its short patience with it
    assert client.get("/claims/").status_code == 200


def test_exports_leave_threads_for_pages(client: Client, settings: Any) -> None:
    """A place is given back by an export that was read to its end or closed half way."""
    factories.published_claim(60, 97)
    number = settings.FACTBASE_LIMITS["exports_at_once"]
    places = [PLACES.acquire(blocking=False) for _ in range(number)]
    assert all(places)
    refused = client.get("/api/v1/exports/claims.csv")
    assert (refused.status_code, refused["Retry-After"]) == (503, "5")
    assert refused.json()["code"] == "busy"
    assert client.get("/api/v1/exports/claims.csv/manifest/").status_code == 503
    assert client.get("/claims/").status_code == 200
    for _ in places:
        PLACES.release()
    for _ in range(number + 1):
        client.get("/api/v1/exports/claims.csv").getvalue()
        given_up = OpenExport(Wanted("csv"), Tally())
        assert next(given_up)
        given_up.close()
        assert client.get("/api/v1/exports/claims.csv/manifest/").status_code == 200
    assert PLACES.acquire(blocking=False)
    PLACES.release()
