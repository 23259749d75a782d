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
    figures_are_added_on_the_form_of_the_claim(page, claim)
    assert console_errors == []


def figures_are_added_on_the_form_of_the_claim(page: Any, claim: Any) -> None:
    """A row of the admin's script takes a source from a popup, then that of the row above."""
    page.fill("#id_assertions-1-value", "about 97")
    page.click("#assertions-1 summary >> nth=0")
    page.fill("#id_assertions-1-source_title", "Evening post")
    page.click(".add-row a")
    page.fill("#id_assertions-2-value", "dozens")
    page.check("#id_assertions-2-as_above")
    with page.expect_popup() as opened:
        page.click("#add_id_assertions-2-speaker")
    opened.value.fill("[name=name]", "The warden")
    opened.value.select_option("[name=kind]", "person")
    opened.value.fill("[name=reason]", "Named by the post.")
    opened.value.click("[name=_save]")
    expect(page.locator("#id_assertions-2-speaker option:checked")).to_have_text("The warden")
    expect(page.locator("#live-plot tbody tr")).to_have_count(3)  # drawn while it is typed
    expect(page.locator("#live-plot svg.strip")).to_have_count(3)
    page.click(".standing-row summary >> nth=0")
    page.fill("#id_assertions-0-value", "1,241")
    expect(page.locator("#live-plot tbody tr").first).to_contain_text("1,241")
    page.fill("[name=reason]", "As printed.")
    page.click("[name=_submit]")
    expect(page.locator(".messagelist")).to_contain_text("waits for its review")
    assert claim.assertions.filter(point=1241).exists()
    vague = claim.assertions.get(vague_term="dozens")
    assert (str(vague.source), vague.attributions.get().party.name) == (
        *("Evening post", "The warden"),
    )


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
    page.fill("#id_assertions-1-value", "82")
    page.fill("#id_assertions-1-source_typed", source.ref)
    page.click("[name=_more_figures]")
    page.fill("#id_assertions-2-value", "83")
    page.check("#id_assertions-2-as_above")
    page.fill("[name=reason]", "As broadcast.")
    page.click("[name=_save]")
    assert {row.source for row in claim.assertions.filter(point__in=(82, 83))} == {source}
