import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.figures import (
    FigureError,
    number_words,
    parse_figure,
    parse_number,
    words_of_figure,
)
from claims.domain.quantity import Figure
from tests.domain.strategies import decimals, figures

ALPHABET = "0123456789,.-+~<>() abcdefghilmnoprstuvk?\u2013\u00a0\u0661\ufeff"


@given(st.one_of(figures(), figures(decimals)))
def test_parse_figure_reads_back_what_words_say(figure):
    assert parse_figure(words_of_figure(figure)) == figure


@given(st.one_of(st.text(max_size=140), st.text(alphabet=ALPHABET, max_size=140)))
def test_parse_figure_refuses_or_understands_any_text(text):
    try:
        figure = parse_figure(text)
    except FigureError:
        return
    assert parse_figure(words_of_figure(figure)) == figure


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("97", "97"),
        (" 97 ", "97"),
        ("~300", "about 300"),
        ("c. 300", "about 300"),
        ("Roughly 200,000", "about 200,000"),
        ("200+", "at least 200"),
        ("200 or more", "at least 200"),
        ("at least 5", "at least 5"),
        (">= 5", "at least 5"),
        ("> 5", "more than 5"),
        ("more than 1,000", "more than 1,000"),
        ("up to 400", "up to 400"),
        ("400 or fewer", "up to 400"),
        ("fewer than 30", "less than 30"),
        ("50-101", "50 to 101"),
        ("50 \u2013 101", "50 to 101"),
        ("between 50 and 101", "50 to 101"),
        ("from 50 to 101", "50 to 101"),
        ("about 50 to 101", "about 50 to 101"),
        ("1,000-1,500+", "1,000 to 1,500 or more"),
        ("13 million", "13,000,000"),
        ("2.5m", "2,500,000"),
        ("2-3 million", "2,000,000 to 3,000,000"),
        ("800,000 to 1 million", "800,000 to 1,000,000"),
        ("1 000", "1,000"),
        ("0.50", "0.5"),
        ("Dozens", "dozens"),
        ("?", "unknown"),
        ("no figure", "no figure"),
        ("60 (50 to 101)", "60 (50 to 101)"),
        ("about 60 (or more)", "about 60 (or more)"),
    ],
)
def test_words_of_what_editors_type(typed, said):
    assert words_of_figure(parse_figure(typed)) == said


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "none",
        "2,5",
        "1e9",
        "1,0000",
        "97 soldiers",
        "50-101-200",
        "about",
        "101-50",
        "()",
        "60 ()",
        "60 (dozens)",
        "hundreds (?)",
        "+",
        "-",
        "\u0661\u0662",
        "9" * 16,
        "9" * 100_000,
        "5 trillion trillion",
        "999999999999999 trillion",
    ],
)
def test_parse_figure_refuses(typed):
    with pytest.raises(FigureError):
        parse_figure(typed)


def test_parse_figure_shows_the_right_form_when_it_refuses():
    with pytest.raises(FigureError, match="Write for example 97"):
        parse_figure("ninety-seven")


@pytest.mark.parametrize(
    "hostile",
    [
        "1" * 10**6,
        "(" * 10**6,
        "about " * 10**6,
        " " * 10**6,
        "1,000" * 20,
        "~" * 119,
        "\x00" * 120,
    ],
)
def test_parse_figure_is_fast_on_hostile_text(hostile):
    began = time.perf_counter()
    with pytest.raises(FigureError):
        parse_figure(hostile)
    assert time.perf_counter() - began < 0.5


@pytest.mark.parametrize(
    ("typed", "unit", "said"),
    [
        ("about 60", "soldiers", "about 60 soldiers"),
        ("dozens", "people", "dozens of people"),
        ("up to 400", "persons/day", "up to 400 persons/day"),
        ("?", "people", "unknown"),
    ],
)
def test_words_with_a_unit(typed, unit, said):
    assert words_of_figure(parse_figure(typed), unit) == said


def test_words_drop_idle_zeros():
    assert words_of_figure(Figure(point=Decimal("97.0000"))) == "97"


@pytest.mark.parametrize(
    ("value", "said"), [("-0.0", "0"), ("1E+3", "1,000"), ("100", "100"), ("-1234.50", "-1,234.5")]
)
def test_number_words(value, said):
    assert number_words(Decimal(value)) == said


def test_parse_number_refuses_a_sign_of_its_own():
    assert parse_number(" 1,500 ") == 1500
    with pytest.raises(FigureError):
        parse_number("~5")


@pytest.mark.parametrize("typed", ["5 (dozens)", "60+ (50 to 101)", "50-101 (60)", "60 (about 5)"])
def test_parse_figure_refuses_brackets_that_say_no_ends(typed):
    with pytest.raises(FigureError):
        parse_figure(typed)


@pytest.mark.parametrize("typed", ["50-101 or fewer", "50 or 101", "50 to"])
def test_parse_figure_refuses_broken_ranges(typed):
    with pytest.raises(FigureError):
        parse_figure(typed)
