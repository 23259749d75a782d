"""Superseded, withdrawn and rejected statements are told from those that stand."""

from __future__ import annotations

import pytest
from django.test import Client

from claims.audit.verification import verify_everything
from claims.choices import DisputeState
from claims.domain.documents import read_document
from claims.errors import InvalidValueError
from claims.models import Claim
from claims.workflow.disputes import open_dispute
from claims.workflow.evidence import reject_assertion, withdraw_assertion
from tests import factories as make
from tests.kept import made_once

pytestmark = pytest.mark.django_db


@made_once
def mixed() -> Claim:
    """A published claim: 60 stands, 97 was withdrawn, 98 rejected."""
    claim = make.claim()
    make.figure(claim, 60)
    by = {"by": make.contributor(), "reason": "Misread."}
    withdraw_assertion(assertion=make.figure(claim, 97), **by)
    reject_assertion(assertion=make.figure(claim, 98), **by)
    make.approve(claim)
    return Claim.objects.get(pk=claim.pk)


def test_lists_and_counts_tell_them_apart(get, mixed) -> None:
    points = {
        status: [row["point"] for row in get(f"figures/?status={status}")["results"]]
        for status in ("live", "withdrawn", "rejected", "superseded")
    }
    assert points == {"live": [60], "withdrawn": [97], "rejected": [98], "superseded": []}
    for query in ("", "?known_on=2050-01-01", "?as_recorded=2050-01-01"):
        for row in get(f"stats/{query}")["results"]:
            assert (row["figures"], row["live_figures"]) == (3, 1)
    assert get("figures/?status=withdrawn&as_recorded=2050-01-01")["results"][0]["point"] == 97


def test_search_says_what_no_longer_stands(client: Client, get, mixed) -> None:
    details = [
        hit["detail"]
        for number in (60, 97, 98)
        for hit in get(f"search/?q={number}")["results"]
        if hit["type"] == "figure"
    ]
    assert [text.partition("(")[2] for text in details] == ["", "withdrawn)", "rejected)"]
    page = client.get("/search/?q=97&tab=figures").content.decode()
    assert '<strong><mark>97</mark></strong> <span class="badge">withdrawn</span>' in page
    page = client.get("/search/?q=60&tab=figures").content.decode()
    assert "badge" not in page.partition("<main")[2]


def test_the_front_page_counts_what_stands(client: Client, mixed) -> None:
    assert "<b>1</b>statements by sources" in client.get("/").content.decode()


def test_a_review_cites_what_stands(client: Client, mixed) -> None:
    review = read_document(client.get(f"/claims/{mixed.ref}.jsonld").content)
    assert len(review["citation"]) == len(review["itemReviewed"]["appearance"]) == 1
    assert len(review["itemReviewed"]["author"]) == 1


def test_no_dispute_is_opened_on_what_does_not_stand(mixed) -> None:
    withdrawn = mixed.assertions.get(point=97)
    with pytest.raises(InvalidValueError, match="is withdrawn: a dispute rests on statements that"):
        open_dispute(claim=mixed, by=make.editor(), reason="Odd.", assertions=[withdrawn])


def test_what_is_withdrawn_leaves_a_dispute_that_a_person_opened() -> None:
    claim = make.claim()
    first, second = make.figure(claim, 60), make.figure(claim, 61)
    case = open_dispute(claim=claim, by=make.editor(), reason="Odd.", assertions=[first, second])
    by = {"by": make.contributor(), "reason": "Misread."}
    withdraw_assertion(assertion=first, **by)
    assert [link.assertion for link in case.members.all()] == [second]
    case.refresh_from_db()
    assert case.state == DisputeState.OPEN
    withdraw_assertion(assertion=second, **by)
    case.refresh_from_db()
    assert case.state == DisputeState.MOOT
    assert verify_everything().bad == []
