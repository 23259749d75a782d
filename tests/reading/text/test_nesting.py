"""Lists inside lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.reading.text.nesting import steps_of


def html_of(markers: list[str]) -> str:
    steps, closes = steps_of(markers)
    parts = []
    for number, step in enumerate(steps):
        parts += [f"</{tag}>" for tag in step.closes] + [f"<{tag}>" for tag in step.opens]
        parts.append(str(number))
    return "".join(parts + [f"</{tag}>" for tag in closes])


@pytest.mark.parametrize(
    ("markers", "html"),
    [
        (["*", "*"], "<ul><li>0</li><li>1</li></ul>"),
        (["*", "**", "*"], "<ul><li>0<ul><li>1</li></ul></li><li>2</li></ul>"),
        (["#", "*"], "<ol><li>0</li></ol><ul><li>1</li></ul>"),
        (["*", "*#", "*#"], "<ul><li>0<ol><li>1</li><li>2</li></ol></li></ul>"),
        ([";", ":"], "<dl><dt>0</dt><dd>1</dd></dl>"),
        (["**"], "<ul><li><ul><li>0</li></ul></li></ul>"),
    ],
)
def test_items_lie_in_their_lists(markers: list[str], html: str) -> None:
    assert html_of(markers) == html


@given(st.lists(st.text("*#:;", min_size=1, max_size=20), min_size=1, max_size=12))
def test_every_element_is_closed_in_order(markers: list[str]) -> None:
    steps, closes = steps_of(markers)
    tags: list[str] = []
    for step in steps:
        for tag in step.closes:
            assert tags.pop() == tag
        tags += step.opens
        assert tags[-1] in ("li", "dd", "dt")
    for tag in closes:
        assert tags.pop() == tag
    assert tags == []
