"""Two editors at one text or row in a real browser: the slower one keeps both their works."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from claims.models import ArticleRevision
from claims.workflow.sources import edit_source
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


@pytest.mark.parametrize(
    ("color_scheme", "width"), [("light", 1280), ("dark", 320)], ids=["wide", "narrow"]
)
def test_two_editors_change_one_source_and_the_slower_one_chooses(
    browser_page: Callable[..., Any], live_server: Any, color_scheme: str, width: int
) -> None:
    make.editor()
    source = make.source(title="Mill fire")
    page = browser_page(color_scheme=color_scheme, viewport={"width": width, "height": 800})
    sign_in(page, "editor", make.PASSWORD)
    page.goto(reverse("admin:claims_source_change", args=[source.pk]))
    page.get_by_label("Title").fill("The fire of the mill")
    page.get_by_label("Authors").fill("A. Bell")
    page.get_by_label("Reason").fill("Looked up.")
    theirs = {"title": "Mill fires", "language": "fr"}
    edit_source(source=source, by=make.contributor(), reason="Read.", **theirs)

    page.get_by_role("button", name="Save", exact=True).click()
    clash = page.get_by_role("region", name=f"{source.ref}, changed meanwhile by contributor")
    expect(clash.get_by_role("row", name="Authors")).to_contain_text("yours")
    expect(clash.get_by_role("row", name="Language")).to_contain_text("theirs")
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    hidden = "(region) => region.scrollWidth - region.clientWidth"
    assert clash.get_by_role("region").evaluate(hidden) <= 0  # the choice is in sight
    clash.get_by_role("row", name="Title").get_by_label("theirs").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    source.refresh_from_db()
    assert (source.title, source.authors, source.language) == ("Mill fires", "A. Bell", "fr")


def flood_with(toll: str, when: str) -> str:
    return SECTIONS.replace("Ten men drowned.", toll).replace("In May.", when)
