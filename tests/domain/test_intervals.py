from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.intervals import Interval, common_interval
from tests.domain.strategies import intervals, tolerances


def span(low: str, high: str) -> Interval:
    return Interval(Decimal(low), Decimal(high))


@given(st.lists(intervals(), max_size=8), tolerances)
def test_common_interval_exists_exactly_when_all_pairs_intersect(spans, tolerance):
    pairwise = all(one.intersects(other, tolerance) for one, other in combinations(spans, 2))
    assert (common_interval(spans, tolerance) is not None) == pairwise


@given(intervals(), intervals(), tolerances)
def test_intersects_is_symmetric(one, other, tolerance):
    assert one.intersects(other, tolerance) == other.intersects(one, tolerance)


@given(intervals(), intervals())
def test_intersects_at_a_larger_tolerance_when_it_does_at_a_smaller(one, other):
    if one.intersects(other, Decimal(1)):
        assert one.intersects(other, Decimal(2))


@pytest.mark.parametrize(
    ("tolerance", "expected"), [("0", False), ("9.9", False), ("10", True), ("11", True)]
)
def test_tolerance_is_a_percentage_of_the_mean_of_the_facing_ends(tolerance, expected):
    # The gap from 95 to 105 is 10, the mean of the two is 100.
    assert span("90", "95").intersects(span("105", "110"), Decimal(tolerance)) is expected


def test_intersection_of_touching_intervals_is_their_common_end():
    assert span("1", "2").intersection(span("2", "3")) == span("2", "2")


def test_contains_takes_ends_and_no_more():
    assert span("1", "2").contains(Decimal(2))
    assert not span("1", "2").contains(Decimal("2.001"))
    assert Interval(None, Decimal(2)).contains(Decimal(-1000))


def test_common_interval_of_nothing_is_everything():
    assert common_interval([]) == Interval()
