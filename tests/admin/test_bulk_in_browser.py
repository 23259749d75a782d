"""Twenty claims decided at once in a real browser, three of them one's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from claims.models import Claim
from claims.workflow.claims import edit_claim
from claims.workflow.review import submit_claim
from tests import factories as make
from tests.browser import sign_in

pytestmark = pytest.mark.browser
NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 800}
CHANGED = {"question": "How many were lost?", "population": "sailors", "aggregation": "stock",
           "as_of": "2012-02", "cardinality": "multi", "tolerance_pct": "5"}  # fmt: skip


def twenty(own: int) -> list[Claim]:
    """Claims in review: the first one with more changes than five lines hold, the last own."""
    published = make.published_claim(97).claim
    edit_claim(claim=published, by=make.contributor(), reason="All of it.", **CHANGED)
    first = submit_claim(claim=published, by=make.contributor(), reason="Ready.")
    others = [make.submitted_claim(60 + number) for number in range(19 - own)]
    written = [make.claim(by=make.editor()) for _ in range(own)]
    for number, claim in enumerate(written):
        make.figure(claim, number + 1)
        submit_claim(claim=claim, by=make.editor(), reason="Ready.")
    return [first, *others, *written]


@pytest.mark.parametrize(
    ("color_scheme", "viewport"), [("light", WIDE), ("dark", NARROW)], ids=["wide", "narrow"]
)
def test_twenty_are_approved_at_once_and_ones_own_are_left(
    browser_page: Callable[..., Any],
    live_server: Any,
    color_scheme: str,
    viewport: dict[str, int],
) -> None:
    claims = twenty(own=3)
    page = browser_page(color_scheme=color_scheme, viewport=viewport)
    sign_in(page, "editor", make.PASSWORD)
    page.goto("/admin/claims/claim/?state__exact=in_review")
    expect(page.locator("#result_list tbody tr")).to_have_count(20)
    for box in page.locator(".action-select").all():
        box.check()
    page.select_option("[name=action]", "approve")
    page.locator(".actions button[name=index]").first.click()
    expect(page.get_by_role("heading", name="Approve", level=1)).to_be_visible()
    told = page.locator(".told")
    expect(told).to_have_count(17)  # every diff of the selection but one's own
    changed = told.filter(has=page.locator(f"a[href*='/{claims[0].pk}/review/']"))
    lines = changed.locator(".change").all_inner_texts()
    assert len(lines) <= 6  # five, and how many more there are
    assert any("sailors" in line for line in lines)
    expect(page.locator(".notice")).to_contain_text("3 are your own and wait for somebody else")
    for claim in claims[17:]:
        expect(page.locator(".notice")).to_contain_text(claim.ref)
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    page.fill("[name=reason]", "Read against the reports.")
    page.click("[type=submit].default")
    expect(page.locator(".messagelist")).to_contain_text("17 rows: approved.")
    states = dict(Claim.objects.values_list("pk", "state"))
    assert [states[claim.pk] for claim in claims] == ["published"] * 17 + ["in_review"] * 3


def test_all_of_a_page_are_selected_by_one_tap_on_a_narrow_screen(
    browser_page: Callable[..., Any], live_server: Any
) -> None:
    make.editor()
    for number in range(3):
        make.submitted_claim(60 + number)
    page = browser_page(viewport=NARROW)
    sign_in(page, "editor", make.PASSWORD)
    page.goto("/admin/claims/claim/?state__exact=in_review")
    page.get_by_text("Select all on this page").click()
    expect(page.locator(".action-select:checked")).to_have_count(3)
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("#searchbar").bounding_box()["width"] >= 140
