"""Sums of money in a text: the amount, and the currency where the text says which."""

from __future__ import annotations

from decimal import Decimal

import pytest

from claims.domain.currencies import CURRENCIES
from claims.domain.figures import parse_figure
from claims.reading.article import read_article
from claims.reading.counts.money import NAMES, OF_COUNTRY, SIGNS, WORDS_OF_MONEY
from claims.reading.proposals import ProposedFigure


def read_one(text: str) -> ProposedFigure:
    (figure,) = read_article(text).figures
    return figure


@pytest.mark.parametrize(
    ("written", "amount", "currency"),
    [
        ("$1.2bn", "1.2bn", "USD"),
        ("€3 million", "3 million", "EUR"),
        ("€ 3 million", "3 million", "EUR"),
        ("US$ 40,000", "40,000", "USD"),
        ("US$40,000", "40,000", "USD"),
        ("USD 40,000", "40,000", "USD"),
        ("40,000 EUR", "40,000", "EUR"),
        ("5,000 €", "5,000", "EUR"),
        ("40 million euros", "40 million", "EUR"),
        ("3m euros", "3m", "EUR"),
        ("40 million dollars", "40 million", "USD"),
        ("40 million US dollars", "40 million", "USD"),
        ("40 million Australian dollars", "40 million", "AUD"),
        ("A$40 million", "40 million", "AUD"),
        ("£2 million", "2 million", "GBP"),
        ("2 million pounds sterling", "2 million", "GBP"),
        ("40,000 Swiss francs", "40,000", "CHF"),
        ("5 million yen", "5 million", "JPY"),
        ("about $40 million", "about 40 million", "USD"),
        ("more than €3 million", "more than 3 million", "EUR"),
        ("between $5 million and $7 million", "between 5 million and 7 million", "USD"),
        ("3 to 5 million euros", "3 to 5 million", "EUR"),
        ("€3–5 million", "3-5 million", "EUR"),
    ],
)
def test_a_sum_is_read_with_its_currency(written: str, amount: str, currency: str) -> None:
    figure = read_one(f"The flood did damage of {written} to the port, the ministry said.")
    assert figure.figure == parse_figure(amount)
    assert (figure.currency, figure.is_count) == (currency, False)


@pytest.mark.parametrize(
    "text",
    [
        "The Canadian port put the damage at $40 million.",
        "Damage of $40 million was reported. The firm later paid A$3 million in Sydney, Australia.",
        "An Egyptian court imposed a fine of £2 million.",
        "The damage was ¥5 million.",
        "The damage was 40 million francs.",
        "The damage was 40 million Malian francs.",
        "The damage was 40 million pounds.",
    ],
)
def test_a_currency_that_the_text_leaves_open_is_left_to_the_editor(text: str) -> None:
    figure = read_article(text).figures[0]
    assert figure.currency == ""
    assert "the currency is unclear" in figure.doubt
    assert not figure.is_count


def test_a_sum_per_day_is_no_sum() -> None:
    figure = read_one("The port pays 40 dollars a day to each guard.")
    assert (figure.unit, figure.currency) == ("dollars/day", "")


@pytest.mark.parametrize("written", ["-$5 million", "\u2212$5 million", "(-$5 million)"])
def test_a_sum_below_zero_is_not_read_as_one_above(written: str) -> None:
    assert read_article(f"The result of the year was {written} in all.").figures == ()


def test_two_currencies_are_no_range() -> None:
    figures = read_article("The damage was between $3 million and €5 million.").figures
    assert [row.currency for row in figures] == ["USD", "EUR"]
    assert [row.figure.point for row in figures] == [Decimal(3_000_000), Decimal(5_000_000)]


@pytest.mark.parametrize(
    ("one", "other", "rivals"),
    [
        ("$40 million", "60 million dollars", True),
        ("US$40 million", "$60 million", True),
        ("$40 million", "€60 million", False),
        ("$40 million", "40 million US dollars", False),
    ],
)
def test_sums_are_compared_in_one_currency(one: str, other: str, rivals: bool) -> None:
    text = f"The union put the cost at {one}, while the ministry put the cost at {other}."
    kinds = [conflict.kind for conflict in read_article(text).conflicts]
    assert kinds == ["figures disagree"] * rivals


def test_every_currency_of_the_reader_is_one() -> None:
    codes = {*SIGNS.values(), *NAMES.values()}
    codes |= {code for table in OF_COUNTRY.values() for code in table.values()}
    assert codes <= CURRENCIES
    assert {*NAMES, *OF_COUNTRY} <= WORDS_OF_MONEY
