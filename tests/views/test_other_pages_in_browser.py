"""Articles, lists and search in a real browser: clean, and marks that open without a script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from claims.models import Claim
from claims.workflow.disputes import resolve_dispute
from tests import factories as make

pytestmark = pytest.mark.browser
NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 800}
TEXT = """= Flood =

Infobox
- Deaths: about 60

==Toll==
Officials said that about 60 people died, while a nurse counted 97 dead in the wards.

| Town | Dead |
| Upper Ford | 12 |
"""


@pytest.fixture
def claim(live_server: Any) -> Claim:
    """Disputed, and marked in an article."""
    make.editor()
    revision = make.article("Flood", TEXT)
    claim = make.claim(question="How many people died in the flood?")
    for quote, point in (("about 60 people died", 60), ("counted 97 dead", 97)):
        start = revision.text.index(quote)
        place = {"revision": revision, "start": start, "end": start + len(quote)}
        make.figure(claim, point, quote=quote, anchors=[place])
    make.approve(claim)
    return Claim.objects.get(pk=claim.pk)


def addresses(claim: Claim) -> list[str]:
    figure = claim.assertions.first()
    dispute = claim.disputes.get()
    assert figure is not None
    return [
        "/",
        "/articles/",
        "/articles/flood/",
        "/claims/",
        "/disputes/",
        f"/disputes/D{dispute.pk}/",
        "/sources/",
        f"/sources/S{figure.source_id}/",
        f"/subjects/T{claim.subject_id}/",
        "/changes/",
        "/corrections/",
        "/about/data/",
        "/search/?q=97",
        f"/embed/claims/C{claim.pk}/",
    ]


@pytest.mark.parametrize(
    ("color_scheme", "viewport"), [("light", WIDE), ("dark", NARROW)], ids=["wide", "narrow"]
)
def test_pages_have_no_fault_that_axe_finds(
    browser_page: Callable[..., Any], claim: Claim, color_scheme: str, viewport: dict[str, int]
) -> None:
    decided = make.published_claim(5, 7).claim
    resolve_dispute(
        dispute=decided.disputes.get(),
        by=make.editor(),
        reason="Read both.",
        outcome="different_scope",  # of all outcomes, the one of most words
        rationale="One counts the town, the other the valley.",
    )
    make.approve(decided, by=make.second_editor())
    page = browser_page(color_scheme=color_scheme, viewport=viewport)
    faults = []
    for address in addresses(claim):
        page.goto(address)
        found = Axe().run(page).response["violations"]
        faults += [(address, fault["id"], fault["nodes"][0]["target"]) for fault in found]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append((address, "scrolls sideways", ""))
    assert faults == []


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_mark_opens_its_note_without_a_script(
    browser_page: Callable[..., Any], claim: Claim, viewport: dict[str, int]
) -> None:
    page = browser_page(viewport=viewport, java_script_enabled=False)
    page.goto("/articles/flood/")
    note = page.locator("[popover]")
    assert not note.is_visible()
    page.locator("button.note").first.click()
    expect(note).to_be_visible()
    box = note.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= viewport["width"]
    assert "How many people died in the flood?" in note.inner_text()
    note.get_by_role("link", name="How many people died in the flood?").click()
    page.wait_for_url(f"**/claims/C{claim.pk}/")


def test_an_open_note_has_no_fault_that_axe_finds(
    browser_page: Callable[..., Any], claim: Claim
) -> None:
    page = browser_page(viewport=NARROW)
    page.goto("/articles/flood/")
    page.locator("button.note").first.click()
    assert Axe().run(page).violations_count == 0
    page.keyboard.press("Escape")
    expect(page.locator("[popover]")).to_be_hidden()
