"""What of a text stands unchanged in a later one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claims.domain.revisions import Unchanged

texts = st.lists(st.sampled_from(["a b.", "b c.", "c.", "Ten died.", "\n", " "]), max_size=12).map(
    " ".join
)


@given(texts, texts)
def test_what_is_unchanged_is_the_same_words_and_no_place_is_taken_twice(old: str, new: str):
    unchanged = Unchanged(old, new)
    places = {}
    for start in range(len(old)):
        place = unchanged.place_of(start, start + 1)
        if place is not None:
            assert new[place[0] : place[1]] == old[start]
            assert places.setdefault(place, start) == start


@given(texts)
def test_every_sentence_of_the_same_text_stays_where_it_is(text: str):
    unchanged = Unchanged(text, text)
    for start, letter in enumerate(text):
        if letter not in " \n":
            assert unchanged.place_of(start, start + 1) == (start, start + 1)


def test_a_sentence_is_known_wherever_it_stands():
    old = "In Arden 10 died. In Corvin 10 died. In Delft 10 died."
    new = "In Delft 10 died. In Arden 10 died."
    unchanged = Unchanged(old, new)
    assert unchanged.place_of(3, 8) == (new.index("Arden"), new.index("Arden") + 5)
    assert unchanged.place_of(old.index("Delft"), old.index("Delft") + 5) == (3, 8)
    assert unchanged.place_of(old.index("Corvin"), old.index("Corvin") + 6) is None


def test_repeated_sentences_follow_the_one_beside_them():
    old, new = "It rained. Ten died. It rained.", "New. It rained. Ten died. It rained."
    unchanged = Unchanged(old, new)
    assert unchanged.place_of(0, 2) == (5, 7)
    assert unchanged.place_of(21, 23) == (26, 28)


def test_a_place_across_a_change_is_not_unchanged():
    assert Unchanged("Ten died. It rained.", "Ten died. So it rained.").place_of(4, 12) is None
