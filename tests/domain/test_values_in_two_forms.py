"""One value in two forms is one value: in words, in comparison, below zero as well."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from claims.domain.conflict import conflicts
from claims.domain.document_plot import document_plot
from claims.domain.evidence import ClaimTerms, Evidence, value_key
from claims.domain.figures import words_of_figure
from claims.domain.intervals import Interval
from claims.domain.origins import counted
from claims.domain.quantity import Figure, kind
from tests.domain.strategies import says

MEASURED = ClaimTerms(count=False)


def quantity(number: int = 1, origin: str = "a", **parts: Any) -> Evidence:
    numbers = ("point", "low", "high")
    given = {name: Decimal(one) if name in numbers else one for name, one in parts.items()}
    return Evidence(id=number, origin=origin, figure=Figure(**given))


def day(edtf: str, number: int = 1) -> Evidence:
    return Evidence(id=number, origin="a", value_kind="date", edtf=edtf)


SAME = [
    ({"point": 97}, {"low": 97, "high": 97}),
    ({"point": 97}, {"point": 97, "low": 97, "high": 97}),
    ({"point": "97.0"}, {"point": 97}),
    ({"point": 0}, {"low": 0, "high": 0}),
    ({"low": 60}, {"point": 60, "high_open": True}),
    ({"low": 60}, {"low": 60, "high": 60, "high_open": True}),
    ({"point": 97, "approximate": True}, {"low": 97, "high": 97, "approximate": True}),
]
OTHER = [
    ({"point": 97}, {"point": 97, "approximate": True}),
    ({"point": 97}, {"low": 97}),
    ({"point": 97}, {"high": 97}),
    ({"low": 50, "high": 101}, {"low": 50, "high": 101, "point": 60}),
    ({"low": 50, "high": 101}, {"low": 50, "high": 101, "high_open": True}),
    ({"low": 50}, {"low": 50, "low_strict": True}),
    ({"vague_term": "dozens"}, {"vague_term": "tens"}),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_value_in_two_forms_is_a_repeat(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert value_key(quantity(**one)) == value_key(quantity(**other))
    sides = counted([quantity(1, **one), quantity(2, **other)])
    assert (sides.excluded[0].code, sides.to_confirm) == ("same_origin_repeats", ())


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_values_are_to_confirm(one: dict[str, Any], other: dict[str, Any]) -> None:
    sides = counted([quantity(1, **one), quantity(2, **other)])
    assert sides.to_confirm == (1,)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2012-01-24", "2012-01-24/2012-01-24", True),
        ("2012-01", "2012-01-01/2012-01-31", True),
        ("2012-01-24", "2012-01-24~", False),
        ("2012-01-24", "2012-01-24?", False),
        ("2012-01-24", "../2012-01-24", False),
        ("[2012-01-16,2012-01-20]", "2012-01-16/2012-01-20", False),
    ],
)
def test_a_date_in_two_forms_is_a_repeat(one: str, other: str, same: bool) -> None:
    assert (value_key(day(one)) == value_key(day(other))) is same


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"low": 65, "high": 65}, "65"),
        ({"point": 65, "low": 65, "high": 65}, "65"),
        ({"point": 65, "low": 65, "high": 65, "approximate": True}, "about 65"),
        ({"low": 65, "high": 65, "approximate": True}, "about 65"),
        ({"low": 0, "high": 0}, "0"),
        ({"low": 65, "high": 65, "high_open": True}, "65 or more"),
        ({"point": 65, "low": 65, "high": 65, "high_open": True}, "65 (or more)"),
        ({"point": 65, "low": 65}, "65"),
        ({"point": 65, "high": 65}, "65"),
        ({"point": 65, "low": 65, "high": 70}, "65 (65 to 70)"),
        ({"point": 65, "low": 60, "high": 65}, "65 (60 to 65)"),
        ({"point": 60, "high": 100, "high_open": True}, "60 (up to 100 or more)"),
        ({"low": 65, "high": 65, "vague_term": "dozens"}, "dozens (65)"),
    ],
)
def test_low_equal_to_high_is_one_number(parts: dict[str, Any], said: str) -> None:
    figure = quantity(**parts).figure
    assert figure is not None
    assert words_of_figure(figure) == said
    assert f"{said} people" == words_of_figure(figure, "people") or figure.vague_term


def test_an_exact_number_stays_exact_in_every_form() -> None:
    for one, other in SAME:
        first, second = quantity(**one).figure, quantity(**other).figure
        assert first is not None
        assert second is not None
        assert kind(first) == kind(second)
        assert first.test_interval() == second.test_interval()


def test_only_a_count_ends_at_zero() -> None:
    up_to = Figure(high=Decimal(10))
    assert up_to.test_interval(count=True) == Interval(Decimal(0), Decimal(10))
    assert up_to.test_interval(count=False) == Interval(None, Decimal(10))
    cold = [says(1, "a", "up to 10"), says(2, "b", "-5")]
    assert conflicts(cold, MEASURED) is None
    assert conflicts([says(1, "a", "up to -10"), says(2, "b", "-5")], MEASURED) is not None


def test_the_plot_shows_numbers_below_zero() -> None:
    figures = [
        {**_entry("F1"), "kind": "exact", "point": Decimal(-20)},
        {**_entry("F2"), "kind": "at_most", "high": Decimal(10)},
    ]
    span = {"low": Decimal(-20), "high": Decimal(10), "low_open": True, "high_open": False}
    plot = document_plot({"measure": {"value_kind": "quantity"}, "figures": figures, "range": span})
    assert plot.scale is not None
    assert plot.scale.low <= -20
    assert plot.range is not None
    assert (plot.range.arrow_left, plot.range.arrow_right) == (True, False)
    assert plot.shapes["F2"].arrow_left
    x = plot.shapes["F1"].x
    assert x is not None
    assert 0 <= x < 100


def _entry(ref: str) -> dict[str, Any]:
    flags = dict.fromkeys(("low_strict", "high_strict", "high_open", "approximate"), False)
    numbers = dict.fromkeys(("point", "low", "high"))
    return {"ref": ref, **numbers, **flags, "vague_term": "", "value_state": "value"}
