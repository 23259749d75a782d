"""Characters that turn the direction of text turn nothing around the element they stand in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Whether the words after the element run from left to right: its last letter right of its first.
MEASURE = """(tag) => {
    const line = document.body.appendChild(document.createElement("div"));
    const inner = document.createElement(tag);
    inner.textContent = "\\u202e12 dead";
    line.append("before ", inner, " after");
    const words = line.lastChild, range = document.createRange();
    const at = (place) => { range.setStart(words, place); range.setEnd(words, place + 1);
        return range.getBoundingClientRect().left; };
    return at(1) < at(5);
}"""
TAGS = ("q", "a", "span", "small", "strong", "b", "em", "ins", "del", "cite", "code")


@pytest.mark.parametrize("address", ["/", "/admin/login/"])
def test_an_override_ends_with_its_element(browser_page: Callable[..., Any], address: str) -> None:
    page = browser_page()
    page.goto(address)
    assert [tag for tag in TAGS if not page.evaluate(MEASURE, tag)] == []
    assert page.evaluate(MEASURE, "font") is False  # an element that no rule isolates
