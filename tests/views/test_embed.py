"""A claim inside other people's pages."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.asserts import assertContains

from tests import factories as make

pytestmark = pytest.mark.django_db


def test_card_may_be_framed_by_any_page_and_nothing_else_may(client: Client) -> None:
    version = make.published_claim(60, 97)
    card = client.get(f"/embed/claims/C{version.claim_id}/")
    assertContains(card, version.question)
    assertContains(card, 'cx="97.0%"')
    assert "frame-ancestors *" in card.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in card.headers
    page = client.get(f"/claims/C{version.claim_id}/")
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"


def test_card_of_an_unpublished_claim_is_not_there(client: Client) -> None:
    assert client.get(f"/embed/claims/C{make.claim().pk}/").status_code == 404


def test_card_of_a_retired_claim_says_so(client: Client) -> None:
    version = make.published_claim(60)
    make.retire(version.claim)
    card = client.get(f"/embed/claims/C{version.claim_id}/")
    assertContains(card, "withdrawn from publication", status_code=410)
