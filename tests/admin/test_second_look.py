"""Doubts stand at their figure and on the review page until somebody says why it is kept."""

from __future__ import annotations

from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.admin.second_look import second_looks
from claims.models import Assertion, Claim
from claims.workflow.candidate import document_of
from claims.workflow.evidence import change_assertion
from tests import factories as make
from tests.admin.test_saving import change_url

pytestmark = pytest.mark.django_db


def pages_of(client: Client, claim: Claim) -> list[str]:
    urls = [change_url(claim), reverse("admin:claims_claim_review", args=[claim.pk])]
    return [unescape(client.get(url).content.decode()) for url in urls]


def test_a_doubt_is_answered_with_a_reason_and_returns_when_the_figure_changes(
    contributor: Client,
) -> None:
    claim = make.claim()
    figure = make.figure(claim, 97, quote="many died")
    shown = pages_of(contributor, claim)
    words = "the quote does not hold the number: 97"
    assert [words in page for page in shown] == [True, True]
    look = contributor.get(change_url(claim)).context["evidence"]["rows"][0]["looks"][0]
    form = contributor.get(look.url).context["form"]
    opening = form["body"].value()
    assert opening == f"{figure.ref}: {words}. Kept because: "
    contributor.post(look.url, {"body": opening})  # without a reason it stays
    assert ["Keep it, and say why" in page for page in pages_of(contributor, claim)] == [True, True]
    contributor.post(look.url, {"body": f"{opening}The list on the next page has 97 names."})
    for page in pages_of(contributor, claim):
        assert "kept by contributor:</span> The list on the next page has 97 names." in page
        assert "Keep it, and say why" not in page
    change_assertion(assertion=Assertion.objects.get(), by=make.contributor(), reason="Recounted.",
                     point=Decimal(98))  # fmt: skip
    assert ["Keep it, and say why" in page for page in pages_of(contributor, claim)] == [True, True]


def test_a_claim_without_doubts_has_no_such_section(contributor: Client) -> None:
    claim = make.claim()
    make.figure(claim, 97, quote="97 died")
    claim_page, review_page = pages_of(contributor, claim)
    assert 'class="look"' not in claim_page
    assert 'class="look"' not in review_page
    assert "looks-heading" not in review_page


def test_doubts_cost_one_query_however_many(contributor: Client) -> None:
    counts = []
    for many in (1, 9):
        claim = make.claim()
        for number in range(many):
            make.figure(claim, 97, quote=f"many, {number}")
        document = document_of(Claim.objects.get(pk=claim.pk))
        with CaptureQueriesContext(connection) as asked:
            assert len(second_looks(claim, document)) == many
        counts.append(len(asked))
    assert counts == [1, 1]
