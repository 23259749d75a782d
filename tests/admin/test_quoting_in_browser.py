"""A new claim from words that are selected in an article, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from claims.models import Claim
from tests import factories as make
from tests.admin.article_texts import flood
from tests.browser import sign_in

pytestmark = pytest.mark.browser
TEXT = (
    "= Flood =\n\nIn May it rained. Then 12 people drowned.\n\nThen 12 people drowned. It ended.\n"
)
# Selects the words in their last place, as dragging the mouse over them does.
SELECT = """(words) => {
  const line = [...document.querySelectorAll(".article-text p")].at(-1).firstChild;
  const start = line.data.indexOf(words);
  getSelection().setBaseAndExtent(line, start, line, start + words.length);
}"""


def test_words_that_are_selected_become_the_draft_of_a_claim(
    browser_page: Callable[..., Any], live_server: Any
) -> None:
    make.contributor()
    revision = flood(TEXT)
    subject, measure = make.subject("Flood"), make.measure(slug="killed")
    page = browser_page()
    sign_in(page, "contributor", make.PASSWORD)
    page.goto(f"/admin/claims/article/{revision.article_id}/change/")
    page.click("text=New claim from the text")
    page.wait_for_url("**/quote/")
    page.evaluate(SELECT, "12 people drowned")
    expect(page.locator("#id_quote")).to_have_value("12 people drowned")
    assert Axe().run(page).response["violations"] == []
    page.click("text=New claim from these words")
    page.wait_for_url("**/add/?place=*")  # it stands twice, and what is before it tells which
    expect(page.locator("#id_assertions-0-value")).to_have_value("12")
    expect(page.locator("#id_assertions-0-quote")).to_have_value("12 people drowned")
    expect(page.locator("#id_subject option:checked")).to_have_text(str(subject))
    expect(page.locator("#id_measure option:checked")).to_have_text(str(measure))
    assert Axe().run(page).response["violations"] == []
    page.check("#id_assertions-0-citation_needed")
    page.click("[name=_save]")
    page.wait_for_url("**/change/")
    figure = Claim.objects.get().assertions.get()
    assert (figure.point, figure.anchors.get().start) == (12, TEXT.rindex("12"))


def test_words_are_pasted_where_no_script_runs(
    browser_page: Callable[..., Any], live_server: Any
) -> None:
    make.contributor()
    revision = flood(TEXT)
    page = browser_page(java_script_enabled=False, viewport={"width": 320, "height": 800})
    sign_in(page, "contributor", make.PASSWORD)
    page.goto(f"/admin/claims/article/{revision.article_id}/quote/")
    page.fill("#id_quote", "12 people drowned")
    page.click("text=New claim from these words")
    page.click("text=Place 2")
    page.wait_for_url("**/add/?place=*")
    start = TEXT.rindex("12")
    assert (
        page.input_value("#id_assertions-0-place")
        == f"A{revision.article_id}/1:{start}-{start + 2}"
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 320
