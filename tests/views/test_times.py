"""Pages at another time: they say so, lead to now, and no search engine keeps them."""

from __future__ import annotations

import pytest
from django.test import Client

from claims.models import ClaimVersion
from claims.workflow.evidence import change_assertion
from tests import factories as make
from tests.kept import made_once

pytestmark = pytest.mark.django_db
NOINDEX = '<meta name="robots" content="noindex">'


@made_once
def grown() -> ClaimVersion:
    claim = make.claim(question="How many fell at the bridge?")
    make.figure(claim, 60, asserted_on="2012-02-13")
    make.figure(claim, 97, asserted_on="2012-03-02")
    make.figure(claim, 55)
    return make.approve(claim)


def html(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_a_claim_as_it_was_known_says_what_it_leaves_out(client: Client, grown) -> None:
    ref = grown.claim.ref
    text = html(client, f"/claims/{ref}/?known_on=2012-03-01")
    assert "what was known by the end of 1 March 2012" in text
    assert "1 statement is later, 1 has no date." in text
    assert f'<a href="/claims/{ref}/">Show it as it stands now</a>' in text
    assert NOINDEX in text
    assert "1 statement, 1 figure, 60" in text
    assert "SHA-256" not in text
    now = html(client, f"/claims/{ref}/")
    assert NOINDEX not in now
    assert "Show it as it stands now" not in now


def test_a_claim_as_factbase_had_it(client: Client, grown) -> None:
    first = grown.published_at.isoformat().replace("+00:00", "Z")
    figure = grown.claim.assertions.get(point=97)
    change_assertion(assertion=figure, by=make.contributor(), reason="Misread.", point=82)
    make.approve(grown.claim)
    text = html(client, f"/claims/{grown.claim.ref}/?as_recorded={first}")
    assert "This is what factbase had published by" in text
    assert "<b>97</b>" in text
    assert "<b>82</b>" in html(client, f"/claims/{grown.claim.ref}/")


def test_lists_are_asked_with_a_form_that_keeps_the_filters(client: Client, grown) -> None:
    path = "/claims/?contention=disputed&known_on=2012-03-02&as_recorded="
    text = html(client, path)
    assert "How many fell at the bridge?" in text
    assert NOINDEX in text
    assert '<input type="hidden" name="contention" value="disputed">' in text
    assert 'name="known_on" value="2012-03-02"' in text
    assert "How many fell" not in html(client, "/claims/?contention=disputed&known_on=2012-03-01")


def test_disputes_and_a_dispute_at_another_time(client: Client, grown) -> None:
    dispute = grown.claim.disputes.get().ref
    assert "How many fell" in html(client, "/disputes/?known_on=2012-03-02")
    assert "How many fell" not in html(client, "/disputes/?known_on=2012-03-01")
    text = html(client, f"/disputes/{dispute}/?known_on=2012-03-02")
    assert NOINDEX in text
    assert "Show it as it stands now" in text
    assert client.get(f"/disputes/{dispute}/?known_on=2012-03-01").status_code == 404


def test_pages_of_a_list_of_then_lead_on(client: Client, monkeypatch) -> None:
    monkeypatch.setattr("claims.views.lists.SIZE", 1)
    for _ in range(2):
        make.published_claim(60, 97)
    text = html(client, "/claims/?as_recorded=2050-01-01")
    assert 'rel="next" href="?as_recorded=2050-01-01&amp;cursor=' in text


@pytest.mark.parametrize(
    "path",
    ["/claims/?known_on=2012-02-30", "/disputes/?as_recorded=soon", "/claims/C1/?known_on=soon"],
)
def test_a_date_that_cannot_be_is_refused_in_words(client: Client, grown, path: str) -> None:
    response = client.get(path.replace("C1", grown.claim.ref))
    assert response.status_code == 400
    assert "such as 2012-01-24" in response.content.decode().replace("one is", "such as") or (
        "2026-11-22T13:00:00Z" in response.content.decode()
    )


def test_before_it_was_published_there_was_no_page(client: Client, grown) -> None:
    assert client.get(f"/claims/{grown.claim.ref}/?as_recorded=2001-01-01").status_code == 404
