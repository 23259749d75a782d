"""The desk at a zoom of 400 %: a window of 1280 by 800 pixels then has room for 320 by 200."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from claims.models import Claim
from tests import factories as make
from tests.admin.test_in_browser import claim, pages
from tests.browser import sign_in

__all__ = ["claim"]
pytestmark = pytest.mark.browser
ZOOMED = {"width": 320, "height": 200}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What stays in sight while one scrolls, and leaves less than half of the window to the rest.
IN_THE_WAY = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const sticks = ["sticky", "fixed"].includes(getComputedStyle(one).position);
  const box = one.getBoundingClientRect();
  return sticks && box.width > 160 && box.height > 100;
}).map((one) => `${one.tagName} ${one.id} ${one.className}`)"""


def test_every_page_is_read_at_four_times_its_size(
    browser_page: Callable[..., Any], claim: Claim
) -> None:
    page = browser_page(viewport=ZOOMED)
    sign_in(page, "editor", make.PASSWORD)
    faults = []
    for url in pages(claim):
        page.goto(url)
        if page.evaluate(SIDEWAYS) > 0:
            faults.append((url, "scrolls sideways"))
        faults += [(url, one) for one in page.evaluate(IN_THE_WAY)]
    assert faults == []
