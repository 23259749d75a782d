"""Sources and subjects of another time; claims of another time in any order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from claims.models import Claim
from claims.workflow.evidence import withdraw_assertion
from claims.workflow.sources import edit_source
from tests import factories as make
from tests.api.test_times import exact

pytestmark = pytest.mark.django_db
type Get = Callable[..., Any]


@pytest.fixture
def get(client: Client) -> Get:
    def read(address: str, status: int = 200) -> Any:
        answer = client.get(f"/api/v1/{address}")
        assert answer.status_code == status, (address, answer.content)
        return answer.json()

    return read


@pytest.fixture
def moments() -> list[str]:
    """When readers had one work, and then another in its place beside a second claim."""
    claim = make.claim(subject=make.subject("Mill fire"))
    early = make.figure(claim, 60, source=make.source("Morning Pöst", issued="2012-02"))
    first = make.approve(claim)
    late = make.source("Evening Herald", issued="2012-05-01")
    make.figure(Claim.objects.get(pk=claim.pk), 90, source=late)
    withdraw_assertion(assertion=early, by=make.contributor(), reason="Recalled.")
    other = make.claim(subject=make.subject("Harbour"))
    make.figure(other, 5, source=late)
    make.figure(other, 500, source=late, speaker=make.party("Ann Bell"))
    make.approve(Claim.objects.get(pk=claim.pk), by=make.chief())
    second = make.approve(other, by=make.chief())
    return [exact(first.published_at), exact(second.published_at)]


def titles(found: dict[str, Any]) -> list[str]:
    return [row["title"] for row in found["results"]]


def test_sources_are_those_that_statements_cited_then(get: Get, moments: list[str]) -> None:
    first, second = moments
    assert titles(get(f"sources/?as_recorded={first}")) == ["Morning Pöst"]
    assert titles(get(f"sources/?as_recorded={second}")) == titles(get("sources/"))
    assert titles(get("sources/?known_on=2012-03-01")) == ["Morning Pöst"]
    assert titles(get("sources/?known_on=2012-06-01")) == titles(get("sources/"))
    assert titles(get("sources/?known_on=2011-01-01")) == []
    found = get(f"sources/?as_recorded={second}&q=post")
    assert (titles(found), found["meta"]["as_recorded"]) == (["Morning Pöst"], second)


def test_subjects_are_those_of_claims_of_then(get: Get, moments: list[str]) -> None:
    first, second = moments
    assert titles(get(f"subjects/?as_recorded={first}")) == ["Mill fire"]
    assert titles(get(f"subjects/?as_recorded={second}&sort=-ref")) == ["Harbour", "Mill fire"]
    assert titles(get("subjects/?known_on=2012-03-01")) == ["Mill fire"]
    fire = get("subjects/")["results"][0]["ref"]
    assert titles(get(f"subjects/?known_on=2012-06-01&subject={fire}")) == ["Mill fire"]


def test_a_source_is_shown_as_readers_had_it_then(get: Get, moments: list[str]) -> None:
    row = make.published_claim(7).claim.assertions.get().source
    before = exact(dt.datetime.now(dt.UTC))
    claim = Claim.objects.latest("pk")
    edit_source(source=row, by=make.contributor(), reason="Misspelt.", title="Another title")
    make.figure(claim, 8)
    make.approve(Claim.objects.get(pk=claim.pk), by=make.chief())
    assert "Another title" in titles(get("sources/"))
    assert "Another title" not in titles(get(f"sources/?as_recorded={before}"))


@pytest.mark.parametrize("sort", ["ref", "-ref"])
def test_pages_of_then_are_the_whole_list(get: Get, moments: list[str], sort: str) -> None:
    for noun in ("sources", "subjects"):
        asked = f"{noun}/?as_recorded={moments[1]}&sort={sort}&include=total"
        whole, address, seen = get(asked), f"{asked}&limit=1", []
        while address:
            page = get(address)
            seen += titles(page)
            address = (page["links"]["next"] or "").removeprefix("/api/v1/")
        assert seen == titles(whole)
        assert whole["meta"]["total"] == len(seen) == 2


def test_too_many_documents_are_refused(
    get: Get, moments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.filtering.then_named.GATHERED", 1)
    assert "narrow them" in get("sources/?known_on=2012-06-01", 400)["detail"]


@pytest.mark.parametrize("sort", ["-ref", "updated", "-updated", "spread", "-spread"])
def test_claims_of_then_come_in_every_order(get: Get, moments: list[str], sort: str) -> None:
    def refs(address: str) -> list[str]:
        return [row["ref"] for row in get(address)["results"]]

    assert refs(f"claims/?as_recorded={moments[1]}&sort={sort}") == refs(f"claims/?sort={sort}")
    then = get(f"claims/?as_recorded={moments[0]}&sort={sort}")
    assert [row["version"] for row in then["results"]] == [1]
    assert (then["meta"]["sort"], then["meta"]["as_recorded"]) == (sort, moments[0])


def test_an_order_that_would_need_all_documents_is_refused(get: Get, moments: list[str]) -> None:
    for asked in ("known_on=2012-03-01", f"as_recorded={moments[1]}&kind=value"):
        assert "claim by claim" in get(f"claims/?{asked}&sort=-spread", 400)["detail"]


def test_one_source_and_one_subject_are_as_the_documents_of_then_show_them(
    get: Get, moments: list[str]
) -> None:
    first, second = moments
    works = {row["title"]: row["ref"] for row in get(f"sources/?as_recorded={first}")["results"]}
    works |= {row["title"]: row["ref"] for row in get("sources/")["results"]}
    early, late = works["Morning Pöst"], works["Evening Herald"]
    assert get(f"sources/{early}/?as_recorded={first}")["issued"] == "2012-02"
    assert get(f"sources/{late}/?as_recorded={second}") == get(f"sources/{late}/")
    get(f"sources/{late}/?as_recorded={first}", 404)
    get(f"sources/{late}/?known_on=2012-03-01", 404)
    assert get(f"sources/{late}/?known_on=2012-05-01")["title"] == "Evening Herald"
    harbour = get("subjects/?sort=-ref")["results"][0]["ref"]
    get(f"subjects/{harbour}/?as_recorded={first}", 404)
    assert get(f"subjects/{harbour}/?as_recorded={second}") == get(f"subjects/{harbour}/")
    get(f"subjects/{harbour}/?known_on=2012-03-01", 404)


def test_no_word_that_nobody_approved_is_shown_at_any_time(get: Get, moments: list[str]) -> None:
    late = Claim.objects.get(subject__title="Harbour").assertions.first().source
    edit_source(source=late, by=make.contributor(), reason="Renamed.", title="Not read yet")
    draft = make.figure(make.claim(), 7, source=make.source("Of a draft"), asserted_on="2012")
    for asked in ("as_recorded=2100-01-01", "known_on=2100-01-01"):
        assert get(f"sources/{late.ref}/?{asked}")["title"] == "Evening Herald"
        get(f"sources/{draft.source.ref}/?{asked}", 404)
        get(f"subjects/{draft.claim.subject.ref}/?{asked}", 404)


def test_a_row_of_more_claims_of_then_than_are_read_is_refused(
    get: Get, moments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.filtering.then_named.EXAMINED", 1)
    late = Claim.objects.get(subject__title="Harbour").assertions.first().source
    told = get(f"sources/{late.ref}/?as_recorded={moments[1]}", 400)
    assert told["parameter"] == "as_recorded"
    assert "More than 1 claims" in told["detail"]
