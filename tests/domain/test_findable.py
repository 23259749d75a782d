"""The words that things are found by, the snippets that show why, the spelling that was meant."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.findable import folded_words, typed_words, word_stem
from claims.domain.snippets import WIDTH, marked, snippet
from claims.domain.spelling import SHORTEST, asked_forms, forms_of, nearest

LETTERS = "abcdefgh"
WORD = st.text(LETTERS, min_size=SHORTEST, max_size=9)


def holds(text: str, typed: str) -> bool:
    """Whether the words of what was typed follow one another in the text, as a phrase does."""
    words, asked = folded_words(text), typed_words(typed)
    return any(words[at : at + len(asked)] == asked for at in range(len(words)))


def test_letters_of_a_script_without_spaces_are_found_in_running_text() -> None:
    assert holds("在馬里北部的戰鬥中", "馬里")
    assert not holds("在馬里北部的戰鬥中", "馬北")
    assert holds("เหตุการณ์ในมาลีตอนเหนือ", "มาลี")


def test_a_date_is_found_by_its_day_its_month_and_its_year() -> None:
    text = "It fell on 2012-01-24, they said."
    assert [holds(text, one) for one in ("2012-01-24", "2012-01", "2012")] == [True] * 3
    assert [holds(text, one) for one in ("2012-01-25", "2012-02", "24")] == [False] * 3
    assert holds(text, "on 2012")
    assert holds("At Gao 2012-01-24 they met", "gao 2012")


@pytest.fixture
def hasty_threads():
    """Threads that take turns within a word."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hasty_threads")
def test_threads_do_not_spoil_each_other_s_words() -> None:
    words = [f"{first}{rest}" for first in LETTERS for rest in ("ationally", "ing", "fulness")]
    alone = [word_stem.__wrapped__(word) for word in words]
    with ThreadPoolExecutor(4) as threads:
        for found in threads.map(
            lambda _: [word_stem.__wrapped__(word) for word in words], range(8)
        ):
            assert found == alone


def test_a_number_is_found_however_its_thousands_are_parted() -> None:
    for written in ("1,000", "1'000", "1\u202f000", "1000"):
        assert folded_words(f"some {written} men") == ["some", "1000", "men"]


@given(st.text(max_size=80), st.sets(st.sampled_from(["men", "1000", "gao", "kill"])))
def test_the_pieces_of_a_text_are_the_text(text: str, wanted: set[str]) -> None:
    pieces = marked(text, wanted)
    assert "".join(one.text for one in pieces) == text
    assert all(not wanted.isdisjoint(folded_words(one.text)) for one in pieces if one.is_hit)


@given(st.lists(WORD, max_size=120), st.integers(0, 120))
def test_a_snippet_shows_the_word_and_stays_short(words: list[str], at: int) -> None:
    text = " ".join([*words[:at], "zanzibar", *words[at:]])
    pieces = snippet(["nothing of it", text], set(folded_words("zanzibar")))
    assert [one.text for one in pieces if one.is_hit] == ["zanzibar"]
    assert len("".join(one.text for one in pieces)) <= WIDTH + len("…  …")


def test_there_is_no_snippet_without_a_hit() -> None:
    assert snippet(["one", "two"], {"three"}) == []


@given(WORD, st.data())
def test_words_one_edit_apart_share_a_form(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    edits = {
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    }
    for one in edits - {word}:
        assert forms_of(word) & forms_of(one)
        assert nearest(one, [word]) == word


def test_what_is_no_single_word_has_no_spelling_to_look_up() -> None:
    assert asked_forms("gao") == asked_forms("three words") == asked_forms("97") == set()
    assert nearest("menaka", ["menaka", "timbuktu"]) is None
