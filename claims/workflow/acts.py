"""Acts of the log: opened by the outermost verb, written with the digest of all that it did."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from claims.choices import WatchedNoun
from claims.domain.acts import gone_digest, state_digest
from claims.domain.refs import CLAIM, format_ref
from claims.errors import InvalidValueError
from claims.models import Act, ActRow, ClaimVersion
from claims.models.acts import ActInProgress, State, current_act, opened
from claims.models.states import ordered_key, row_digest, values_of
from claims.workflow.new_accounts import require_room
from claims.workflow.notifying import notify
from claims.workflow.rows import write_rows
from claims.workflow.sequencing import ask_for_sealing
from claims.workflow.waiting import refresh_queue

MOST_VERSIONS: Final = 500  # an entry of the log has at most 65,535 bytes


@contextmanager
def act(
    verb: str, *, by: User | None, reason: str, is_limited: bool = True
) -> Iterator[ActInProgress]:
    """Make what is written inside one act of the log, or a part of the act that is open already.

    ``by`` is None for the machine. An act that wrote nothing leaves nothing. A new account that
    did all it may for now is refused here, whatever door it came by, if ``is_limited``.
    """
    held = current_act()
    if held is not None:
        yield held
        return
    if by is not None and is_limited:
        require_room(by)
    with transaction.atomic(savepoint=False):
        actor = by.pk if by is not None else None
        with opened(ActInProgress(verb, actor, reason)) as new:
            yield new
        if not transaction.get_rollback():  # else all of it is undone
            _write(new)
            deeds = new.deeds()
            refresh_queue(deed.number for deed in deeds if deed.noun == WatchedNoun.CLAIM)
            notify(deeds, verb=verb, doer=actor)


def cover_version(version: ClaimVersion) -> uuid.UUID | None:
    """Let the act in progress cover a version that is about to be stored; return the act."""
    held = current_act()
    if held is None:
        return None
    if held.seals >= MOST_VERSIONS:
        raise InvalidValueError(f"One act seals at most {MOST_VERSIONS} versions; use several.")
    held.note(version._meta.db_table, ordered_key(version.sequence), row_digest(version))
    ref = format_ref(CLAIM, version.claim_id)
    held.note_published(ref, version.number, version.sha256)
    return held.id


def cover_state(row: models.Model, *, is_new: bool = False) -> None:
    """Let the act in progress cover a row that keeps no history."""
    held = current_act()
    if held is not None:
        state = State(values_of(row), is_new=is_new)
        held.note_state(row._meta.db_table, ordered_key(row.pk), state)


def cover_removal(table: str, key: str) -> None:
    """Let the act in progress say that such a row is gone."""
    held = current_act()
    if held is not None:
        held.note_state(table, key, State(None))


def _write(held: ActInProgress) -> None:
    lines, states, published = held.kept()
    rows = _rows_of(held, states)
    lines += [(row.table, row.key, row.digest) for row in rows]
    if not lines:
        return
    row = Act(
        id=held.id,
        at=timezone.now(),
        actor_id=held.actor_id,
        verb=held.verb,
        reason=held.reason,
        nonce=held.nonce,
        published=published,
        rows=len(lines),
    )
    row.digest = row.header.digest(sorted(lines))
    write_rows([row])
    write_rows(rows)
    ask_for_sealing()


def _rows_of(held: ActInProgress, states: Mapping[tuple[str, str], State]) -> list[ActRow]:
    """The rows that keep these states, each chained to what was known of it before."""
    before = _known([place for place, state in states.items() if not state.is_new])
    rows = []
    for (table, key), state in sorted(states.items()):
        newest = before.get((table, key))
        previous = newest.digest if newest is not None else ""
        if state.values is None:
            digest = gone_digest(key, previous)
            said_already = newest is None or newest.is_gone
        else:
            digest = state_digest(state.values, previous)
            said_already = newest is not None and _is_same(newest, state.values)
        if not said_already:
            rows.append(
                ActRow(
                    act=held.id,
                    table=table,
                    key=key,
                    previous=previous,
                    digest=digest,
                    is_gone=state.values is None,
                )
            )
    return rows


def _is_same(newest: ActRow, values: dict[str, Any]) -> bool:
    return not newest.is_gone and newest.digest == state_digest(values, newest.previous)


def _known(places: list[tuple[str, str]]) -> dict[tuple[str, str], ActRow]:
    """The newest row of each of these."""
    if not places:
        return {}
    wanted = Q()
    for table, key in places:
        wanted |= Q(table=table, key=key)
    return {(row.table, row.key): row for row in ActRow.objects.filter(wanted).order_by("pk")}
