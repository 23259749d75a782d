"""Questions about rows that may be one are asked once, answered, remembered and signed."""

from __future__ import annotations

from typing import Any

import pytest

from claims.errors import InvalidValueError, PermissionMissingError, TransitionError
from claims.models import SamenessQuestion
from claims.workflow.sameness import answer_sameness, ask_sameness, ask_together
from tests import factories as make

pytestmark = pytest.mark.django_db


def ask(**changes: Any) -> SamenessQuestion:
    fields: dict[str, Any] = {"noun": "party", "why": "called the same", **changes}
    return ask_sameness(by=make.contributor(), reason="An import met both.", **fields)


def pair() -> dict[str, int]:
    return {"one": make.party().pk, "other": make.party().pk}


def answered(question: SamenessQuestion, answer: str) -> SamenessQuestion:
    return answer_sameness(question=question, answer=answer, by=make.editor(), reason="I looked.")


def test_question_is_asked_once_whichever_row_comes_first():
    two = pair()
    question = ask(**two)
    assert ask(one=two["other"], other=two["one"]) == question
    assert (question.first, question.second) == (two["one"], two["other"])
    assert question.history.count() == 1


def test_pairs_are_asked_about_together_as_one_by_one():
    one, other, third = (make.party().pk for _ in range(3))
    known = answered(ask(one=one, other=other), "never")
    pairs = {(third, one): "alike", (other, one): "alike", (one, third): "told"}
    signed = {"by": make.contributor(), "reason": "An import met them."}
    new, old = ask_together(noun="party", pairs=pairs, **signed)
    assert (new.first, new.second, new.why, new.answer) == (one, third, "told", "open")
    assert (old.pk, old.answer) == (known.pk, "never")
    assert new.history.get().history_change_reason == "An import met them."


@pytest.mark.parametrize("noun", ["party", "town"])
@pytest.mark.parametrize("other", [0, 10**9])
def test_pairs_of_one_row_of_none_and_of_no_kind_are_refused(noun: str, other: int) -> None:
    one = make.party().pk
    with pytest.raises(InvalidValueError, match=r"other|noun"):
        ask_together(noun=noun, pairs={(one, other or one): "alike"}, by=make.editor(), reason="?")


def test_answer_is_signed():
    question = answered(ask(**pair()), "yes")
    assert (question.answered_by, question.reason) == (make.editor(), "I looked.")
    assert question.history.first().history_user == make.editor()


def test_no_holds_until_there_are_other_grounds():
    two = pair()
    answered(ask(**two), "no")
    assert ask(**two).answer == "no"
    again = ask(**two, why="the same Wikidata item")
    assert (again.answer, again.answered_by, again.reason) == ("open", None, "")
    assert again.history.count() == 3


def test_never_holds_whatever_the_grounds():
    two = pair()
    answered(ask(**two), "never")
    assert ask(**two, why="the same Wikidata item").answer == "never"


def test_answer_can_be_changed_but_not_given_twice():
    question = answered(ask(**pair()), "no")
    with pytest.raises(TransitionError, match="answer already"):
        answered(question, "no")
    assert answered(question, "yes").answer == "yes"


@pytest.mark.parametrize("answer", ["open", "perhaps"])
def test_other_answers_are_refused(answer):
    with pytest.raises(InvalidValueError, match="yes, no or never"):
        answered(ask(**pair()), answer)


def test_a_row_is_not_asked_about_itself():
    number = make.party().pk
    with pytest.raises(InvalidValueError, match="same as itself"):
        ask(one=number, other=number)


def test_rows_that_are_not_there_are_refused():
    with pytest.raises(InvalidValueError, match="no such party"):
        ask(one=make.party().pk, other=10**9)


def test_other_nouns_are_refused():
    with pytest.raises(InvalidValueError, match="one of party"):
        ask(**pair(), noun="rumour")


def test_only_people_of_the_desk_answer():
    question = ask(**pair())
    with pytest.raises(PermissionMissingError):
        answer_sameness(
            question=question, answer="no", by=make.account("administrator"), reason="Looked."
        )
