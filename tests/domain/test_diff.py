import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.diff import word_diff

TEXTS = st.text(alphabet="ab 97.\n\u00e9", max_size=60)


@given(TEXTS, TEXTS)
def test_word_diff_holds_both_texts(old, new):
    pieces = word_diff(old, new)
    assert "".join(text for op, text in pieces if op != "insert") == old
    assert "".join(text for op, text in pieces if op != "delete") == new


@given(TEXTS, TEXTS)
def test_word_diff_has_no_empty_and_no_neighbouring_equal_pieces(old, new):
    pieces = word_diff(old, new)
    assert all(text for _, text in pieces)
    assert all(one[0] != other[0] for one, other in pairwise(pieces))


@given(TEXTS)
def test_word_diff_of_equal_texts_is_one_piece(text):
    assert word_diff(text, text) == ([("equal", text)] if text else [])


def test_word_diff_changes_whole_words():
    assert word_diff("97 soldiers fell", "82 soldiers fell") == [
        ("delete", "97"),
        ("insert", "82"),
        ("equal", " soldiers fell"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a b " * 50_000, "b a " * 50_000),
        ("a b c " * 1_500, "c b a " * 1_500),
        (" ".join(map(str, range(5_000))), " ".join(map(str, range(5_000, 0, -1)))),
    ],
)
def test_word_diff_is_bounded_on_long_texts(old, new):
    began = time.perf_counter()
    pieces = word_diff(old, new)
    assert "".join(text for op, text in pieces if op != "insert") == old
    assert time.perf_counter() - began < 5
