"""Acts of the log cover every row: none is missing, changed, or belongs to no act."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import models

from claims.audit.findings import Report
from claims.audit.histories import tracked_models
from claims.audit.streams import by_bytes, ordered_rows, side_by_side
from claims.domain.acts import ActLine, gone_digest, state_digest
from claims.models import (
    Act,
    ActRow,
    ClaimVersion,
    ImportedPage,
    ImportedStatement,
    ImportedTable,
    ImportRun,
    ReviewEvent,
)
from claims.models.states import ordered_key, row_digest, values_of
from claims.workflow.foreign import foreign_models

type _Covered = tuple[UUID, str, str, str]  # act, table, place, digest


def state_models() -> list[type[models.Model]]:
    """The tables whose rows acts cover by their state, since they keep no history."""
    return [ImportRun, ImportedPage, ImportedTable, ImportedStatement, *foreign_models()]


def verify_acts(report: Report) -> None:
    """Add up what each act wrote, and compare it with the act's digest."""
    groups = itertools.groupby(heapq.merge(*covered()), key=itemgetter(0))
    head = next(groups, None)
    for act in ordered_rows(Act.objects.select_related("actor"), "pk"):
        report.count(Act)
        while head is not None and head[0] < act.pk:
            head = _blame_unknown(report, head, groups)
        lines: Iterator[ActLine] = iter(())
        mine = head is not None and head[0] == act.pk
        if head is not None and mine:
            lines = (row[1:] for row in head[1])
        _verify_act(report, act, lines)
        if mine:
            head = next(groups, None)
    while head is not None:
        head = _blame_unknown(report, head, groups)
    _verify_none_outside(report)


def _verify_act(report: Report, act: Act, lines: Iterator[ActLine]) -> None:
    counted = itertools.count()
    digest = act.header.digest(line for line, _ in zip(lines, counted, strict=False))
    if digest == act.digest:
        return
    rows = next(counted)
    who = act.actor.username if act.actor is not None else "the machine"
    found = f"{rows} of them are there" if rows != act.rows else "one of them was changed"
    if rows > act.rows:
        found = f"{rows} say that they belong to it"
    what = f"{act.verb} by {who} wrote {act.rows} rows and {found}, or the act itself was changed"
    report.blame(Act, act.pk, what)


def _blame_unknown(report: Report, head: Any, groups: Any) -> Any:
    """Name rows of an act that is not there; return the next group."""
    number, rows = head
    tables = sorted({row[1] for row in rows})
    report.blame(Act, number, f"the act is missing; rows of {', '.join(tables)} name it")
    return next(groups, None)


def covered() -> Iterator[Iterator[_Covered]]:
    """What each table says of the acts that wrote its rows, ordered by act and place."""
    for model in tracked_models():
        yield _of_history(model.history.model)  # type: ignore[attr-defined]
    yield _of_log(ReviewEvent.objects.all(), "pk")
    yield _of_log(ClaimVersion.objects.defer("payload"), "sequence")
    rows = ActRow.objects.order_by("act", by_bytes("table"), by_bytes("key"))
    yield rows.values_list("act", "table", "key", "digest").iterator(chunk_size=1_000)


def _of_history(histories: Any) -> Iterator[_Covered]:
    rows = histories.objects.filter(act__isnull=False)
    rows = rows.order_by("act", by_bytes("history_digest")).values_list("act", "history_digest")
    for act, digest in rows.iterator(chunk_size=1_000):
        yield act, histories._meta.db_table, digest, digest


def _of_log(rows: models.QuerySet[Any], place: str) -> Iterator[_Covered]:
    for row in ordered_rows(rows.filter(act__isnull=False), "act", place):
        yield row.act, row._meta.db_table, ordered_key(getattr(row, place)), row_digest(row)


def _verify_none_outside(report: Report) -> None:
    histories = [model.history.model for model in tracked_models()]  # type: ignore[attr-defined]
    for model in (*histories, ReviewEvent, ClaimVersion):
        for number in model._default_manager.filter(act__isnull=True).values_list("pk", flat=True):
            report.blame(model, number, "it belongs to no act of the log")


def verify_states(report: Report) -> None:
    """Rows without a history are as the newest act that wrote them left them."""
    for model in state_models():
        table = model._meta.db_table
        said = ActRow.objects.filter(table=table).order_by(by_bytes("key"), "pk")
        pairs = side_by_side(
            (said.iterator(chunk_size=1_000), "key"),
            (_keyed(model), "log_key"),
        )
        for key, (steps, rows) in pairs:
            report.count(model, len(rows))
            report.count(ActRow, len(steps))
            _verify_steps(report, model, key, steps)
            _verify_state(report, model, key, steps, rows)


def _keyed(model: type[models.Model]) -> Iterator[Any]:
    rows = model._default_manager.all()
    names = [name for name in ("groups", "permissions", "user_permissions") if hasattr(model, name)]
    rows = rows.prefetch_related(*names) if names else rows
    order = by_bytes("pk") if isinstance(model._meta.pk, models.CharField) else "pk"
    row: Any
    for row in rows.order_by(order).iterator(chunk_size=500):
        row.log_key = ordered_key(row.pk)
        yield row


def _verify_steps(report: Report, model: type[models.Model], key: Any, steps: list[ActRow]) -> None:
    previous = ""
    for step in steps:
        if step.previous != previous:
            what = f"of {model._meta.db_table} {_name(model, key)}: the state before it is missing"
            report.blame(ActRow, step.pk, what)
        previous = step.digest


def _verify_state(
    report: Report, model: type[models.Model], key: Any, steps: list[ActRow], rows: list[Any]
) -> None:
    newest = steps[-1] if steps else None
    name = _name(model, key)
    if newest is None:
        report.blame(model, name, "no act of the log added it")
    elif not rows:
        if not newest.is_gone or newest.digest != gone_digest(key, newest.previous):
            report.blame(model, name, "the row is gone and no act of the log removed it")
    elif newest.is_gone:
        report.blame(model, name, "the row is there though an act of the log removed it")
    elif newest.digest != state_digest(values_of(rows[0]), newest.previous):
        report.blame(model, name, "differs from what the newest act that wrote it left")


def _name(model: type[models.Model], key: str) -> str:
    """The row's key as people know it; of an API key only the beginning."""
    return key.lstrip("0") if isinstance(model._meta.pk, models.AutoField) else key[:8]
