"""Pages about people in a real browser: no fault that axe finds, nothing wider than a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from claims.workflow.comments import write_comment
from claims.workflow.watching import set_watch
from tests import factories as make
from tests.browser import sign_in

pytestmark = pytest.mark.browser
NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 800}


def pages() -> list[str]:
    """Pages with something on them, for the chief."""
    claim = make.published_claim(60, 97).claim
    write_comment(claim=claim, by=make.contributor(), body="@chief please look at page 7.")
    set_watch(account=make.chief(), noun="claim", number=claim.pk, is_on=True)
    return [
        "/admin/notifications/",
        "/admin/watching/",
        "/admin/notifications/mail/",
        f"/admin/claims/claim/{claim.pk}/change/",
    ]


@pytest.mark.parametrize(
    ("color_scheme", "viewport"), [("light", WIDE), ("dark", NARROW)], ids=["wide", "narrow"]
)
def test_every_page_about_people_is_clean(
    browser_page: Callable[..., Any],
    console_errors: list[str],
    color_scheme: str,
    viewport: dict[str, int],
) -> None:
    make.chief()
    addresses = pages()
    page = browser_page(color_scheme=color_scheme, viewport=viewport)
    sign_in(page, "chief", make.PASSWORD)
    faults = []
    for url in addresses:
        page.goto(url)
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        if page.evaluate(wide) > 0:
            faults.append((url, "scrolls sideways", ""))
        found = Axe().run(page).response["violations"]
        faults += [(url, fault["id"], fault["nodes"][0]["target"]) for fault in found]
        faults += [(url, "console", line) for line in console_errors]
        console_errors.clear()
    assert faults == []
