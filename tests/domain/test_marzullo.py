from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from claims.domain.conflict import conflicts
from claims.domain.evidence import ClaimTerms
from claims.domain.intervals import Interval, common_interval
from claims.domain.marzullo import agreement_interval, best_supported
from tests.domain.strategies import intervals, quantities, says, terms_of_counts

COUNT = ClaimTerms()


def support(place: Decimal, spans: list[Interval]) -> int:
    return sum(span.contains(place) for span in spans)


def places(spans: list[Interval]) -> list[Decimal]:
    """Every end, a point between each two, and one beyond all of them."""
    ends = sorted({end for one in spans for end in (one.low, one.high) if end is not None})
    between = [(one + other) / 2 for one, other in pairwise(ends)]
    return [*ends, *between, Decimal(-1000), Decimal(1000)]


@given(st.lists(intervals(), min_size=1, max_size=7))
def test_best_supported_agrees_with_trying_every_place(spans):
    found = best_supported(spans)
    everywhere = {place: support(place, spans) for place in places(spans)}
    assert found.count == max(everywhere.values())
    inside = Interval(found.low, found.high)
    winners = [place for place, count in everywhere.items() if count == found.count]
    assert any(inside.contains(place) for place in winners)
    assert found.is_unique == all(inside.contains(place) for place in winners)
    assert all(
        count == found.count for place, count in everywhere.items() if inside.contains(place)
    )


@given(st.lists(intervals(), min_size=1, max_size=7))
def test_best_supported_by_all_is_the_common_interval(spans):
    found, common = best_supported(spans), common_interval(spans)
    assert (found.count == len(spans)) == (common is not None)
    if common is not None:
        assert Interval(found.low, found.high) == common


@given(quantities(), terms_of_counts)
def test_all_origins_agree_exactly_when_no_two_of_them_conflict(evidence, terms):
    sourced = [one for one in evidence if one.origin]
    found = agreement_interval(sourced, terms)
    if found is not None:
        assert (found.count == found.of) == (conflicts(sourced, terms) is None)


def test_agreement_interval_of_three_clocks():
    said = ["8-12", "11-13", "14-15"]
    found = agreement_interval([says(n, str(n), text) for n, text in enumerate(said, 1)], COUNT)
    assert (found.low, found.high, found.count, found.of) == (11, 12, 2, 3)
    assert found.is_unique


def test_agreement_interval_of_two_that_disagree_is_not_unique():
    found = agreement_interval([says(1, "a", "about 60"), says(2, "b", "97")], COUNT)
    assert (found.low, found.high, found.count, found.is_unique) == (54, 66, 1, False)


def test_agreement_interval_without_independent_values_is_none():
    assert agreement_interval([says(1, "", "97", sourced=False), says(2, "a")], COUNT) is None
