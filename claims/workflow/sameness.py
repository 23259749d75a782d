"""Asking whether two rows are the same, and what people answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any, Final

from django.contrib.auth.models import User

from claims.choices import MergedNoun, SamenessAnswer
from claims.errors import InvalidValueError, TransitionError
from claims.models import Claim, Measure, Party, SamenessQuestion, Source, Subject
from claims.workflow.events import moment
from claims.workflow.history import bulk_create_signed, signed_save
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
    ((first, second),) = _checked(noun, [(one, other)])
    found = SamenessQuestion.objects.of(noun, first, second).select_for_update().first()
    if found is not None and not _is_other_ground(found, why):
        return found
    at = moment(now)
    row = _opened(found or SamenessQuestion(noun=noun, first=first, second=second), why, by, at)
    return signed_save(row, by=by, reason=reason, now=at)


@verb("edit_desk", savepoint=False)
def ask_together(
    *,
    noun: str,
    pairs: Mapping[tuple[int, int], str],
    by: User,
    reason: str,
    now: dt.datetime | None = None,
) -> list[SamenessQuestion]:
    """Ask about pairs of stored rows of a kind, as ask_sameness does; each pair has its why.

    Returns the questions in the order of the pairs. What is new is written at once, however
    many pairs; one that was answered "no" on other grounds takes a statement of its own.
    """
    wanted = dict(zip(_checked(noun, pairs), pairs.values(), strict=True))
    known = {(row.first, row.second): row for row in SamenessQuestion.objects.among(noun, wanted)}
    at = moment(now)
    fresh = [
        _opened(SamenessQuestion(noun=noun, first=two[0], second=two[1]), why, by, at)
        for two, why in wanted.items()
        if two not in known
    ]
    if fresh:
        bulk_create_signed(fresh, by=by, reason=reason, now=at)
    asked = known | {(row.first, row.second): row for row in fresh}
    for two, why in wanted.items():
        if two in known and _is_other_ground(known[two], why):
            one, other = two
            asked[two] = ask_sameness(
                noun=noun, one=one, other=other, why=why, by=by, reason=reason, now=at
            )
    return [asked[two] for two in wanted]


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


def _is_other_ground(found: SamenessQuestion, why: str) -> bool:
    """Whether what people said no to is asked for another reason now."""
    return found.answer == SamenessAnswer.NO and found.why != why


def _opened(row: SamenessQuestion, why: str, by: User, at: dt.datetime) -> SamenessQuestion:
    row.why, row.asked_by, row.asked_at = why, by, at
    row.answer, row.answered_by, row.answered_at, row.reason = SamenessAnswer.OPEN, None, None, ""
    return row


def _checked(noun: str, pairs: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs with the lower number first, each of two rows that are there."""
    if noun not in MODELS:
        known = ", ".join(MergedNoun.values)
        raise InvalidValueError(f"noun: one of {known}.", field="noun")
    if any(one == other for one, other in pairs):
        raise InvalidValueError("other: a row is the same as itself.", field="other")
    numbers = {number for two in pairs for number in two}
    if MODELS[noun].objects.filter(pk__in=numbers).count() < len(numbers):
        raise InvalidValueError(f"other: there is no such {noun}.", field="other")
    return [(min(two), max(two)) for two in pairs]
