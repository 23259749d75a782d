"""Errors: problem documents with stable types, and no input that fails the server."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404
from django.test import Client
from django.urls import get_resolver
from rest_framework import exceptions as drf

from claims import errors
from claims.api.problems import PROBLEMS, problem_handler
from claims.domain.documents import read_document
from claims.filtering.cursors import Sort, both_ways, read_cursor, write_cursor

pytestmark = pytest.mark.django_db

ADDRESSES = [
    *("claims/", "figures/", "disputes/", "sources/", "subjects/", "articles/", "changes/"),
    *(
        "stats/",
        "places/",
        "search/",
        "exports/",
        "exports/claims.csv",
        "exports/claims.csv/manifest/",
    ),
    *("exports/datapackage.json", "claims/C1/", "claims/C1/versions/", "claims/C1/versions/1/"),
    *("claims/C1/diff/", "figures/F1/", "disputes/D1/", "sources/S1/", "subjects/T1/"),
    *("articles/A1/", "articles/A1/annotations/", "problems/", "problems/gone/", ""),
]
HOSTILE = [
    "",
    "\x00",
    "a\x00b",
    "\x1b[31m",
    "9" * 400,
    "-" + "9" * 30,
    "1e999999",
    "NaN",
    "Infinity",
    "0x10",
    "१२",
    "C1",
    "S" + "9" * 18,
    "S9223372036854775808",
    "9223372036854775807",
    "9223372036854775808",
    "0001-01-01",
    "9999-12-31",
    "9999-12-31T23:59:59-14:00",
    "0001-01-01T00:00:00+14:00",
    "2012-02-30",
    "' OR 1=1 --",
    "%",
    "\\",
    "../../etc/passwd",
    "<script>",
    "\u202e",
    "\U0010ffff",
    "x" * 10_000,
    "W10",
    "W10=",
    "bnVsbA",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_parameter_value_fails_the_server(get, client: Client, disputed, address: str) -> None:
    names = get(f"{address}?no-such-parameter=1", 400).get("allowed", [])
    for name in names:
        for value in HOSTILE:
            response = client.get(f"/api/v1/{address}?{name}={quote(value)}")
            if response.streaming:
                response.getvalue()  # an export that nobody reads keeps its place
            assert response.status_code in {200, 400, 404, 410}, (address, name, value)


@pytest.mark.parametrize("raw", ["%FF", "%ED%A0%80", "%C3%28", "%00", "%F5%80%80%80"])
def test_undecodable_bytes_are_refused(client: Client, raw: str) -> None:
    for query in (f"q={raw}", f"{raw}=1", f"cursor={raw}"):
        response = client.get(f"/api/v1/claims/?{query}")
        assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize(
    "path",
    [
        *("claims/C0/", "claims/c1/", "claims/C" + "9" * 18 + "/", "claims/C" + "9" * 19 + "/"),
        *("claims/S1/", "claims/C1/versions/0/", "claims/C1/versions/999999999/", "figures/F1/"),
        *(
            "claims/%00/",
            "claims/C1%00/",
            "x" * 3000,
            "claims/C1.exe",
            "claims.exe",
            "%ff",
            "a%0Ab/",
        ),
        *("exports/claims.exe", "exports/claims.exe/manifest/", "problems/nothing/", "nothing/"),
    ],
)
def test_every_unknown_address_is_one_problem(client: Client, path: str) -> None:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert read_document(response.content)["code"] == "not-found"


def test_an_unknown_parameter_is_named_with_what_it_may_mean(get) -> None:
    problem = get("claims/?contentoin=disputed", 400)
    assert problem["type"] == "/api/v1/problems/unknown-parameter/"
    assert problem["did_you_mean"] == ["contention"]
    assert "contention" in problem["allowed"]


def test_an_unknown_value_is_named_with_what_it_may_mean(get) -> None:
    problem = get("claims/?contention=disputd", 400)
    assert (problem["code"], problem["did_you_mean"]) == ("invalid-value", ["disputed"])


def test_a_parameter_that_is_asked_once_is_refused_twice(get) -> None:
    assert get("claims/?limit=1&limit=2", 400)["parameter"] == "limit"


def test_more_values_than_a_filter_takes_are_refused(get) -> None:
    assert get("claims/?" + "&".join(["severity=major"] * 21), 400)["parameter"] == "severity"


def test_more_parameters_than_django_reads_are_a_problem(client: Client) -> None:
    response = client.get("/api/v1/claims/?" + "&".join(f"a{n}=1" for n in range(1100)))
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize(
    "cursor", ["x", "W10", "bnVsbA", "WyJyZWYiXQ", "WyJyZWYiLCJ4Il0", "eyJhIjoxfQ", "é", "!!!!"]
)
def test_a_cursor_of_nothing_is_refused(get, cursor: str) -> None:
    assert get(f"claims/?cursor={quote(cursor)}", 400)["code"] == "invalid-cursor"


def test_a_cursor_belongs_to_its_order() -> None:
    sorts = both_ways("spread", "spread", "claim_id")
    cursor = write_cursor(sorts["spread"], ("1.617", 4))
    with pytest.raises(errors.QueryError):
        read_cursor(cursor, sorts["-spread"])
    with pytest.raises(errors.QueryError):
        read_cursor(write_cursor(Sort("ref", ("id",)), (2**63,)), Sort("ref", ("id",)))


def test_each_problem_type_answers_with_its_description(get) -> None:
    listed = {row["code"] for row in get("problems/")["results"]}
    assert listed == set(PROBLEMS)
    for code in listed:
        assert get(f"problems/{code}/")["type"] == f"/api/v1/problems/{code}/"


VERB_REFUSALS = sorted(
    set(errors.RefusalError.__subclasses__()) - {errors.QueryError}, key=lambda kind: kind.__name__
)


@pytest.mark.parametrize("error", VERB_REFUSALS)
def test_every_refusal_of_the_house_has_a_problem_type(error: type[errors.RefusalError]) -> None:
    response = problem_handler(error("Because.", field="point"), {})
    document = read_document(response.content)
    assert document["code"] == error.code
    assert (document["detail"], document["field"]) == ("Because.", "point")
    assert 400 <= response.status_code < 500


@pytest.mark.parametrize("code", ["unknown-parameter", "invalid-value", "invalid-cursor"])
def test_a_refused_query_names_the_parameter_and_what_it_may_have_meant(code: str) -> None:
    error = errors.QueryError("No.", code=code, field="sort", did_you_mean=["ref"])
    response = problem_handler(error, {})
    document = read_document(response.content)
    assert (document["code"], document["parameter"]) == (code, "sort")
    assert document["did_you_mean"] == ["ref"]
    assert response.status_code == 400


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Http404("secret"), 404),
        (PermissionDenied(), 403),
        (SuspiciousOperation("bad"), 400),
        (OperationalError("password=x"), 503),
        (drf.Throttled(wait=7), 429),
        (drf.ParseError(), 400),
        (drf.NotAcceptable(), 406),
        (drf.UnsupportedMediaType("text/x"), 415),
        (drf.ValidationError("no"), 400),
    ],
)
def test_errors_of_the_framework_are_problems(error: Exception, status: int) -> None:
    response = problem_handler(error, {})
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert b"secret" not in response.content
    assert b"password" not in response.content


def test_a_throttled_client_is_told_when_to_come_back() -> None:
    assert problem_handler(drf.Throttled(wait=7), {})["Retry-After"] == "8"


def test_what_nobody_foresaw_is_logged_and_told_to_nobody(caplog, settings) -> None:
    settings.DEBUG = False
    response = problem_handler(RuntimeError("the key is 1234"), {"request": None, "view": None})
    assert response.status_code == 500
    assert b"1234" not in response.content
    assert "API failure: RuntimeError" in caplog.text


def test_a_wrong_key_is_a_problem(get) -> None:
    assert get("claims/", 401, Authorization="Token nonsense")["code"] == "invalid-key"


@pytest.mark.parametrize("key", ["\xff", "a\x00", "\xc3\xa9", "x" * 9_000])
def test_a_key_of_bytes_that_no_key_has_is_a_problem(get, key: str) -> None:
    assert get("claims/", 401, Authorization=f"Token {key}")["code"] == "invalid-key"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_reading_addresses_take_no_writes(client: Client, method: str) -> None:
    send = getattr(client, method)
    response = send("/api/v1/claims/", data="{}", content_type="application/json")
    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"
    assert send("/api/v1/nothing/").status_code == 404


def test_the_corpus_visits_every_address_of_the_api() -> None:
    from claims.api.urls import urlpatterns

    names = {one.name for one in urlpatterns} - {"api-schema", "api-docs", "api-nothing"}
    visited = {get_resolver().resolve(f"/api/v1/{path}").url_name for path in ADDRESSES}
    assert {name for name in names if not name.endswith("-as")} == visited
