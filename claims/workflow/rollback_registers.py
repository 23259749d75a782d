"""Taking back what an account did to registers and texts: edits, new sources, unread texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final, NamedTuple

from django.contrib.auth.models import User

from claims.choices import MergedNoun
from claims.errors import StaleRevisionError
from claims.models import (
    Article,
    ArticleRevision,
    Correction,
    Measure,
    Merge,
    Party,
    Source,
    Subject,
    SubjectBelligerent,
)
from claims.workflow import articles, measures, parties, sources, subjects
from claims.workflow.earlier import earlier_row
from claims.workflow.rollback_steps import Rollback, Step
from claims.workflow.text_edits import change_text

CORRECTED: Final = "corrected back; what readers see of it goes before reviewers"
WITHDRAWN: Final = "withdrawn; claims that rest on it go before reviewers"
TEXT_BACK: Final = "the former text waits for approval"


# What waits of an edit ends, or says the former words, once the edit is taken back; the parties
# to a conflict are put back with their subject.
WITH_ROW: Final = frozenset({Correction, SubjectBelligerent})


class _Register(NamedTuple):
    """How a register is edited: the verb, its argument and the columns it takes."""

    edit: Callable[..., Any]
    argument: str
    columns: frozenset[str]


REGISTERS: Final[dict[Any, _Register]] = {
    Source: _Register(sources.edit_source, "source", sources.FIELDS),
    Party: _Register(parties.edit_party, "party", parties.FIELDS),
    Subject: _Register(subjects.edit_subject, "subject", subjects.FIELDS),
    Measure: _Register(measures.edit_measure, "measure", measures.FIELDS),
    Article: _Register(articles.edit_article, "article", articles.FIELDS),
}


def register_steps(plan: Rollback) -> Iterator[Step]:
    """A step for each row of a register, and each text, that the account wrote since."""
    for model in REGISTERS:
        for number in _touched(plan, model.history, "id"):
            yield _step(plan, model.objects.get(pk=number))
    for number in _touched(plan, ArticleRevision.history.filter(history_type="+"), "article_id"):
        yield _text_step(plan, Article.objects.get(pk=number))


def _touched(plan: Rollback, history: Any, key: str) -> list[int]:
    rows = history.filter(history_user=plan.account, history_date__gte=plan.since).order_by()
    return sorted(set(rows.values_list(key, flat=True)))


def _step(plan: Rollback, row: Any) -> Step:
    model = type(row)
    history = model.history.filter(id=row.pk).order_by("history_id")
    mine = history.filter(history_user=plan.account, history_date__gte=plan.since)
    first = mine.first()
    later = _edited_later(plan, history, first)
    if later is not None:
        return Step(row, f"skipped: {later} edited it later")
    if first.history_type != "+":
        before = history.filter(history_id__lt=first.history_id).last()
        changes = _differences(row, before, REGISTERS[model].columns)
        if isinstance(row, Subject):
            changes |= _belligerents(row, before)
        if not changes:
            return Step(row, "nothing to do: it says what it said before")
        told = ", ".join(sorted(changes))
        return Step(row, f"{CORRECTED}: {told}", partial(_correct, plan, row, first, changes))
    if model is not Source:
        return Step(row, "stays: rows of a register are not deleted")
    if row.is_withdrawn:
        return Step(row, "nothing to do: it is withdrawn already")
    return Step(row, WITHDRAWN, partial(_withdraw, plan, row, first))


def _edited_later(plan: Rollback, history: Any, first: Any) -> str | None:
    others = history.filter(history_id__gt=first.history_id).exclude(history_user=None)
    found = others.exclude(history_user=plan.account).select_related("history_user").first()
    return found.history_user.username if found is not None else None


def _differences(row: Any, before: Any, columns: frozenset[str]) -> dict[str, Any]:
    """The columns that a row of history has otherwise, with what they were."""
    links = {field.name: field.attname for field in row._meta.concrete_fields}
    changed = [
        name for name in columns if getattr(row, links[name]) != getattr(before, links[name])
    ]
    return {name: getattr(before, name) for name in changed}


def _belligerents(row: Subject, before: Any) -> dict[str, Any]:
    """The parties to the conflict, with their sides, where they were others; merged ones by now."""
    then = _sides(earlier_row(row, before))
    if then == _sides(row):
        return {}
    return {"belligerents": [(Party.objects.get(pk=number), side) for number, side in then]}


def _sides(row: Subject) -> list[tuple[int, str]]:
    """Number and side of each belligerent."""
    links = row.belligerent_links.all()
    by_now = Merge.objects.survivor
    return sorted(
        (by_now(MergedNoun.PARTY, link.party_id) or link.party_id, link.side) for link in links
    )


def _refuse_edited(plan: Rollback, row: Any, first: Any) -> None:
    history = type(row).history.filter(id=row.pk).order_by("history_id")
    later = _edited_later(plan, history, first)
    if later is not None:
        raise StaleRevisionError(f"{later} edited it later")


def _correct(
    plan: Rollback, row: Any, first: Any, changes: dict[str, Any], *, by: User, reason: str
) -> None:
    register = REGISTERS[type(row)]
    type(row).objects.select_for_update().get(pk=row.pk)
    _refuse_edited(plan, row, first)
    register.edit(**{register.argument: row}, by=by, reason=reason, **changes)


def _withdraw(plan: Rollback, row: Source, first: Any, *, by: User, reason: str) -> None:
    _refuse_edited(plan, row, first)
    sources.withdraw_source(source=row, by=by, reason=reason)


def _text_step(plan: Rollback, article: Article) -> Step:
    """The text before the account's first one, unless somebody else wrote one later."""
    texts = list(article.revisions.select_related("added_by").order_by("number"))
    mine = [one for one in texts if one.added_by == plan.account and one.added_at >= plan.since]
    first = mine[0]
    after = [one for one in texts if one.number > first.number and one.added_by != plan.account]
    before = [one for one in texts if one.number < first.number]
    if after:
        return Step(article, f"skipped: {after[0].added_by.username} wrote a later text")
    if not before:
        is_public = any(one.approved_at for one in texts)
        return Step(article, "stays: readers have it" if is_public else "stays: no reader has it")
    if before[-1].text == texts[-1].text:
        return Step(article, "nothing to do: its text says what it said before")
    old: dict[str, Any] = {"text": before[-1].text, "format": before[-1].format}
    return Step(article, TEXT_BACK, partial(change_text, base=texts[-1], **old))
