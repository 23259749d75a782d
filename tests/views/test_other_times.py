"""Whatever page is asked for another time answers for that time, or refuses: never for now."""

from __future__ import annotations

import pytest
from django.test import Client

from claims.models import ClaimVersion
from tests import factories as make
from tests.kept import made_once
from tests.routes import Samples, build_samples, every_route
from tests.views.test_times import html

pytestmark = pytest.mark.django_db
rows = made_once(build_samples)
SAID = "Show it as it stands now"


@pytest.mark.parametrize(
    "asked", ["known_on=2100-01-01", "as_recorded=2100-01-01", "as_of=2100-01-01"]
)
def test_no_page_answers_for_now_when_it_is_asked_for_another_time(
    client: Client, rows: Samples, asked: str
) -> None:
    """Over all public routes; those of the API read their parameters strictly by themselves."""
    answered, refused = set(), set()
    for route in every_route():
        if not route.is_public or route.pattern.startswith(("api/", "admin/", "static/")):
            continue
        address = route.address("published", rows)
        response = client.get(f"{address}{'&' if '?' in address else '?'}{asked}")
        if response.status_code in (400, 404):  # refused, or not there by then
            refused.add(route.name)
        else:
            assert response.status_code == 200, address
            assert SAID in response.content.decode(), address
            answered.add(route.name)
    assert answered >= {"claim-list", "claim-detail", "dispute-list", "source-list"}
    assert answered >= {"source-detail", "subject-detail"} or asked.startswith("known")
    assert {"place-list", "claim-as", "search", "change-feed"} <= refused


@made_once
def cited() -> ClaimVersion:
    claim = make.claim()
    make.figure(claim, 60, asserted_on="2012-02-13", source=make.source("Early post"))
    make.figure(claim, 97, asserted_on="2012-03-02", source=make.source("Late post"))
    return make.approve(claim)


def test_sources_of_then_are_those_that_were_cited_then(client: Client, cited) -> None:
    now = html(client, "/sources/")
    assert "Early post" in now
    assert "Late post" in now
    assert "1 statement" in now
    then = html(client, "/sources/?known_on=2012-02-20")
    assert "Early post" in then
    assert "Late post" not in then
    assert "1 statement" not in then.replace("1 statement is later", "")
    assert "what was known by the end of 20 February 2012" in then
    assert "Early post" not in html(client, "/sources/?as_recorded=2012-01-01")


def test_sources_of_then_come_in_pages(client: Client, cited, monkeypatch) -> None:
    monkeypatch.setattr("claims.views.sources.SIZE", 1)
    first = client.get("/sources/?known_on=2013-01-01")
    following = first.context["page"].next_url
    assert [one["title"] for one in first.context["sources"]] == ["Early post"]
    second = client.get(f"/sources/{following}")
    assert [one["title"] for one in second.context["sources"]] == ["Late post"]
    assert second.context["page"].next_url == ""


def test_an_unknown_parameter_of_sources_is_refused(client: Client) -> None:
    assert client.get("/sources/?knwon_on=2012").status_code == 400


def test_one_source_of_then_has_the_statements_of_then(client: Client, cited) -> None:
    early, late = (figure.source for figure in cited.claim.assertions.order_by("pk"))
    asked = "known_on=2012-02-20"
    then = html(client, f"/sources/{early.ref}/?{asked}")
    assert "1 statement" in then
    assert "60" in then
    assert "what was known by the end of 20 February 2012" in then
    assert 'content="noindex"' in then
    assert client.get(f"/sources/{late.ref}/?{asked}").status_code == 404
    assert client.get(f"/sources/{early.ref}/?as_recorded=2012-01-01").status_code == 404


def test_one_subject_of_then_has_the_claims_of_then(client: Client, cited) -> None:
    subject = cited.claim.subject
    then = html(client, f"/subjects/{subject.ref}/?known_on=2012-02-20")
    assert subject.title in then
    assert cited.claim.question in then
    assert client.get(f"/subjects/{subject.ref}/?known_on=2012-01-01").status_code == 404
    assert client.get(f"/subjects/{subject.ref}/?known_on=soon").status_code == 400
