"""The front page."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from claims.workflow.disputes import resolve_dispute
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_home_opens_before_anything_is_published(client: Client) -> None:
    make.submitted_claim(60, 97)
    assertContains(client.get("/"), "Nothing is published yet.")


def test_home_counts_what_is_published(client: Client) -> None:
    make.published_claim(60, 97)
    make.published_claim(5)
    make.submitted_claim(7)
    page = client.get("/")
    assert [page.context[name] for name in ("claims", "disputed", "figures")] == [2, 1, 3]


def test_home_shows_the_widest_gap_first(client: Client) -> None:
    narrow, wide = make.published_claim(90, 97), make.published_claim(10, 97)
    text = client.get("/").content.decode()
    assert text.index(f"/claims/C{wide.claim_id}/") < text.index(f"/claims/C{narrow.claim_id}/")


def test_home_names_disputes_that_have_no_number(client: Client) -> None:
    claim = make.claim("boolean")
    for answer in (True, False):
        make.figure(claim, boolean=answer)
    make.approve(claim)
    assertContains(client.get("/"), "Disputed without a number")


def test_home_tells_decisions_with_their_reasons(client: Client) -> None:
    version = make.published_claim(60, 97)
    assertNotContains(client.get("/"), "Latest decisions")
    resolve_dispute(
        dispute=version.claim.disputes.get(),
        by=make.editor(),
        reason="Both counted.",
        outcome="range_stands",
        rationale="Nobody can tell which of them is right.",
    )
    make.approve(version.claim, by=make.second_editor())
    assertContains(client.get("/"), "Nobody can tell which of them is right.")


def test_home_costs_the_same_for_one_claim_or_nine(client: Client) -> None:
    costs = []
    for more in (1, 8):
        for _ in range(more):
            make.published_claim(60, 97)
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 7
