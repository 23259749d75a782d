"""Asking whether two rows are the same, and what people answer."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.contrib.auth.models import User

from claims.choices import MergedNoun, SamenessAnswer
from claims.errors import InvalidValueError, TransitionError
from claims.models import Claim, Measure, Party, SamenessQuestion, Source, Subject
from claims.workflow.events import moment
from claims.workflow.history import signed_save
from claims.workflow.verbs import verb

MODELS: Final[dict[str, Any]] = {
    MergedNoun.PARTY: Party,
    MergedNoun.SOURCE: Source,
    MergedNoun.SUBJECT: Subject,
    MergedNoun.MEASURE: Measure,
    MergedNoun.CLAIM: Claim,
}


@verb("edit_desk", savepoint=False)
def ask_sameness(
    *,
    noun: str,
    one: int,
    other: int,
    why: str,
    by: User,
    reason: str,
    now: dt.datetime | None = None,
) -> SamenessQuestion:
    """Ask once whether two rows of a kind (MergedNoun) are the same, by their numbers.

    What people answered is remembered: "no" is asked again only on other grounds, "never" not
    at all. Returns the question as it stands.
    """
    first, second = _pair(noun, one, other)
    found = SamenessQuestion.objects.of(noun, first, second).select_for_update().first()
    if found is not None and not (found.answer == SamenessAnswer.NO and found.why != why):
        return found
    at = moment(now)
    row = found or SamenessQuestion(noun=noun, first=first, second=second)
    row.why, row.asked_by, row.asked_at = why, by, at
    row.answer, row.answered_by, row.answered_at, row.reason = SamenessAnswer.OPEN, None, None, ""
    return signed_save(row, by=by, reason=reason, now=at)


@verb("edit_desk")
def answer_sameness(
    *,
    question: SamenessQuestion,
    answer: str,
    by: User,
    reason: str,
    now: dt.datetime | None = None,
) -> SamenessQuestion:
    """Say yes, no or never ask again; a "yes" merges nothing by itself."""
    if answer not in SamenessAnswer.values or answer == SamenessAnswer.OPEN:
        raise InvalidValueError("answer: yes, no or never.", field="answer")
    row = SamenessQuestion.objects.select_for_update().get(pk=question.pk)
    if row.answer == answer:
        raise TransitionError("That is the answer already.", field="answer")
    at = moment(now)
    row.answer, row.reason, row.answered_by, row.answered_at = answer, reason, by, at
    return signed_save(row, by=by, reason=reason, now=at)


def settle_question(
    noun: str, one: int, other: int, *, by: User, reason: str, now: dt.datetime
) -> None:
    """Answer what was asked about two rows that are merged: they are the same."""
    asked = SamenessQuestion.objects.of(noun, one, other).exclude(answer=SamenessAnswer.YES)
    for row in asked.select_for_update():
        row.answer, row.reason = SamenessAnswer.YES, reason
        row.answered_by, row.answered_at = by, now
        signed_save(row, by=by, reason=reason, now=now)


def merged_noun(row: Any) -> str:
    """The word of MergedNoun for the kind of a row."""
    return next(noun for noun, model in MODELS.items() if isinstance(row, model))


def _pair(noun: str, one: int, other: int) -> tuple[int, int]:
    if noun not in MODELS:
        known = ", ".join(MergedNoun.values)
        raise InvalidValueError(f"noun: one of {known}.", field="noun")
    if one == other:
        raise InvalidValueError("other: a row is the same as itself.", field="other")
    if MODELS[noun].objects.filter(pk__in=[one, other]).count() < 2:
        raise InvalidValueError(f"other: there is no such {noun}.", field="other")
    return min(one, other), max(one, other)
