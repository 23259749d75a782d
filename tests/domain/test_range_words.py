"""The range in words: every mix of exact, one-sided, open, vague and dated answers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from claims.domain.consensus import consensus
from claims.domain.edtf_text import day_text
from claims.domain.evidence import ClaimTerms, Evidence
from claims.domain.range_words import range_words, vague_outside
from tests import factories as make
from tests.domain.strategies import says

COUNT, DATE = ClaimTerms(), ClaimTerms(value_kind="date")
MEASURED = ClaimTerms(count=False)


def told(said: list[str], terms: ClaimTerms = COUNT) -> str:
    evidence = [says(number, str(number), text) for number, text in enumerate(said, 1)]
    return range_words(consensus(evidence, terms), evidence, terms)


def dated(*texts: str) -> list[Evidence]:
    return [
        Evidence(id=number, origin=str(number), value_kind="date", edtf=text)
        for number, text in enumerate(texts, 1)
    ]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (["100", "at least 1,000"], "100 to 1,000 or more"),
        (["up to 10", "at least 1,000"], "10 to 1,000 or more"),
        (["100", "more than 500"], "100 to more than 500"),
        (["97", "up to 10"], "10 to 97"),
        (["100", "105", "at least 1,000"], "100 to 1,000 or more"),
        (["100", "thousands"], "100 and “thousands”"),
        (["100", "dozens"], "100"),
        (["100+", "thousands"], "at least 100"),
        (
            ["10", "97", "thousands", "hundreds", "thousands"],
            "10 to 97 and “thousands” and “hundreds”",
        ),
        (["dozens"], ""),
        (["97"], "97"),
        (["97", "97"], "97"),
        (["about 60", "97"], "about 60 to 97"),
        (["about 60", "60"], "60"),
        (["200+"], "at least 200"),
        (["more than 200"], "more than 200"),
        (["at least about 200"], "at least about 200"),
        (["200+", "300+"], "200 to 300 or more"),
        (["200+", "400"], "200 to 400 or more"),
        (["97", "97+"], "97 or more"),
        (["1,000-1,500+"], "1,000 to 1,500 or more"),
        (["up to 400"], "up to 400"),
        (["less than 400"], "less than 400"),
        (["up to 400", "up to 10"], "10 to 400"),
        (["less than 10", "97"], "less than 10 to 97"),
        (["less than 10", "10"], "10"),
        (["less than 10", "more than 10"], "less than 10 to more than 10"),
        (["up to 10", "at least 10"], "up to 10 and at least 10"),
        (["50-101", "60"], "50 to 101"),
        ([""], ""),
        (["97", ""], "97"),
    ],
)
def test_the_range_of_figures(said: list[str], words: str) -> None:
    assert told(said) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [(["-5", "3"], "-5 to 3"), (["-5", "up to -2"], "-5 to -2"), (["up to -2"], "up to -2")],
)
def test_the_range_of_what_is_no_count_may_lie_below_zero(said: list[str], words: str) -> None:
    assert told(said, MEASURED) == words


@pytest.mark.parametrize(
    ("said", "words", "low", "high"),
    [
        (["../2012-07", "2013-01"], "by 31 July 2012 to January 2013", "2012-07-31", "2013-01-31"),
        (["2013/..", "2012-01"], "January 2012 to since 2013", "2012-01-01", "2013-01-01"),
        (["2012-01-24"], "24 January 2012", "2012-01-24", "2012-01-24"),
        (["2012-01"], "January 2012", "2012-01-01", "2012-01-31"),
        (["2012-02~"], "about February 2012", "2012-02-01", "2012-02-29"),
        (["2012-01-16/2012-01-17"], "16–17 January 2012", "2012-01-16", "2012-01-17"),
        (["2012-01-16", "2012-01-17"], "16–17 January 2012", "2012-01-16", "2012-01-17"),
        (["2012-01", "2012-04-05"], "January 2012 to 5 April 2012", "2012-01-01", "2012-04-05"),
        (["2012-02~", "2012-04"], "about February 2012 to April 2012", "2012-02-01", "2012-04-30"),
        (["../2012-07"], "by July 2012", "2012-07-31", "2012-07-31"),
        (["2013/.."], "since 2013", "2013-01-01", "2013-01-01"),
        (["2013/..", "2013-01-01"], "1 January 2013 or later", "2013-01-01", "2013-01-01"),
        (["2013/..", "2014-01"], "2013 to January 2014 or later", "2013-01-01", "2014-01-31"),
        (["../2012-07", "2013/.."], "by 31 July 2012 to since 2013", "2012-07-31", "2013-01-01"),
        (["../2012-07", "2012-01"], "January 2012 to July 2012", "2012-01-01", "2012-07-31"),
        (["[2012-01-16,2013]", "2014"], "16 January 2012 to 2014", "2012-01-16", "2014-12-31"),
        (["2012", "[2013-03-16..]"], "2012 to since 16 March 2013", "2012-01-01", "2013-03-16"),
    ],
)  # fmt: skip
def test_the_range_of_dates(said: list[str], words: str, low: str, high: str) -> None:
    for evidence in (dated(*said), dated(*said[::-1])):
        found = consensus(evidence, DATE)
        assert range_words(found, evidence, DATE) == words
        assert (day_text(found.low), day_text(found.high)) == (low, high)


def test_vague_words_inside_the_range_are_not_said_again() -> None:
    evidence = [says(1, "a", "5,000"), says(2, "b", "thousands"), says(3, "c", "dozens")]
    assert vague_outside(consensus(evidence, COUNT), evidence) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("one", "other", "spread"),
    [
        ({"high": Decimal(10)}, {"low": Decimal(1000)}, "100"),
        ({"point": Decimal(97)}, {"high": Decimal(10)}, "9.7"),
        ({"point": Decimal(0)}, {"point": Decimal(5)}, None),
        ({"point": Decimal(-5)}, {"high": Decimal(-2)}, None),
        (
            {"point": Decimal("0.000000000000001")},
            {"point": Decimal(999999999999)},
            "999999999999000000000000000",
        ),
    ],
)
def test_the_spread_is_the_highest_by_the_lowest(
    one: dict[str, Decimal], other: dict[str, Decimal], spread: str | None
) -> None:
    claim = make.claim(measure=make.measure(is_count=False))
    for figure in (one, other):
        make.figure(claim, **figure)
    assert make.approve(claim).spread == (None if spread is None else Decimal(spread))
