"""The highlights of an article in a real browser: nothing wider than the window, one click on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from claims.importers.articles import import_text
from tests import factories as make
from tests.admin.test_highlights import STORM
from tests.browser import sign_in

pytestmark = pytest.mark.browser
NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 800}


@pytest.mark.parametrize(
    ("color_scheme", "viewport"), [("light", WIDE), ("dark", NARROW)], ids=["wide", "narrow"]
)
def test_a_highlight_is_one_click_from_the_form_of_a_claim(
    browser_page: Callable[..., Any],
    live_server: Any,
    color_scheme: str,
    viewport: dict[str, int],
) -> None:
    done = import_text(STORM, by=make.contributor(), format="plain")
    page = browser_page(color_scheme=color_scheme, viewport=viewport)
    sign_in(page, "contributor", make.PASSWORD)
    page.goto(f"/admin/claims/article/{done.revision.article_id}/change/")
    page.click("text=Highlights")
    page.wait_for_url("**/highlights/")
    assert Axe().run(page).response["violations"] == []
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= viewport["width"]
    page.click("#content .rows a >> nth=0")
    page.wait_for_url("**/add/?place=**")
    expect(page.locator("#id_assertions-0-value")).to_have_value("8")
    expect(page.locator("#id_assertions-0-quote")).to_have_value("eight trucks")
