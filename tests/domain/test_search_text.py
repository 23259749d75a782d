"""Reading the search box."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.search_text import Search, SearchError, read_search


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", Search()),
        ("executed soldiers", Search(("executed", "soldiers"))),
        ('"at dawn" soldiers', Search(("at dawn", "soldiers"))),
        ("97", Search(("97",), Decimal(97), Decimal(97))),
        ("1,500", Search(("1,500",), Decimal(1500), Decimal(1500))),
        ("60..100", Search((), Decimal(60), Decimal(100))),
        ("100..60", Search((), Decimal(60), Decimal(100))),
        ("97 soldiers", Search(("97", "soldiers"))),
        ('an "unclosed', Search(("an", "unclosed"))),
    ],
)
def test_read_search_takes_words_phrases_numbers_and_ranges(typed, found):
    assert read_search(typed) == found


def test_read_search_refuses_long_text():
    with pytest.raises(SearchError):
        read_search("a" * 201)


def test_read_search_refuses_control_characters():
    with pytest.raises(SearchError):
        read_search("97\x00")


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=200))
def test_read_search_reads_any_printable_text(typed):
    assert len(read_search(typed.replace("\ufffd", "")).terms) <= 10
