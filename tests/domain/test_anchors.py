import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.anchors import anchor_for, find_quote, numbers_in

TEXT = (
    "The town fell after a week. On 13 February the minister spoke of about 60 deaths, while an "
    "officer told the agency that 97 soldiers had been killed there. The rebels denied it all."
)
QUOTE = "97 soldiers had been killed"


def anchor(quote, text=TEXT):
    start = text.index(quote)
    return *anchor_for(text, start, start + len(quote)), start


def found_in(new, quote=QUOTE):
    match = find_quote(new, *anchor(quote))
    return match and (new[match.start : match.end], match.status)


@given(st.text(alphabet="ab 17.,\n", min_size=1, max_size=200), st.data())
def test_an_anchor_is_found_where_it_was_made_when_it_is_made_of_whole_words(text, data):
    words = [(at, at + len(word)) for at, word in _words(text)]
    if not words:
        return
    start = data.draw(st.sampled_from([one for one, _ in words]))
    end = data.draw(st.sampled_from([two for _, two in words if two > start]))
    exact, prefix, suffix = anchor_for(text, start, end)
    match = find_quote(text, exact, prefix, suffix, start)
    assert (match.start, match.end, match.status) == (start, end, "exact")


def _words(text):
    at = 0
    for word in text.replace("\n", " ").split(" "):
        if word:
            yield at, word
        at += len(word) + 1


@given(st.text(max_size=300), st.text(max_size=40), st.text(max_size=32), st.text(max_size=32))
def test_what_is_found_carries_the_same_numbers(text, exact, prefix, suffix):
    match = find_quote(text, exact, prefix, suffix, 10)
    if match is not None:
        assert numbers_in(text[match.start : match.end]) == numbers_in(exact)
        assert match.status == "moved" or text[match.start : match.end] == exact


@given(st.integers(0, 10**6).filter(lambda number: number != 97), st.booleans())
def test_a_changed_number_is_never_found(number, spaced):
    said = f"{number:,}" if spaced else str(number)
    assert found_in(TEXT.replace("97", said)) is None


def test_anchor_for_keeps_32_code_points_on_each_side():
    exact, prefix, suffix, start = anchor(QUOTE)
    assert (exact, len(prefix), len(suffix)) == (QUOTE, 32, 32)
    assert prefix + exact + suffix == TEXT[start - 32 : start + len(QUOTE) + 32]
    assert anchor_for("ab", 0, 1) == ("a", "", "b")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("The town", "First of all: the town", (QUOTE, "exact")),
        ("an officer told the agency", "the agency heard", (QUOTE, "exact")),
        ("had been killed", "were killed", ("97 soldiers were killed", "moved")),
        (
            "97 soldiers had been",
            "97 of the soldiers had then been",
            ("97 of the soldiers had then been killed", "moved"),
        ),
        ("97 soldiers", "ninety-seven soldiers", None),
        ("97 soldiers", "97,000 soldiers", None),
        ("97 soldiers", "97.5 soldiers", None),
        ("97 soldiers", "97\u2013120 soldiers", None),
        ("97 soldiers", "97+ soldiers", None),
        ("97 soldiers", "60\u201397 soldiers", None),
        ("97 soldiers", "~97 soldiers", None),
        ("97 soldiers", "1,097 soldiers", None),
        ("97 soldiers", "1097 soldiers", None),
        (TEXT, "Another article altogether, about 97 houses.", None),
        (TEXT, "", None),
    ],
)
def test_a_quote_in_a_changed_text(old, new, expected):
    assert found_in(TEXT.replace(old, new)) == expected


@pytest.mark.parametrize("end", ["97+", "97,000", "97-120", "97.5"])
def test_a_short_number_is_not_found_in_a_longer_one(end):
    assert found_in(TEXT.replace("97", end), "97") is None


def test_a_short_quote_is_not_found_among_strangers():
    changed = TEXT.replace("97", "82") + " Elsewhere 97 houses burnt down."
    assert found_in(changed, "97") is None


def test_a_number_word_counts_as_a_number():
    text = "In the north three helicopters were lost to enemy fire."
    quote = "three helicopters were lost to enemy fire"
    assert find_quote(text.replace("three", "four"), *anchor(quote, text)) is None


def test_more_than_60_is_not_about_60():
    quote = "the minister spoke of about 60 deaths"
    assert found_in(TEXT.replace("about", "more than"), quote) is None


def test_the_nearest_of_several_equal_places_is_taken():
    text = "x 97 men. " * 5
    match = find_quote(text, "97 men", "", "", 31)
    assert (match.start, match.status) == (32, "exact")


def test_neighbours_decide_before_nearness():
    text = "In Gao 97 men fell. In Kidal 97 men fell."
    match = find_quote(text, "97 men fell", "In Kidal ", ".", 0)
    assert match.start == text.rindex("97")


@pytest.mark.parametrize("quote", ["", " ", "\n"])
def test_an_empty_quote_is_nowhere(quote):
    assert find_quote(TEXT, quote) is None


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("a " * 300_000, "a"),
        ("x. " * 200_000, "."),
        ("word " * 150_000, "word " * 149 + "other"),
        ("the 97 soldiers were " * 30_000, "the 97 soldiers is"),
        ("a b " * 100_000, "b a c " * 50),
        ("9" * 500_000, "9"),
    ],
)
def test_find_quote_is_bounded_on_hostile_text(text, quote):
    began = time.perf_counter()
    find_quote(text, quote, "zzz", "yyy", 5)
    assert time.perf_counter() - began < 5
