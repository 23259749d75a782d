from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.arithmetic import arithmetic_check
from claims.domain.figures import parse_figure
from claims.domain.quantity import Figure
from tests.domain.strategies import figures, small_counts

LOSSES = ["200+", "400", "1,000-1,600"]


def check(parts, total, **terms):
    return arithmetic_check([parse_figure(part) for part in parts], parse_figure(total), **terms)


@pytest.mark.parametrize("exhaustive", [True, False])
@pytest.mark.parametrize("scope_exact", [True, False])
def test_losses_of_the_rebellion_misfit_softly_and_twice(exhaustive, scope_exact):
    result = check(LOSSES, "1,000-1,500+", exhaustive=exhaustive, scope_exact=scope_exact)
    assert not result.hard
    assert (result.sum_low, result.sum_high) == (1600, None)
    assert [text.rpartition(": ")[2] for text in result.soft] == [
        "1,500 < 1,600.",
        "1,000 < 1,600.",
    ]


@pytest.mark.parametrize(
    ("total", "exhaustive", "scope_exact", "hard"),
    [
        ("10", True, True, False),
        ("9", True, True, True),
        ("11", True, True, True),
        ("9", False, True, True),
        ("11", False, True, False),
        ("9", True, False, False),
        ("about 9", True, True, False),
        ("up to 9", False, True, True),
        ("dozens", True, True, True),
        ("?", True, True, False),
    ],
)
def test_parts_of_4_and_6_against_a_total(total, exhaustive, scope_exact, hard):
    result = check(["4", "6"], total, exhaustive=exhaustive, scope_exact=scope_exact)
    assert result.hard is hard
    assert not (result.hard and result.soft)


def test_a_total_above_all_parts_misfits_only_when_they_are_all():
    assert check(["4", "6"], "11").soft == ()
    assert check(["4", "6"], "11", exhaustive=True).soft == (
        "The total's stated low is above the sum of the parts' highs: 11 > 10.",
    )


def test_a_part_of_unknown_size_is_at_least_nothing():
    result = check(["4", "?"], "3", scope_exact=True)
    assert (result.sum_low, result.sum_high, result.hard) == (4, None, True)


def test_a_measurement_of_unknown_size_bounds_nothing():
    assert check(["4", "?"], "3", scope_exact=True, count=False).sum_low is None


def test_arithmetic_check_needs_parts():
    with pytest.raises(ValueError, match="at least one part"):
        check([], "3")


@given(st.lists(figures(small_counts), min_size=1, max_size=5), st.randoms())
def test_a_total_that_is_the_sum_of_points_fits(parts, random):
    points = [Figure(point=part.point or Decimal(7)) for part in parts]
    total = Figure(point=sum((part.point for part in points), Decimal(0)))
    random.shuffle(points)
    result = arithmetic_check(points, total, exhaustive=True, scope_exact=True)
    assert (result.hard, result.soft) == (False, ())
    assert result.sum_low == result.sum_high == total.point


@given(st.lists(figures(small_counts), min_size=1, max_size=4), figures(small_counts))
def test_exhaustive_parts_are_held_to_at_least_as_much(parts, total):
    loose = arithmetic_check(parts, total, exhaustive=False, scope_exact=True)
    strict = arithmetic_check(parts, total, exhaustive=True, scope_exact=True)
    assert loose.hard <= strict.hard
