"""Claim pages in a real browser: no fault that axe finds, no console error, no sideways scroll."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from claims.models import Claim
from claims.workflow.disputes import resolve_dispute, take_dispute
from claims.workflow.evidence import add_assertion
from tests import factories as make

pytestmark = pytest.mark.browser
NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 800}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
KILOBYTES_OF_A_PAGE = 60


@pytest.fixture
def claim(live_server: Any) -> Claim:
    """Published twice: every kind of figure, a denial, a decided dispute."""
    make.editor()
    claim = make.claim(unit="people", population="soldiers")
    make.figure(claim, 60, approximate=True, quote="environ 60", quote_language="fr")
    make.figure(claim, 1097)
    make.figure(claim, low=1000, high=1500, high_open=True)
    make.figure(claim, high=400)
    make.figure(claim, 97, citation_needed=True)
    make.approve(claim)
    by = make.contributor()
    speaker = {"party": make.party("Rebels"), "role": "speaker", "mode": "said"}
    add_assertion(
        claim=claim,
        by=by,
        reason="They deny it.",
        source=make.source(),
        stance="denies",
        extent="whole",
        ground="fabricated",
        attributions=[speaker],
    )
    make.approve(claim)
    dispute = claim.disputes.get(kind="value")
    take_dispute(dispute=dispute, by=make.editor(), reason="I look into it.")
    resolve_dispute(
        dispute=dispute,
        by=make.editor(),
        reason="Both counted.",
        outcome="range_stands",
        rationale="Nobody can tell which of them is right.",
    )
    make.approve(claim, by=make.second_editor())
    return Claim.objects.get(pk=claim.pk)


def addresses(claim: Claim) -> list[str]:
    page = f"/claims/C{claim.pk}/"
    return [
        "/",
        page,
        f"{page}v/1/",
        f"{page}history/",
        f"{page}compare/1...3/",
    ]


def sideways(page: Any) -> int:
    """How many pixels the page can be scrolled sideways."""
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    pixels: int = page.evaluate(wide)
    return pixels


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_claim_pages_have_no_fault_that_axe_finds(
    browser_page: Callable[..., Any],
    claim: Claim,
    color_scheme: str,
    viewport: dict[str, int],
    direction: str,
) -> None:
    page = browser_page(color_scheme=color_scheme, viewport=viewport)
    faults = {}
    for address in addresses(claim):
        page.goto(address)
        page.evaluate("direction => document.documentElement.dir = direction", direction)
        found = Axe().run(page, options=RULES)
        if found.violations_count:
            faults[address] = found.generate_report()
        if sideways(page):
            faults[f"{address} scrolls"] = str(sideways(page))
    assert faults == {}


def test_a_missing_and_a_retired_claim_have_pages_of_their_own(
    browser_page: Callable[..., Any], claim: Claim, console_errors: list[str]
) -> None:
    make.retire(claim)
    page = browser_page(viewport=NARROW)
    for address in (f"/claims/C{claim.pk}/", "/claims/C999/", "/claims/?contention=no"):
        page.goto(address)
        assert Axe().run(page).violations_count == 0
        assert page.locator("header nav").is_visible()
    assert all("Failed to load resource" in line for line in console_errors)
    console_errors.clear()


def test_claim_page_is_complete_without_script_and_light(
    browser_page: Callable[..., Any], claim: Claim
) -> None:
    page = browser_page(java_script_enabled=False)
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(len(answer.body())))
    page.goto(f"/claims/C{claim.pk}/", wait_until="networkidle")
    assert page.locator("table.evidence tbody tr").count() == 6
    assert page.locator("table.evidence tbody .mark").count() == 5
    assert sum(sizes) < KILOBYTES_OF_A_PAGE * 1024


def box(page: Any, of: str) -> tuple[float, float]:
    """Where the first of these begins and ends on the page, in pixels from the left."""
    found = page.locator(f"table.evidence {of}").first.bounding_box()
    return found["x"], found["x"] + found["width"]


def test_marks_lie_where_their_numbers_do(
    browser_page: Callable[..., Any], live_server: Any
) -> None:
    make.editor()
    claim = make.claim(unit="people", population="soldiers")
    make.figure(claim, 60, approximate=True)
    make.figure(claim, 1097)
    make.approve(claim)
    page = browser_page(viewport=WIDE)
    page.goto(f"/claims/C{claim.pk}/")
    about, exact = (box(page, f"tbody .mark.{kind} .dot") for kind in ("approximate", "exact"))
    assert (sum(about) / 2, sum(exact) / 2) == pytest.approx(
        box(page, "thead .plot-range"), abs=1.5
    )


def test_a_range_that_is_open_on_both_sides_runs_past_the_marks_to_the_edges(
    browser_page: Callable[..., Any], claim: Claim
) -> None:
    page = browser_page(viewport=WIDE)
    page.goto(f"/claims/C{claim.pk}/")
    low, high = box(page, "thead .plot-range")
    about, exact = (box(page, f"tbody .mark.{kind} .dot") for kind in ("approximate", "exact"))
    assert low < about[0]
    assert exact[1] < high


def test_the_first_stop_of_the_keyboard_skips_to_the_content(
    browser_page: Callable[..., Any], claim: Claim
) -> None:
    page = browser_page()
    page.goto(f"/claims/C{claim.pk}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
