import time
from datetime import date

import pytest
from edtf import parse_edtf as library_parse_edtf
from hypothesis import assume, given
from hypothesis import strategies as st

from claims.domain.dates import EdtfError, date_interval, date_words, parse_edtf

SAMPLES = (
    "2012 2012-02 2012-02-30 2012-02-29~ 199X XXXX-01 2012-21 .. ? 2012-13 ~2012 Y99999 -0044 "
    "2012-XX-24 0000 9999~ 2012% 1XXX~ 2012-21~"
)
PARTS = st.sampled_from(["", *SAMPLES.split()])


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "padded_earliest", "padded_latest"),
    [
        ("2012-01-24", "2012-01-24", "2012-01-24", "2012-01-24", "2012-01-24"),
        ("2012-01-16/2012-01-17", "2012-01-16", "2012-01-17", "2012-01-16", "2012-01-17"),
        ("2012-02~", "2012-02-01", "2012-02-29", "2012-01-01", "2012-03-31"),
        ("2012-03-13~", "2012-03-13", "2012-03-13", "2012-03-12", "2012-03-14"),
        ("2012~", "2012-01-01", "2012-12-31", "2011-01-01", "2013-12-31"),
        ("2012%", "2012-01-01", "2012-12-31", "2011-01-01", "2013-12-31"),
        ("2012?", "2012-01-01", "2012-12-31", "2012-01-01", "2012-12-31"),
        ("~2012-03", "2012-03-01", "2012-03-31", "2012-02-01", "2012-04-30"),
        ("2012-XX", "2012-01-01", "2012-12-31", "2012-01-01", "2012-12-31"),
        ("2012-01-XX", "2012-01-01", "2012-01-31", "2012-01-01", "2012-01-31"),
        ("199X", "1990-01-01", "1999-12-31", "1990-01-01", "1999-12-31"),
        ("199X~", "1990-01-01", "1999-12-31", "1980-01-01", "2009-12-31"),
        ("2012-21", "2012-03-01", "2012-05-31", "2012-03-01", "2012-05-31"),
        ("2012-21~", "2012-03-01", "2012-05-31", "2011-12-01", "2012-08-31"),
        ("../2012-07-17", None, "2012-07-17", None, "2012-07-17"),
        ("/2012-07-17", None, "2012-07-17", None, "2012-07-17"),
        ("2003/..", "2003-01-01", None, "2003-01-01", None),
        ("2003~/..", "2003-01-01", None, "2002-01-01", None),
        ("[..2012-07-17]", None, "2012-07-17", None, "2012-07-17"),
        ("[2012,2013]", "2012-01-01", "2013-12-31", "2012-01-01", "2013-12-31"),
        ("{2012-01-01,2012-01-05}", "2012-01-01", "2012-01-05", "2012-01-01", "2012-01-05"),
        ("2012-01~/2012-04", "2012-01-01", "2012-04-30", "2011-12-01", "2012-04-30"),
        ("2012-02/2012-05-03~", "2012-02-01", "2012-05-03", "2012-02-01", "2012-05-04"),
        ("XXXX-01-02", None, None, None, None),
        ("XXXX", None, None, None, None),
        ("9999~", "9999-01-01", "9999-12-31", "9998-01-01", "9999-12-31"),
        ("2012-01-2X", "2012-01-20", "2012-01-29", "2012-01-20", "2012-01-29"),
        ("2012-01-2X~", "2012-01-20", "2012-01-29", "2011-12-20", "2012-02-29"),
        ("19XX~", "1900-01-01", "1999-12-31", "1800-01-01", "2099-12-31"),
        ("1XXX~", "1000-01-01", "1999-12-31", "0001-01-01", "2999-12-31"),
        ("2XXX%", "2000-01-01", "2999-12-31", "1000-01-01", "3999-12-31"),
        ("0001~", "0001-01-01", "0001-12-31", "0001-01-01", "0002-12-31"),
    ],
)
def test_parse_edtf_bounds(text, earliest, latest, padded_earliest, padded_latest):
    parsed = parse_edtf(text)
    bounds = (parsed.earliest, parsed.latest, parsed.padded_earliest, parsed.padded_latest)
    expected = (earliest, latest, padded_earliest, padded_latest)
    assert bounds == tuple(day and date.fromisoformat(day) for day in expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "unknown",
        "?",
        "2012-13",
        "2012-02-30",
        "2011-02-29",
        "2012/2011",
        "0000",
        "-0044",
        "Y170000",
        "2012-01-24T10:00:00",
        "24 January 2012",
        "2012-02-~",
        "2012-2013",
        "[]",
        "..",
        "/",
        "\u0662\u0660\u0661\u0662",
        "2012-01-24\n",
        "{" * 64,
        "2012" * 16,
        "1" * 65,
        "2012" * 10**6,
    ],
)
def test_parse_edtf_refuses_and_shows_the_right_form(text):
    with pytest.raises(EdtfError, match=r"Write for example 2012-01-24"):
        parse_edtf(text)


CONVERT_IT = "Dates here are of the Gregorian calendar: convert it"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2019-11-00", '"2019-11-00" gives 00 for what is not known: write 2019-11.'),
        ("2012-00-00", "write 2012."),
        ("2012-00", "write 2012."),
        ("2012-11-00~/2012-12", "write 2012-11~/2012-12."),
        ("2012-1-5", '"2012-1-5" lacks a digit: write 2012-01-05.'),
        ("../2012-7", "write ../2012-07."),
        ("-0100", '"-0100" is out of range: the years 1 to 9999 can be kept.'),
        ("0000", "is out of range"),
        ("2012/-0100", "is out of range"),
        ("Y-17", "is out of range"),
        ("12000", "is out of range"),
        ("44 BC", "is out of range"),
        ("2012-02-30", "names a day that the calendar does not have."),
        ("2012-02-3X", "names a day that the calendar does not have."),
        ("1900-02-29", f"names a day that only the Julian calendar has. {CONVERT_IT}"),
        ("2012/1700-02-29", f"only the Julian calendar has. {CONVERT_IT}"),
        ("11 February 1731/32", f"joins two years: write 1731/1732 for both. {CONVERT_IT}"),
        ("12/24 January 1900", f"looks like a date of another calendar. {CONVERT_IT}"),
        ("25 October 1917 (O.S.)", f"looks like a date of another calendar. {CONVERT_IT}"),
        ("25 October 1917, old style", CONVERT_IT),
        ("Rajab 1433 AH", CONVERT_IT),
        ("24 January 2012", '"24 January 2012" is no EDTF date.'),
        ("2012-13", '"2012-13" is no EDTF date.'),
        ("2012-24-01", '"2012-24-01" is no EDTF date.'),
    ],
)
def test_parse_edtf_says_what_is_wrong_and_what_to_write(text, said):
    with pytest.raises(EdtfError) as refused:
        parse_edtf(text)
    assert said in str(refused.value)


@pytest.mark.parametrize("text", ["2000-02-29", "2012/2013", "1731/1732", "2012-02-29/2012-03"])
def test_parse_edtf_takes_what_only_resembles_another_calendar(text):
    assert parse_edtf(text).earliest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2012-01-2X", "20\u201329 January 2012"),
        ("2012-1X", "October to December 2012"),
        ("2012-1X-01", "1 October to 1 December 2012"),
        ("2012-01-2X~", "about 20\u201329 January 2012"),
        ("2012-01-2X/2012-02-03", "20\u201329 January to 3 February 2012"),
    ],
)
def test_date_words_say_what_one_known_digit_may_mean(text, words):
    assert date_words(text) == words


@pytest.mark.parametrize("text", ["../", "/..", "../?", "../199X/", "2012]", "[2012", "2012-24-01"])
def test_parse_edtf_refuses_odd_texts_without_printing(text, capsys):
    with pytest.raises(EdtfError):
        parse_edtf(text)
    assert capsys.readouterr().out == ""


@given(st.dates(), st.dates(), st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]))
def test_parse_edtf_reads_plain_dates_as_the_library_does(one, other, first, last):
    text = "/".join([min(one, other).isoformat()[:first], max(one, other).isoformat()[:last]])
    theirs = library_parse_edtf(text)
    assume(theirs.lower_strict()[:3] <= theirs.upper_strict()[:3])
    ours = parse_edtf(text)
    assert ours.earliest == date(*theirs.lower_strict()[:3])
    assert ours.latest == date(*theirs.upper_strict()[:3])


def test_parse_edtf_is_fast_on_hostile_text():
    began = time.perf_counter()
    for text in [
        "[" * 64,
        "2012," * 12 + "2012",
        "{" + "20XX," * 12 + "}",
        "X" * 64,
        "2~" * 32,
        "-" * 64,
    ]:
        with pytest.raises(EdtfError):
            parse_edtf(text)
    assert time.perf_counter() - began < 2


@given(
    st.one_of(
        st.text(max_size=70),
        st.text(alphabet="0123456789X~?%/.,[]{}-", max_size=24),
        st.builds("/".join, st.lists(PARTS, min_size=1, max_size=3)),
        st.builds("[{}]".format, st.builds(",".join, st.lists(PARTS, max_size=3))),
        st.builds("{{{}}}".format, st.builds("..".join, st.lists(PARTS, max_size=3))),
    )
)
def test_parse_edtf_and_date_words_raise_nothing_but_edtf_error(text):
    try:
        parsed = parse_edtf(text)
    except EdtfError:
        return
    assert date_words(text)
    if parsed.earliest and parsed.latest:
        assert parsed.earliest <= parsed.latest
    if parsed.earliest:
        assert parsed.padded_earliest <= parsed.earliest
    if parsed.latest:
        assert parsed.padded_latest >= parsed.latest


@given(st.dates())
def test_a_day_is_its_own_earliest_and_latest(day):
    parsed = parse_edtf(day.isoformat())
    assert (parsed.earliest, parsed.latest) == (day, day)


def test_date_interval_counts_days():
    interval = date_interval("2012-03-13~")
    assert interval.high - interval.low == 2
    assert date_interval("../2012-07-17").low is None


def test_date_interval_lets_about_february_meet_the_first_of_march():
    assert date_interval("2012-02~").intersects(date_interval("2012-03-01"))
    assert not date_interval("2012-02").intersects(date_interval("2012-03-01"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "unknown"),
        ("2012-01-24", "24 January 2012"),
        ("2012-01-16/2012-01-17", "16\u201317 January 2012"),
        ("2012-01-16/2012-02-03", "16 January to 3 February 2012"),
        ("2011-12-16/2012-02-03", "16 December 2011 to 3 February 2012"),
        ("2012-01/2012-04", "January to April 2012"),
        ("2011/2012", "2011 to 2012"),
        ("2012-02~", "about February 2012"),
        ("2012-03-13~", "about 13 March 2012"),
        ("2012?", "2012 (uncertain)"),
        ("2012%", "about 2012 (uncertain)"),
        ("2012-21", "spring 2012"),
        ("2012-30", "summer 2012 (southern hemisphere)"),
        ("2012-34", "second quarter of 2012"),
        ("2012-39", "third third of 2012"),
        ("2012-41", "second half of 2012"),
        ("2012-XX", "2012"),
        ("2012-01-XX", "January 2012"),
        ("2012-XX-24", "day 24 of a month in 2012"),
        ("XXXX-01-02", "2 January, year unknown"),
        ("XXXX", "unknown"),
        ("199X", "the 1990s"),
        ("20XX", "2000\u20132099"),
        ("0987", "987"),
        ("../2012-07-17", "by 17 July 2012"),
        ("[..2012-07-17]", "by 17 July 2012"),
        ("2003/..", "since 2003"),
        ("[2012-01-01..]", "1 January 2012 or later"),
        ("[2012,2013]", "2012 or 2013"),
        ("{2012-01-01,2012-01-05}", "1 January 2012 and 5 January 2012"),
        ("[2012-01-16..2012-01-18]", "16\u201318 January 2012"),
        ("../..", "unknown"),
    ],
)
def test_date_words(text, said):
    assert date_words(text) == said
