from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.figures import parse_figure
from claims.domain.intervals import Interval
from claims.domain.plot import (
    StripShape,
    band,
    date_strip,
    date_strip_scale,
    empty_strip,
    strip,
    strip_scale,
)
from tests.domain.strategies import counts, decimals, figures


def labels(scale):
    return [tick.label for tick in scale.ticks]


def axis(*said):
    return strip_scale([parse_figure(text) for text in said])


@given(st.lists(st.one_of(figures(counts), figures(decimals)), min_size=1, max_size=6))
def test_every_shape_lies_on_the_axis(drawn):
    scale = strip_scale(drawn)
    if scale is None:
        assert all(figure.state != "value" for figure in drawn)
        return
    for figure in drawn:
        shape = strip(figure, scale)
        stretch = (shape.x, shape.x1, shape.x2, shape.mark)
        places = [place for place in stretch if place is not None]
        assert all(0 <= place <= 100 for place in places)
        assert all(place == place.quantize(Decimal("0.1")) for place in places)
        assert places or shape == empty_strip()
        if shape.x1 is not None:
            assert shape.x1 <= shape.x2


@given(st.lists(figures(counts), min_size=1, max_size=6))
def test_ticks_are_few_rising_and_span_the_axis(drawn):
    scale = strip_scale(drawn)
    if scale is not None:
        places = [tick.x for tick in scale.ticks]
        assert 2 <= len(places) <= 8
        assert places == sorted(set(places))
        assert (places[0], places[-1]) == (0, 100)
        assert len(set(labels(scale))) == len(places)


@given(decimals, decimals, decimals)
def test_position_keeps_the_order(one, other, third):
    scale = strip_scale([parse_figure("0"), parse_figure("100")])
    small, middle, large = sorted([one, other, third])
    assert scale.position(small) <= scale.position(middle) <= scale.position(large)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["about 60", "97"], ["0", "25", "50", "75", "100"]),
        (["97"], ["0", "25", "50", "75", "100"]),
        (["3", "4"], ["0", "1", "2", "3", "4"]),
        (["0"], ["0", "1"]),
        (["7,000-7,800"], ["7,000", "7,200", "7,400", "7,600", "7,800"]),
        (["200+", "400", "1,000-1,600"], ["0", "500", "1,000", "1,500", "2,000"]),
        (["1,000-1,500+"], ["0", "500", "1,000", "1,500", "2,000"]),
        (["13 million"], ["0", "5 million", "10 million", "15 million"]),
        (["0.25", "0.3"], ["0.24", "0.26", "0.28", "0.3"]),
        (["-5", "3"], ["-6", "-4", "-2", "0", "2", "4"]),
    ],
)
def test_axis_is_round_and_starts_at_nought_when_that_shows_more(said, expected):
    assert labels(axis(*said)) == expected


def test_axis_without_numbers_is_none():
    assert axis("?", "no figure") is None
    assert strip_scale([]) is None


@pytest.mark.parametrize(
    ("said", "shape"),
    [
        ("97", StripShape("exact", x=Decimal("97.0"))),
        ("about 60", StripShape("approximate", x=Decimal("60.0"))),
        ("50-100", StripShape("range", x1=Decimal("50.0"), x2=Decimal("100.0"))),
        (
            "60 (50 to 80)",
            StripShape("range", x=Decimal("60.0"), x1=Decimal("50.0"), x2=Decimal("80.0")),
        ),
        ("20+", StripShape("at_least", x1=Decimal("20.0"), x2=Decimal(100), arrow_right=True)),
        ("up to 40", StripShape("at_most", x1=Decimal(0), x2=Decimal("40.0"), arrow_left=True)),
        (
            "40-60+",
            StripShape(
                "range_open",
                x1=Decimal("40.0"),
                x2=Decimal(100),
                arrow_right=True,
                mark=Decimal("60.0"),
            ),
        ),
        ("dozens", StripShape("vague", x1=Decimal("12.0"), x2=Decimal(100), arrow_right=True)),
        ("?", StripShape("empty")),
        ("no figure", StripShape("empty")),
    ],
)
def test_shape_of_each_kind_of_figure(said, shape):
    assert strip(parse_figure(said), axis("0", "100")) == shape


def test_an_arrow_at_the_end_of_the_axis_gets_room():
    scale = axis("at least 100")
    assert strip(parse_figure("at least 100"), scale).x1 < 100


def test_band_of_a_range_and_of_an_open_one():
    scale = axis("0", "100")
    closed = band(Interval(Decimal(54), Decimal(66)), scale)
    assert (closed.x1, closed.x2, closed.width) == (54, 66, 12)
    opened = band(Interval(Decimal(54), None), scale)
    assert (opened.x2, opened.arrow_left, opened.arrow_right) == (100, False, True)


def test_bands_stretch_the_axis():
    wide = strip_scale([parse_figure("60")], [Interval(Decimal(54), Decimal(166))])
    assert wide.high == 200


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["2012-01-24"], ["23 Jan 2012", "24 Jan", "25 Jan"]),
        (
            ["2011-12-30", "2012-01-02"],
            ["29 Dec 2011", "30 Dec", "31 Dec", "1 Jan 2012", "2 Jan", "3 Jan"],
        ),
        (["../2012-07-17", "2012-04"], ["Apr 2012", "May", "Jun", "Jul"]),
        (["1990/1999"], ["1990", "1995", "2000"]),
    ],
)
def test_date_axis_is_marked_in_days_months_or_years(texts, expected):
    assert labels(date_strip_scale(texts)) == expected


def test_date_axis_without_dates_is_none():
    assert date_strip_scale(["", "XXXX", "../.."]) is None


@given(st.lists(st.dates().map(lambda day: day.isoformat()), min_size=1, max_size=4))
def test_every_day_lies_inside_its_date_axis(texts):
    scale = date_strip_scale(texts)
    assert 1 <= len(scale.ticks) <= 12
    for text in texts:
        assert 0 <= date_strip(text, scale).x <= 100


@pytest.mark.parametrize(
    ("text", "kind", "arrows"),
    [
        ("2012-02-05", "exact", (False, False)),
        ("2012-02-05~", "approximate", (False, False)),
        ("2012-02", "range", (False, False)),
        ("../2012-02", "at_most", (True, False)),
        ("2012-02/..", "at_least", (False, True)),
        ("XXXX", "empty", (False, False)),
        ("", "empty", (False, False)),
    ],
)
def test_shape_of_each_kind_of_date(text, kind, arrows):
    shape = date_strip(text, date_strip_scale(["2012-01/2012-03"]))
    assert (shape.kind, (shape.arrow_left, shape.arrow_right)) == (kind, arrows)
