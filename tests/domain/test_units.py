"""What the unit of a claim may be, by the kind of value, and where it is a part of the value."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from claims.domain.currencies import CURRENCIES, is_currency
from claims.domain.figures import parse_figure, words_of_figure
from claims.domain.units import in_unit, may_count, said_unit, unit_fault
from claims.domain.vocabulary import ValueKind


def test_currencies_are_codes_of_three_capitals() -> None:
    assert len(CURRENCIES) > 200
    assert all(re.fullmatch(r"[A-Z]{3}", code) for code in CURRENCIES)
    assert {"USD", "EUR", "GBP", "XOF", "DEM"} < CURRENCIES


@pytest.mark.parametrize("text", ["usd", "$", "US$", "euro", "XXQ", "USD ", ""])
def test_what_is_no_code_is_no_currency(text: str) -> None:
    assert not is_currency(text)


@pytest.mark.parametrize(
    ("unit", "fault"),
    [
        ("", "name the currency by its code of ISO 4217, such as USD or EUR."),
        ("$", "$ is no currency code of ISO 4217; write for example USD, EUR or GBP."),
        ("euro", "euro is no currency code of ISO 4217; write for example USD, EUR or GBP."),
        ("EUR", ""),
    ],
)
def test_the_unit_of_money_is_a_currency(unit: str, fault: str) -> None:
    assert unit_fault("money", unit) == fault


@pytest.mark.parametrize("kind", [kind for kind in ValueKind if kind != ValueKind.MONEY])
def test_other_kinds_take_any_unit_and_do_not_say_it(kind: ValueKind) -> None:
    assert unit_fault(kind, "people") == unit_fault(kind, "") == ""
    assert said_unit(kind, "people") == ""
    assert may_count(kind)


def test_the_currency_is_a_part_of_an_amount() -> None:
    assert said_unit("money", "USD") == "USD"
    assert not may_count("money")
    assert in_unit("40", "USD") == "40 USD"
    assert in_unit("", "USD") == ""
    assert in_unit("40", "") == "40"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1.2bn", "1,200,000,000 USD"),
        ("about 40,000", "about 40,000 USD"),
        ("-3.5", "-3.5 USD"),
        ("1-2 million", "1,000,000 to 2,000,000 USD"),
        ("millions", "millions of USD"),
    ],
)
def test_amounts_in_words(typed: str, said: str) -> None:
    assert words_of_figure(parse_figure(typed), "USD") == said


def test_an_amount_is_tested_as_what_it_is_and_not_as_a_count() -> None:
    assert parse_figure("more than 2.5").test_interval(count=False).low == Decimal("2.5")
