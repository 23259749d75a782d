from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.figures import parse_figure
from claims.domain.intervals import Interval
from claims.domain.quantity import (
    MAX_DIGITS,
    Figure,
    FigureError,
    check_count,
    kind,
    stated_high,
    stated_low,
)
from tests.domain.strategies import counts, decimals, figures

long_decimals = st.integers(1 - 10**15, 10**15 - 1).map(lambda digits: Decimal(digits).scaleb(-6))


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("97", "97", "97"),
        ("between 50 and 101", "50", "101"),
        ("7,000\u20137,800", "7000", "7800"),
        ("at least 5", "5", None),
        ("200+", "200", None),
        ("more than 1,000", "1001", None),
        ("more than 2.5", "3", None),
        ("up to 400", "0", "400"),
        ("less than 5", "0", "4"),
        ("1,000\u20131,500+", "1000", None),
        ("about 60", "54", "66"),
        ("~300", "270", "330"),
        ("about 7", "6", "8"),
        ("at least about 200", "180", None),
        ("tens", "10", None),
        ("dozens", "12", None),
        ("scores", "20", None),
        ("hundreds", "100", None),
        ("thousands", "1000", None),
        ("tens of thousands", "10000", None),
        ("hundreds of thousands", "100000", None),
        ("millions", "1000000", None),
        ("?", None, None),
        ("unknown", None, None),
    ],
)
def test_test_interval_of_each_row_of_the_table(said, low, high):
    assert parse_figure(said).test_interval() == Interval(number(low), number(high))


def test_test_interval_of_a_measurement_is_not_rounded():
    assert parse_figure("about 7").test_interval(count=False) == Interval(
        Decimal("6.3"), Decimal("7.7")
    )
    assert parse_figure("more than 2.5").test_interval(count=False).low == Decimal("2.5")


def test_test_interval_of_about_a_negative_number_is_widened_outwards():
    assert parse_figure("about -10").test_interval() == Interval(Decimal(-11), Decimal(-9))


def test_test_interval_keeps_strict_ends_that_leave_no_whole_number_between():
    between = Figure(low=Decimal(2), high=Decimal(3), low_strict=True, high_strict=True)
    assert between.test_interval() == Interval(Decimal(2), Decimal(3))


def test_open_range_keeps_its_stated_high():
    figure = parse_figure("1,000-1,500+")
    assert (figure.high, figure.high_open) == (Decimal(1500), True)


@given(figures(decimals))
def test_test_interval_holds_what_was_stated(figure):
    interval = figure.test_interval(count=False)
    for end in (figure.point, stated_low(figure), stated_high(figure)):
        assert end is None or interval.contains(end)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({}, "needs a number"),
        ({"low": "5", "high": "4"}, "above the high"),
        ({"low": "5", "point": "4"}, "above the point"),
        ({"point": "5", "high": "4"}, "above the high"),
        ({"point": "NaN"}, "finite"),
        ({"point": "Infinity"}, "finite"),
        ({"point": "1234567890123456"}, "15 digits"),
        ({"point": "1E+15"}, "15 digits"),
        ({"point": "1E-16"}, "15 digits"),
        ({"point": "1E+999999999"}, "15 digits"),
        ({"point": "5", "low_strict": True}, "low end"),
        ({"point": "5", "high_strict": True}, "high end"),
        ({"high": "5", "high_open": True}, "low end or a point"),
        ({"low": "1", "high": "5", "high_open": True, "high_strict": True}, "exclude"),
        ({"low": "5", "high": "5", "low_strict": True}, "leaves out"),
        ({"low": "1", "point": "5", "high": "5", "high_strict": True}, "leaves out"),
        ({"point": "5", "state": "unknown"}, "cannot carry"),
        ({"vague_term": "dozens", "state": "none"}, "cannot carry"),
        ({"point": "5", "state": "odd"}, "state"),
        ({"vague_term": "x" * 61}, "60 characters"),
    ],
)
def test_figure_refuses_parts_that_contradict_each_other(parts, words):
    numbers = {
        name: Decimal(value)
        if isinstance(value, str) and name in ("point", "low", "high")
        else value
        for name, value in parts.items()
    }
    with pytest.raises(FigureError, match=words):
        Figure(**numbers)


def test_figure_refuses_a_binary_number():
    with pytest.raises(FigureError, match="Decimal"):
        Figure(point=0.1)  # type: ignore[arg-type]


def test_figure_takes_fifteen_digits():
    assert Figure(point=Decimal("12345678901234.5")).point == Decimal("12345678901234.5")


def test_check_count_refuses_less_than_nothing():
    with pytest.raises(FigureError, match="below zero"):
        check_count(Figure(point=Decimal(-1)))
    assert check_count(Figure(point=Decimal(0))).point == 0


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("97", "exact"),
        ("about 60", "approximate"),
        ("50-101", "range"),
        ("about 50-101", "range"),
        ("60 (50 to 101)", "range"),
        ("200+", "at_least"),
        ("97 (or more)", "at_least"),
        ("over 9", "more_than"),
        ("up to 400", "at_most"),
        ("under 400", "less_than"),
        ("1,000-1,500+", "range_open"),
        ("dozens", "vague"),
        ("hundreds (at least 300)", "at_least"),
        ("?", "unknown"),
        ("no figure", "none"),
    ],
)
def test_kind(said, expected):
    assert kind(parse_figure(said)) == expected


@given(figure=figures(counts) | figures(long_decimals), count=st.booleans())
def test_test_interval_ends_have_no_more_digits_than_databases_keep(figure, count):
    interval = figure.test_interval(count=count)
    for end in (interval.low, interval.high):
        assert end is None or len(end.normalize().as_tuple().digits) <= MAX_DIGITS
    exact = figure.point
    if exact is not None and figure.approximate:
        tenth = abs(exact) / 10
        assert interval.low <= exact - tenth
        assert interval.high is None or interval.high >= exact + tenth
