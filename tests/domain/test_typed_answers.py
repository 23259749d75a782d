"""One line that an editor types becomes the members of an answer, or is refused with an example."""

from __future__ import annotations

import pytest

from claims.domain.typed_answers import TypedAnswerError, parse_answer


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        ("quantity", "97 or so", "not understood as a figure"),
        ("money", "5 million EUR", "not understood as a figure"),
        ("date", "next May", "EDTF"),
        ("date", "2012-13", "EDTF"),
        ("boolean", "perhaps", "neither yes nor no. Write yes, no or ?"),
    ],
)
def test_what_is_no_answer_of_its_kind_is_refused(kind: str, typed: str, words: str) -> None:
    with pytest.raises(TypedAnswerError, match=words):
        parse_answer(typed, kind, "USD")


@pytest.mark.parametrize("kind", ["quantity", "money", "date", "boolean", "party", "text"])
def test_blanks_are_no_answer(kind: str) -> None:
    assert parse_answer(" \n\u00a0", kind) == {}


@pytest.mark.parametrize("typed", ["USD 5 million", "5 million usd", "5 million"])
def test_a_figure_may_carry_the_unit_before_or_after(typed: str) -> None:
    assert parse_answer(typed, "money", "USD")["point"] == 5_000_000


def test_names_of_parties_are_parted_and_empty_ones_left_out() -> None:
    assert parse_answer("Army;; rebels ;", "party") == {"parties": ["Army", "rebels"]}
