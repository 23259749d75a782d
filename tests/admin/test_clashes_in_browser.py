"""Two editors at one text in a real browser: the slower one keeps both their works."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from claims.models import ArticleRevision
from tests import factories as make
from tests.admin.article_texts import SECTIONS, flood, page_of, submitted
from tests.browser import sign_in

pytestmark = pytest.mark.browser
TEXT = "#id_text"


def test_two_editors_change_one_text_and_the_slower_one_merges_both(
    browser_page: Callable[..., Any], live_server: Any, signed_in: Callable[..., Any]
) -> None:
    make.editor()
    article = flood().article
    slower = browser_page(viewport={"width": 320, "height": 800})
    sign_in(slower, "editor", make.PASSWORD)
    slower.goto(page_of(article))
    mine = slower.input_value(TEXT).replace("Ten men", "Twelve men").replace("Tents", "Boats")
    slower.fill(TEXT, mine)
    faster = flood_with("Eleven men drowned.", "In May 2018.")
    submitted(signed_in(make.contributor()), article, faster)

    slower.get_by_role("button", name="Preview").click()
    expect(slower.get_by_role("heading", name="Merge two texts")).to_be_visible()
    expect(slower.get_by_role("region", name="What they changed")).to_contain_text("Eleven")
    expect(slower.get_by_role("region", name="What you changed")).to_contain_text("Boats")
    both = slower.get_by_role("textbox", name="What shall stand there")
    expect(both).to_have_count(1)  # the one line that both changed
    expect(both).to_have_value("Twelve men drowned.\n")
    assert Axe().run(slower).response["violations"] == []
    assert slower.evaluate("document.documentElement.scrollWidth") <= 320
    both.fill("Eleven or twelve men drowned.\n")
    slower.get_by_role("button", name="Preview both together").click()
    slower.get_by_label("Reason").fill("Put both together.")
    slower.get_by_role("button", name="Submit for review").click()
    expect(slower.locator(".messagelist")).to_contain_text("Revision 3 waits for approval")
    text = ArticleRevision.objects.get(article=article, number=3).text
    for words in ("In May 2018.", "Eleven or twelve men drowned.", "Boats came."):
        assert words in text


def flood_with(toll: str, when: str) -> str:
    return SECTIONS.replace("Ten men drowned.", toll).replace("In May.", when)
