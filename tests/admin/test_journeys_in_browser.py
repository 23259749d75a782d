"""Journeys of editors in a real browser: a dispute is decided and comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from claims.models import Claim, Dispute
from tests import factories as make
from tests.browser import sign_in

pytestmark = pytest.mark.browser


def test_a_dispute_is_previewed_decided_and_told_again_once_it_is_reopened(
    browser_page: Callable[..., Any], live_server: Any
) -> None:
    make.editor()
    claim = make.published_claim(60, 97).claim
    case, later = Dispute.objects.get(), claim.assertions.order_by("pk")[1]
    page = browser_page()
    sign_in(page, "editor", make.PASSWORD)
    address = f"{live_server.url}/admin/claims/dispute/{case.pk}/change/"
    page.goto(address)
    page.get_by_label("Outcome").select_option("prefer")
    page.get_by_label("Preferred or later statement").select_option(label=f"{later.ref}: 97")
    page.get_by_label("Public rationale").fill("The officer counted them.")
    page.get_by_label("Reason", exact=False).last.fill("Read both.")
    page.get_by_role("button", name="Preview").click()
    shown = page.get_by_role("region", name="What readers would see")
    expect(shown).to_contain_text("Editors prefer: 97")
    page.get_by_role("button", name="Resolve with this outcome").click()
    expect(page.get_by_text(f"{case.ref} is resolved.")).to_be_visible()

    make.figure(Claim.objects.get(pk=claim.pk), 200)
    page.goto(address)
    before = page.get_by_role("region", name="Decided before")
    expect(before).to_contain_text("The officer counted them.")
    sides = page.get_by_role("region", name="Who says what")
    for words in ("60", "97", "200"):
        expect(sides.get_by_role("heading", name=words)).to_be_visible()
