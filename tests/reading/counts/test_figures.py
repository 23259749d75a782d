"""What is counted and what is not, sentence by sentence."""

from decimal import Decimal

import pytest

from claims.domain.quantity import Figure
from claims.reading.article import read_article

SENTENCES = [
    ("A passenger in row 22 waited twenty minutes.", ["twenty"]),
    ("A herder of 41, who lost 12 cows, fled.", ["12"]),
    ("The 34-year-old driver lost a crew of eight.", ["eight"]),
    ("Hospital logs showed only four.", ["four"]),
    ("There was a riot in which one man died.", ["one"]),
    ("It was serogroup 1 in three samples.", ["three"]),
    ("He scored 3 goals in a 4\u20131 victory before 31,000 fans.", ["3", "31,000"]),
    ("Flight 93 carried 44 people, among them 7 crew; seat 14A was empty.", ["44", "7"]),
    ("The bill passed 61\u201340 with 3 abstentions.", ["3"]),
    ("No one was hurt, but one of the two engines failed.", ["one", "two"]),
    ("A crowd that police estimated at 1,500 came.", ["1,500"]),
]


@pytest.mark.parametrize(("sentence", "figures"), SENTENCES)
def test_figures_are_told_from_other_numbers(sentence: str, figures: list[str]) -> None:
    read = [figure.quote for figure in read_article("A title of no use\n\n" + sentence).figures]
    assert [quote for quote, part in zip(read, figures, strict=True) if part not in quote] == []


def test_perhaps_is_about_and_never_more_than_is_a_limit() -> None:
    text = "A title of no use\n\nIt held perhaps 18,000 people and never more than 1,500 guards."
    people, guards = read_article(text).figures
    assert people.figure == Figure(point=Decimal(18_000), approximate=True)
    assert guards.figure == Figure(high=Decimal(1500))


def test_an_estimate_by_somebody_is_no_rounding() -> None:
    text = "A title of no use\n\nA crowd that police estimated at 1,500 came."
    assert not read_article(text).figures[0].figure.approximate
