"""Reading the search box."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.search_text import SearchError, read_search


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("", []),
        ("executed soldiers", ["execut", "soldier"]),
        ('"at dawn" soldiers', ["at dawn", "soldier"]),
        ("“at dawn” soldiers", ["at dawn", "soldier"]),
        ("97 soldiers", ["97", "soldier"]),
        ("about 60", ["60"]),
        ("1,500", ["1500"]),
        ("1 500 men", ["1500", "men"]),
        ('an "unclosed', ["unclos"]),
        ("who was in the fort", ["fort"]),
        ("who", ["who"]),
        ("2012-01-24", ["d20120124"]),
        ("2012-01", ["m201201"]),
        ("NIAFUNKÉ", ["niafunk"]),
        ("% Gao", ["gao"]),
    ],
)
def test_a_search_is_words_and_phrases_as_they_are_compared(typed: str, terms: list[str]) -> None:
    assert [" ".join(term.words) for term in read_search(typed).terms] == terms


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("97", 97, 97),
        ("97 soldiers", 97, 97),
        ("1,500", 1500, 1500),
        ("1 500", 1500, 1500),
        ("60..100", 60, 100),
        ("100..60", 60, 100),
        ("60-100", 60, 100),
        ("60–100", 60, 100),
        ("60 to 100", 60, 100),
        ("97.5", Decimal("97.5"), Decimal("97.5")),
        ("2012-01-24", None, None),
        ("2012-01", None, None),
        ("C97", None, None),
        ("soldiers", None, None),
    ],
)
def test_a_number_or_a_range_bounds_a_figure(typed: str, low: int | None, high: int | None) -> None:
    found = read_search(typed)
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize(
    ("typed", "ref"), [("C1", "C1"), ("d12", "D12"), (" s3 ", "S3"), ("C0", ""), ("C1 C2", "")]
)
def test_a_reference_alone_names_a_thing(typed: str, ref: str) -> None:
    assert read_search(typed).ref == ref


def test_read_search_refuses_long_text() -> None:
    with pytest.raises(SearchError):
        read_search("a" * 201)


def test_read_search_refuses_control_characters() -> None:
    with pytest.raises(SearchError):
        read_search("97\x00")


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=200))
def test_read_search_reads_any_printable_text(typed: str) -> None:
    assert len(read_search(typed.replace("\ufffd", "")).terms) <= 10
