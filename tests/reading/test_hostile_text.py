"""Any text at all gives proposals or a clear refusal, in time that grows with its length."""

import importlib
import json
import pkgutil
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import claims.reading
from claims.domain.quantity import stated_number
from claims.reading.article import read_article
from claims.reading.proposals import Reading, ReadingError
from claims.reading.text.decode import decode_article

HOSTILE = {
    "open templates": "{{",
    "named templates never closed": "{{a|",
    "templates": "{{a|b}}",
    "conversions": "{{convert|1|km}} ",
    "open links": "[[",
    "closing braces": "}}",
    "open references": "<ref>",
    "open named references": '<ref name="a">x',
    "comments never closed": "<!--",
    "tables never closed": "{|\n",
    "table rows": "{|\n|-\n| 1 || 2\n",
    "angle brackets": "<",
    "ampersands": "&",
    "apostrophes": "'''",
    "headings": "== a ==\n",
    "giant number": "1",
    "grouped digits": "1,",
    "dashed digits": "1-",
    "ranges": "1\u20132 ",
    "plus-minus": "5 \u00b1 3 ",
    "open ranges": "between 5 and ",
    "number words": "one ",
    "hundreds": "hundred and ",
    "cues": "said ",
    "nested cues": "X said that ",
    "according to": "according to ",
    "capitals": "Aa ",
    "joined capitals": "Aa and ",
    "captures": "captured Aa, ",
    "denials": "He denied it. ",
    "dates": "5 May 2012 ",
    "months": "May ",
    "full stops": ". ",
    "commas": ", ",
    "brackets": "(",
    "bracketed claims": "(a claim",
    "addresses": "http://a.b/",
    "cited addresses": "<ref>http://a.b/c</ref> 5 men",
    "overrides": "\u202e12\u202c ",
    "zero width": "1\u200b2 ",
    "lone surrogates": "\ud800 5 men ",
    "combining marks": "e\u0301 5 ",
    "pipe rows": "| a | 5 killed |\n",
    "bullets": "- Casualties: 5 killed\n",
    "spread dates": "Men of Gao left on 5 May 2012. ",
    "years": "2012 ",
    "statements": "Police put the toll at 5 ",
    "revised": "raised the toll to 5 ",
    "turned quotations": '"5 died," said Ann. ',
    "composed and decomposed": "Gao\u00e9 Gaoe\u0301 5 men ",
    "two directions": "\u202b5 \u202c\u2067men\u2069 ",
    "nested tags": "<b><i>5</i></b>",
    "nested lists": "*#*#*: 5 killed\n",
    "open links in links": "[[a|[[b|",
    "cited works": "{{cite web|url=http://a.b/c|title=T|date=5 May 2012}} ",
    "infoboxes": "{{Infobox x|deaths=5 (Malian sources)|date=5 May 2012}}\n",
    "short forms": "Aa Bb (AB), ",
    "rows": "|-\n| 5 killed || 7 May 2012 || Aa\n",
    "lines": "a bc def\n",
    "one letter": "a",
}


def read_anyway(text: str) -> Reading | None:
    """Read, or take the refusal."""
    try:
        return read_article(text)
    except ReadingError:
        return None


def assert_spans_hold(reading: Reading) -> None:
    for row in (*reading.figures, *reading.dates):
        assert reading.text[row.char_start : row.char_end] == row.quote
    for statement in reading.attributions:
        assert reading.text[statement.cue_start : statement.cue_end] == statement.cue
    json.dumps(reading.to_json())


def seconds(text: str) -> float:
    start = time.process_time()
    read_anyway(text)
    return time.process_time() - start


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_the_length_of_hostile_text(unit: str) -> None:
    short, long = unit * (12_000 // len(unit)), unit * (96_000 // len(unit))
    seconds(short)  # the first run fills caches
    # Eight times the text; quadratic work would take 64 times as long.
    assert seconds(long) < 24 * seconds(short) + 0.4


def test_names_that_are_all_different_take_time_in_proportion() -> None:
    def named(count: int) -> str:
        names = (
            "".join(chr(97 + number // 26**place % 26) for place in range(4))
            for number in range(count)
        )
        return "".join(
            f"The {name.title()} Group ({name[0].upper()}G{name[1:].upper()}) captured "
            f"{name[::-1].title()} on 5 May 2012.<ref name={name}>http://{name}.org</ref> "
            for name in names
        )

    seconds(named(500))
    # Eight times the names; quadratic work would take 64 times as long.
    assert seconds(named(4000)) < 16 * seconds(named(500)) + 0.4


def test_dates_and_statements_beyond_five_thousand_are_not_read() -> None:
    dated = read_article("In Gao 7 men left on 5 May 2012.\n\n" * 6_000)
    assert (len(dated.dates), len(dated.figures)) == (5_000, 5_000)
    told = read_article("Police said it rained.\n\n" * 6_000 + "In Gao 7 men died.")
    assert (len(told.attributions), len(told.figures)) == (5_000, 0)


def test_a_column_of_dates_is_left_to_tables() -> None:
    assert read_article("5 May 2012 " * 400).dates == ()
    assert len(read_article("5 May 2012 " * 20).dates) == 20


def test_a_list_of_short_values_is_refused() -> None:
    with pytest.raises(ReadingError, match="30000 lines of fewer than 8 characters"):
        read_article("7\n" * 30_000)
    assert read_article("7\n" * 300).text


def test_deep_nesting_is_read() -> None:
    reading = read_article("{{a|" * 20_000 + "5" + "}}" * 20_000 + " 7 men died.")
    assert [figure.quote for figure in reading.figures] == ["7"]


def test_a_hundred_thousand_templates_are_read() -> None:
    reading = read_article("{{nowrap|x}}" * 100_000 + "\n\n7 men died.")
    assert [figure.quote for figure in reading.figures] == ["7"]


@pytest.mark.parametrize(
    "text",
    ["hundred and " * 3_000, "trillion " * 2_000, "999,999,999,999 trillion men died."],
    ids=["hundreds", "trillions", "digits"],
)
def test_numbers_never_grow_beyond_fifteen_digits(text: str) -> None:
    reading = read_article(text)
    assert_spans_hold(reading)
    assert all((stated_number(f.figure) or 0) < 10**15 for f in reading.figures)


PIECES = st.sampled_from(
    [
        "{{", "}}", "[[", "]]", "{|", "|}", "|-", "\n|", "\n!", "||", "<ref>", "</ref>", "<ref name=a/>",  # noqa: E501
        "<!--", "-->", "<nowiki>", "</nowiki>", "{{convert|5|km}}", "{{circa|1850}}", "\n== x ==\n", "\n* ",  # noqa: E501
        " 97 soldiers ", " between 50 and 101 ", " 5 May 2012 ", " the next day ", " said that ", " (Malian sources) ",  # noqa: E501
        " up to 400 ", "~", "\u2013", "+", "\u00a0", "\u200b", "\u202e", "\ud800", "&nbsp;", "\r\n", "\t", "1,000", "%",  # noqa: E501
        " half a million ", " according to ", " X ", ".", "'''", "http://a.b/c", "[http://a.b c]", "{{Infobox x|a=5 killed}}",  # noqa: E501
        "Infobox\n- Date: 2012\n", "| a | b |\n", "\u0661", "\u00bd", "99999999999999999999",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=40).map("".join))
def test_any_mixture_of_markup_gives_exact_spans_or_a_refusal(text: str) -> None:
    reading = read_anyway(text)
    if reading is not None:
        assert_spans_hold(reading)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused_in_one_line(data: bytes) -> None:
    try:
        text = decode_article(data, max_bytes=100)
    except ReadingError as error:
        refusal = str(error)
        text = ""
    else:
        refusal = ""
    assert text.encode() == data or (refusal and "\n" not in refusal)


def test_reading_twice_gives_the_same_proposals() -> None:
    text = (
        "{{Infobox x|date=5 May 2012}} At least 50 people died, police said.<ref>http://a.b</ref>"
    )
    assert read_article(text).to_json() == read_article(text).to_json()


def test_composed_and_decomposed_letters_give_the_same_figures() -> None:
    composed = read_article("In Gao\u00e9 97 soldiers died.")
    decomposed = read_article("In Gaoe\u0301 97 soldiers died.")
    assert [f.quote for f in composed.figures] == [f.quote for f in decomposed.figures] == ["97"]


def patterns() -> list[tuple[str, re.Pattern[str]]]:
    found = []
    for module in pkgutil.iter_modules(claims.reading.__path__):
        names = vars(importlib.import_module(f"claims.reading.{module.name}"))
        for name, value in names.items():
            for each in value if isinstance(value, tuple) else (value,):
                pattern = each[1] if isinstance(each, tuple) and len(each) == 2 else each
                if isinstance(pattern, re.Pattern):
                    found.append((f"{module.name}.{name}", pattern))
    return found


REPEATED = ("Aa ", "1-", " ")


@pytest.mark.parametrize(
    ("name", "pattern"), patterns(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_regular_expression_searches_in_linear_time(
    name: str, pattern: re.Pattern[str]
) -> None:
    for unit in REPEATED:
        spent = []
        for size in (60, 360):
            text = unit * (size // len(unit))
            start = time.process_time()
            for match in pattern.finditer(text):
                assert match.end() >= match.start()
            spent.append(time.process_time() - start)
        # Six times the text; quadratic work would take 36 times as long.
        assert spent[1] < 18 * spent[0] + 0.05, (name, unit, spent)
