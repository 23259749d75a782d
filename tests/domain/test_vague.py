from decimal import Decimal

import pytest

from claims.domain.intervals import Interval
from claims.domain.quantity import Figure
from claims.domain.vague import least_of


@pytest.mark.parametrize(
    ("term", "least"),
    [
        ("dozens", 12),
        ("several hundred people", 100),
        ("Tens of thousands", 10_000),
        ("hundreds of thousands of refugees", 100_000),
        ("tens of millions", 10_000_000),
        ("a few", 0),
        ("tension", 0),
        ("thousandfold", 0),
    ],
)
def test_least_of_a_vague_term(term, least):
    assert least_of(term) == least


def test_a_vague_word_of_no_known_size_still_says_that_there_were_some():
    assert Figure(vague_term="a few").test_interval() == Interval(Decimal(0), None)
