"""Our reading of EDTF against a library that was written by others."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from edtf import parse_edtf as library_parse
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from claims.domain import edtf_text
from claims.domain.edtf_bounds import Bounds, edtf_bounds
from claims.domain.edtf_text import EdtfDate, EdtfError

REFUSALS = (EDTFParseException, ValueError, TypeError, LookupError, AttributeError)
YEARS = "2012 2011 9999 0000 0001 -0044 -0000 199X 19XX 1XXX XXXX X012 1X12 19X2 -199X 201".split()
MONTHS = "01 02 04 12 13 00 XX 0X X1 21 24 25 33 41 42".split()
DAYS = "01 28 29 30 31 32 XX 2X X1 3".split()
MARKS = ["", "", "", "", "~", "?", "%"]
part = st.builds(
    lambda ua, year, year_ua, month, day, last_ua: f"{ua}{year}{year_ua}{month}{day}{last_ua}",
    st.sampled_from(MARKS),
    st.sampled_from(YEARS),
    st.sampled_from(MARKS),
    st.builds("-{}{}{}".format, *map(st.sampled_from, (MARKS, MONTHS, MARKS))) | st.just(""),
    st.builds("-{}{}".format, *map(st.sampled_from, (MARKS, DAYS))) | st.just(""),
    st.sampled_from(MARKS),
)
good = st.sampled_from(
    "2012 2012-02 2011-02-29 2012-02-29 2012~ 2013-05? ~2012-03 2012-XX 2012-XX-31 199X-02 "
    "19X2 XXXX-12-31 2012-02-XX ~2012-02-30 2012~-02 2012-21 2012-33 -0044 -199X 0000".split()
)
end = good | part
member = st.one_of(
    good, end, st.builds("{}..{}".format, good, good), st.builds("{}..".format, good)
)
members = st.builds(
    lambda first, rest: ",".join([first, *rest]),
    member | st.builds("..{}".format, good),
    st.lists(member, max_size=3),
)
texts = st.one_of(
    end,
    st.builds("{}/{}".format, *[end | st.sampled_from(["", ".."])] * 2),
    st.builds("[{}]".format, members),
    st.builds("{{{}}}".format, members),
    st.text(alphabet="0129X~?%/.,[]{}-", max_size=14),
)


def library_bounds(text: str) -> Bounds | None:
    """What the library makes of the text; an open end is infinite to it."""
    try:
        parsed: Any = library_parse(text)
        found = parsed.lower_strict(), parsed.upper_strict()
    except REFUSALS:
        return None
    first, last = [None if isinstance(end, float) else tuple(end[:3]) for end in found]
    return first, last


def read(text: str) -> EdtfDate | None:
    edtf_text.parse_edtf.cache_clear()
    try:
        return edtf_text.parse_edtf(text)
    except EdtfError:
        return None


# The library does not read a month or a day of which one digit is known.
one_digit_known = re.compile(r"-[~?%]?(?:[0-9]X|X[0-9])")


@settings(max_examples=300)
@given(text=texts)
def test_a_text_means_to_us_what_it_means_to_the_library(text: str) -> None:
    assume(not one_digit_known.search(text))
    with patch.object(edtf_text, "edtf_bounds", library_bounds):
        theirs = read(text)
    assert read(text) == theirs


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("2012-21", ((2012, 3, 1), (2012, 5, 31))),
        ("2012-24/2013-22", ((2012, 12, 1), (2013, 8, 31))),
        ("2012-36", ((2012, 10, 1), (2012, 12, 31))),
        ("19XX-02-XX", ((1900, 2, 1), (1999, 2, 28))),
        ("2012-XX-31", ((2012, 1, 31), (2012, 12, 31))),
        ("19XX/2000", ((1900, 1, 1), (2000, 12, 31))),
        ("~2012-02/2012-03", ((2012, 2, 1), (2012, 3, 31))),
        ("/2012-03", (None, (2012, 3, 31))),
        ("[..2012,2014]", (None, (2014, 12, 31))),
        ("{2011,2012-02..2012-05}", ((2011, 1, 1), (2012, 5, 31))),
        ("[2011,2014..]", ((2011, 1, 1), None)),
        ("-0044", ((-44, 1, 1), (-44, 12, 31))),
        ("2012-01-2X", ((2012, 1, 20), (2012, 1, 29))),
        ("2012-01-0X", ((2012, 1, 1), (2012, 1, 9))),
        ("2011-02-2X", ((2011, 2, 20), (2011, 2, 28))),
        ("2012-XX-3X", ((2012, 1, 30), (2012, 12, 31))),
        ("2012-1X", ((2012, 10, 1), (2012, 12, 31))),
        ("2012-0X-X1", ((2012, 1, 1), (2012, 9, 21))),
        ("2012-01-2X/2012-02", ((2012, 1, 20), (2012, 2, 29))),
    ],
)
def test_edtf_bounds_are_the_strict_ends(text: str, bounds: Bounds) -> None:
    assert edtf_bounds(text) == bounds


@pytest.mark.parametrize(
    "text",
    [
        *("", "2012-13", "2012-04-31", "2012-1", "-0000", "2012-42", "2012-25/2013"),
        *("2012-02-4X", "2012-2X", "199x", "199X-02~", "~2012~", "2012~~", "2012-X1-X5~"),
        *("[2012]", "[2012", "{}", "[,2012]", "[2012,..2013]", "[2012..,2013]", "[2012..2013-05]"),
        *("{2012,2013..}", "/", "2012-XX/2013", "[2012-XX,2013]", "../199X", "199X/2012~"),
    ],
)
def test_edtf_bounds_of_what_is_no_edtf_are_none(text: str) -> None:
    assert edtf_bounds(text) is None


def test_a_month_that_is_not_known_stands_alone() -> None:
    assert read("2012-XX") == EdtfDate("2012-XX", *[date(2012, 1, 1), date(2012, 12, 31)] * 2)
