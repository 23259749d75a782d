"""Noting what an import of a table added, and undoing it while nothing of it is published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import Model

from claims.choices import (
    AUTHORING_ACTIONS,
    AssertionStatus,
    ClaimState,
    ReviewAction,
    TableOutcome,
)
from claims.errors import TransitionError
from claims.models import (
    Assertion,
    Claim,
    ImportedStatement,
    ImportedTable,
    ImportRun,
    ReviewEvent,
)
from claims.workflow.acts import cover_state
from claims.workflow.checking import check_row
from claims.workflow.events import moment
from claims.workflow.evidence import withdraw_assertion
from claims.workflow.importing import start_import
from claims.workflow.locking import lock_with_totals
from claims.workflow.review import move
from claims.workflow.transitions import claim_state_after
from claims.workflow.values import assign
from claims.workflow.verbs import require_permission, verb

SHOWN: Final = 20  # obstacles that a refusal names
# What a claim asks, by column; and what people decide about it.
_ASKED: Final = (
    *("question", "subject_id", "measure_id", "unit", "population", "aggregation", "as_of"),
    *("cardinality", "tolerance_pct", "best_policy"),
)
_DECISIONS: Final = frozenset(AUTHORING_ACTIONS) - {ReviewAction.DRAFTED, ReviewAction.EDITED}
_COUNTS: Final = frozenset({"known", "rejected", "empty", "rejections"})


@verb("edit_desk")
def start_table(
    *,
    by: User,
    reason: str,
    file_name: str,
    file_sha256: str,
    header: str = "",
    mapping: str = "",
    content: str = "",
    now: dt.datetime | None = None,
) -> ImportedTable:
    """Note that a table is imported, or waits with its ``content``.

    An import of the same file that was cut short is taken up again; one that waits is refused.
    """
    unfinished = ImportRun.objects.unfinished(file_sha256)
    held = ImportedTable.objects.filter(run=unfinished).first() if unfinished else None
    if held is not None and held.outcome == TableOutcome.WAITING:
        raise TransitionError(
            f"This file waits on the desk, uploaded by {held.run.started_by}: import it there or "
            "drop it.",
            field="file",
        )
    if held is not None and not content:
        return held
    run = start_import(by=by, reason=reason, file_name=file_name, file_sha256=file_sha256, now=now)
    outcome = TableOutcome.WAITING if content else TableOutcome.IMPORTED
    row = ImportedTable(run=run, outcome=outcome, header=header, mapping=mapping, content=content)
    return _insert(row)


@verb("edit_desk")
def begin_table(*, table: ImportedTable, by: User, reason: str, mapping: str) -> ImportedTable:
    """Begin to import a table that waited; its text is dropped."""
    row = ImportedTable.objects.select_for_update().get(pk=table.pk)
    if row.outcome != TableOutcome.WAITING:
        raise TransitionError(f"{row} is {row.get_outcome_display()} already.", field="outcome")
    row.outcome, row.content, row.mapping = TableOutcome.IMPORTED, "", mapping
    return _update(row)


@verb("edit_desk")
def note_statements(
    *,
    table: ImportedTable,
    assertions: Iterable[Assertion],
    by: User,
    reason: str,
    drafted: bool = False,
) -> list[ImportedStatement]:
    """Note what the import added to one claim; ``drafted`` when the claim is new."""
    return [
        _insert(ImportedStatement(table=table, assertion=one, drafted=drafted))
        for one in assertions
    ]


@verb("edit_desk")
def finish_table(
    *, table: ImportedTable, by: User, reason: str, now: dt.datetime | None = None, **counts: Any
) -> ImportedTable:
    """Note the counts at the end of the import: known, rejected, empty, rejections."""
    row = ImportedTable.objects.select_for_update().select_related("run").get(pk=table.pk)
    assign(row, counts, _COUNTS)
    row.added = row.statements.count()
    row.run.finished_at = moment(now)
    _update(row.run)
    return _update(row)


@verb("edit_desk")
def undo_table(
    *, table: ImportedTable, by: User, reason: str, now: dt.datetime | None = None
) -> ImportedTable:
    """Take back what an import added: retire its drafts, withdraw its other statements.

    Refused while anything of it is published, or was edited since, with the list of it. Sources,
    parties and subjects stay. Whoever did not import it needs the right to retire claims.
    """
    row = ImportedTable.objects.select_for_update().select_related("run").get(pk=table.pk)
    if row.outcome != TableOutcome.IMPORTED:
        raise TransitionError(
            f"{row} is {row.get_outcome_display()}; only an imported table is undone.",
            field="outcome",
        )
    if row.run.started_by_id != by.pk:
        require_permission(by, "retire_claim")
    at = moment(now)
    made = list(row.statements.select_related("assertion__claim"))
    claims = lock_with_totals({one.assertion.claim_id for one in made})
    _refuse_obstacles(made, claims)
    for claim in claims.values():
        mine = [one for one in made if one.assertion.claim_id == claim.pk]
        _take_back(claim, mine, by=by, reason=reason, now=at)
    row.outcome = TableOutcome.UNDONE
    row.undone_by, row.undone_at, row.undo_reason = by, at, reason
    if row.run.finished_at is None:
        row.run.finished_at = at
        _update(row.run)
    return _update(row)


@verb("edit_desk")
def drop_table(
    *, table: ImportedTable, by: User, reason: str, now: dt.datetime | None = None
) -> ImportedTable:
    """Drop an upload that waits; nothing of it was imported."""
    row = ImportedTable.objects.select_for_update().select_related("run").get(pk=table.pk)
    if row.outcome != TableOutcome.WAITING:
        raise TransitionError(
            f"{row} is {row.get_outcome_display()}; only a table that waits is dropped.",
            field="outcome",
        )
    at = moment(now)
    row.outcome, row.content = TableOutcome.UNDONE, ""
    row.undone_by, row.undone_at, row.undo_reason = by, at, reason
    row.run.finished_at = at
    _update(row.run)
    return _update(row)


def obstacles(made: Sequence[ImportedStatement]) -> Iterator[str]:
    """Why the statements of an import cannot be taken back, each with what it names."""
    births = _births(made)
    told = set()
    for one in made:
        born = births[one.assertion_id]
        claim = one.assertion.claim
        later = one.assertion.history.exclude(act=born.act).order_by("-history_id").first()
        if later is not None:
            yield f"{one.assertion.ref} was edited by {later.history_user} since"
        if claim.pk in told:
            continue
        told.add(claim.pk)
        if _was_shown(claim, born):
            yield f"{claim.ref} was published since"
        elif one.drafted:
            yield from _edits(claim, one.table_id)


def _births(made: Sequence[ImportedStatement]) -> dict[int, Any]:
    """The history row with which each statement was added, by its number."""
    numbers = [one.assertion_id for one in made]
    return {row.id: row for row in Assertion.history.filter(id__in=numbers, history_type="+")}


def _was_shown(claim: Claim, born: Any) -> bool:
    """Whether a version was published since the statement was added.

    The history tells; a clock does for versions from before they named what they showed.
    """
    return any(
        shown["assertion"] >= born.history_id if "assertion" in shown else at >= born.history_date
        for shown, at in claim.versions.values_list("shown", "published_at")
    )


def _edits(claim: Claim, table: int) -> Iterator[str]:
    """What people made of a claim since an import drafted it."""
    others = claim.assertions.filter(status=AssertionStatus.LIVE)
    for row in others.exclude(imported_by__table=table):
        yield f"{row.ref} was added to {claim.ref} since"
    newest, first = claim.history.latest(), claim.history.earliest()
    if any(getattr(newest, name) != getattr(first, name) for name in _ASKED):
        yield f"{claim.ref} was edited by {newest.history_user} since"
    decided = ReviewEvent.objects.filter(claim=claim, actor__isnull=False, action__in=_DECISIONS)
    event = decided.order_by("-pk").first()
    if event is not None:
        yield f"{claim.ref}: {event.get_action_display()} since"


def _refuse_obstacles(made: Sequence[ImportedStatement], claims: dict[int, Claim]) -> None:
    for one in made:
        one.assertion.claim = claims[one.assertion.claim_id]
    found = list(obstacles(made))
    if found:
        more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        raise TransitionError(
            f"This import cannot be undone: {'; '.join(found[:SHOWN])}{more}.", field="outcome"
        )


def _take_back(
    claim: Claim, made: list[ImportedStatement], *, by: User, reason: str, now: dt.datetime
) -> None:
    """Retire the claim when the import drafted it, else withdraw what it added."""
    if made[0].drafted:
        if claim.state != ClaimState.RETIRED:
            state = claim_state_after("retire", claim.state)
            move(claim, state, ReviewAction.RETIRED, by=by, reason=reason, now=now)
        return
    for one in made:
        if one.assertion.status == AssertionStatus.LIVE:
            withdraw_assertion(assertion=one.assertion, by=by, reason=reason, now=now)


def _insert[Row: Model](row: Row) -> Row:
    check_row(row)
    row.save(force_insert=True)
    cover_state(row, is_new=True)
    return row


def _update[Row: Model](row: Row) -> Row:
    check_row(row)
    row.save()
    cover_state(row)
    return row
