"""Comparing and merging long texts: nothing is lost, and the work stays bounded."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.line_matching import lines_of, matching_lines
from claims.domain.text_changes import MOST_SHOWN, Stretch, changes_between
from claims.domain.three_way import merge_texts

lines = st.lists(st.sampled_from(("a\n", "b\n", "c\n", "\n", "d\u2028e\n", "f\r\n")), max_size=9)
texts = st.tuples(lines, st.sampled_from(("", "end"))).map(lambda both: "".join(both[0]) + both[1])
BIG = "".join(f"Paragraph {number} {'word ' * 30}\n\n" for number in range(6000))


def words(stretches: list[Stretch], operation: str) -> str:
    kept = (piece for one in stretches for piece in one.pieces)
    return "".join(text for kind, text in kept if kind in ("equal", operation))


@given(texts, texts)
def test_matches_are_the_same_lines_in_order(old: str, new: str) -> None:
    mine, theirs = lines_of(old), lines_of(new)
    assert ("".join(mine), "".join(theirs)) == (old, new)
    at = then = 0
    for match in matching_lines(mine, theirs):
        assert match.at >= at
        assert match.then >= then
        at, then = match.at + match.size, match.then + match.size
        assert mine[match.at : at] == theirs[match.then : then]
    assert (at, then) == (len(mine), len(theirs))


@given(texts, texts)
def test_short_texts_are_compared_whole(old: str, new: str) -> None:
    found = changes_between(old, new)
    assert (found == []) == (old == new)
    if found:
        assert (words(found, "delete"), words(found, "insert")) == (old, new)


def test_a_change_at_either_end_of_a_long_text_is_shown_alone() -> None:
    found = changes_between(BIG, f"A{BIG}end")
    kinds = [one.kind for one in found]
    assert kinds == ["changed", "kept", "skipped", "kept", "changed"]
    shown = sum(len(text) for one in found for _, text in one.pieces)
    assert shown < 1_500
    assert sum(one.count for one in found) > 900_000


def test_a_replaced_word_is_shown_line_by_line_until_the_bound_and_the_rest_is_counted() -> None:
    new = BIG.replace("word", "term", 60_000)
    found = changes_between(BIG, new)
    assert found[0].kind == "changed"
    assert ("delete", "word") in found[0].pieces
    assert found[-1].kind == "cut"
    shown = sum(len(text) for one in found for _, text in one.pieces)
    assert shown <= 2 * MOST_SHOWN
    assert found[-1].count > 400_000


@pytest.mark.parametrize(
    "new", [BIG[::-1], "b\n" * 500_000, "", f"{BIG}{BIG}"], ids=["backwards", "b", "none", "twice"]
)
def test_a_megabyte_is_compared_and_merged_at_once(new: str) -> None:
    started = time.process_time()
    changes_between(BIG, new)
    changes_between("a\n" * 500_000, new)
    merge_texts(BIG, new, BIG.replace("Paragraph 3", "Part 3"))
    assert time.process_time() - started < 30


@given(texts, texts, texts)
def test_a_merge_holds_all_three_texts(base: str, theirs: str, mine: str) -> None:
    parts = merge_texts(base, theirs, mine)
    assert "".join(one.base for one in parts) == base
    assert "".join(one.theirs for one in parts) == theirs
    assert "".join(one.mine for one in parts) == mine


@given(texts, texts)
def test_whoever_changed_alone_is_taken_over(base: str, other: str) -> None:
    assert "".join(one.merged for one in merge_texts(base, other, base)) == other
    assert "".join(one.merged for one in merge_texts(base, base, other)) == other
    assert "".join(one.merged for one in merge_texts(base, other, other)) == other


def test_changes_that_touch_are_a_conflict_and_others_are_not() -> None:
    base = "one\n\ntwo\n\nthree\n"
    apart = merge_texts(base, base.replace("one", "1"), base.replace("three", "3"))
    assert [one.kind for one in apart] == ["theirs", "kept", "mine"]
    both = merge_texts(base, base.replace("two", "2"), base.replace("two", "II"))
    assert [one.kind for one in both] == ["kept", "conflict", "kept"]
    assert both[1].merged == "II\n"
    touching = merge_texts("a\nb\n", "A\nb\n", "a\nB\n")
    assert [one.kind for one in touching] == ["conflict"]
    gone = merge_texts(base, base.replace("two\n", ""), base.replace("two", "2"))
    assert "conflict" in [one.kind for one in gone]
