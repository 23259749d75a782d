"""Pickers in a real browser: rows added beside them, and names typed where no script runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests.browser import sign_in

pytestmark = pytest.mark.browser
NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 800}


def test_a_source_and_a_speaker_are_added_beside_their_pickers(
    browser_page: Callable[..., Any], console_errors: list[str], live_server: Any
) -> None:
    make.contributor()
    claim = make.claim()
    page = browser_page()
    sign_in(page, "contributor", make.PASSWORD)
    page.goto(f"/admin/claims/assertion/add/?claim={claim.ref}")
    for field, name in (("source", "Radio report"), ("party_0", "The mayor")):
        with page.expect_popup() as opened:
            page.click(f"#add_id_{field}")
        popup = opened.value
        popup.fill("[name=title], [name=name]", name)
        for choice in popup.locator("select[name=kind]").all():
            choice.select_option("person")
        popup.click("[name=_save]")  # without a reason: it is asked for, and stays a popup
        expect(popup.locator(".errorlist").first).to_be_visible()
        popup.fill("[name=reason]", "Named by the broadcast.")
        popup.click("[name=_save]")
        expect(page.locator(f"#id_{field} option:checked")).to_have_text(name)
    page.fill("[name=point]", "1,240")
    page.fill("[name=reason]", "As broadcast.")
    page.click("[name=_save]")
    page.wait_for_url("**/change/")
    figure = claim.assertions.get(point=1240)
    assert (str(figure.source), str(figure.attributions.get().party)) == (
        *("Radio report", "The mayor"),
    )
    assert console_errors == []


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_pickers_take_names_without_a_script(
    browser_page: Callable[..., Any], live_server: Any, viewport: dict[str, int]
) -> None:
    claim, source = make.claim(), make.source("Radio report")
    page = browser_page(java_script_enabled=False, viewport=viewport)
    sign_in(page, "contributor", make.PASSWORD)
    page.goto(f"/admin/claims/assertion/add/?claim={claim.ref}")
    box = page.get_by_label("or its reference or exact name").first
    sides = "[box, box.closest('.related-widget-wrapper')]"
    edges = f"(box) => {sides}.map((one) => one.getBoundingClientRect().right)"
    own, column = box.evaluate(edges)
    assert own <= column
    assert box.bounding_box()["width"] >= 200
    box.fill("radio report")
    page.fill("[name=point]", "81")
    page.fill("[name=reason]", "As broadcast.")
    page.click("[name=_save]")
    assert claim.assertions.get(point=81).source == source
