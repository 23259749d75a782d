"""The act in progress: what it wrote so far, forgetting what a savepoint undid."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, Final

from django.db import connection, transaction

from claims.domain.acts import ActLine


@dataclass(slots=True)
class State:
    """A row without a history of its own: its values now, None when it is gone."""

    values: dict[str, Any] | None
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Deed:
    """What accounts may be told of: an action on a row, by whom (None: the machine), and why.

    ``to`` are the numbers of the accounts that it is said to; None stands for all that follow
    the row. An empty action stands for whatever the act does to a row of a register.
    """

    action: str
    noun: str
    number: int
    actor: int | None
    words: str
    to: frozenset[int] | None = None


@dataclass(slots=True, eq=False)
class _Step:
    """What was noted under the same savepoints; Django forgets it when one of them is undone."""

    savepoints: tuple[Any, ...]
    lines: list[ActLine] = field(default_factory=list)
    states: dict[tuple[str, str], State] = field(default_factory=dict)
    published: list[dict[str, Any]] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)

    def __call__(self) -> None:
        """Nothing: it stands among the callbacks only so that we see whether it was dropped."""


class ActInProgress:
    """One signed act, open in this thread of work."""

    def __init__(self, verb: str, actor_id: int | None, reason: str) -> None:
        self.id = _ordered_uuid()
        self.nonce = os.urandom(16).hex()
        self.verb, self.actor_id, self.reason = verb, actor_id, reason
        self.seals = 0
        self._steps: list[_Step] = []
        self._before = connection.run_on_commit[-1:]

    def note(self, table: str, place: str, digest: str) -> None:
        """Cover one row that is never changed again."""
        self._step().lines.append((table, place, digest))

    def note_many(self, lines: list[ActLine]) -> None:
        """Cover many of them."""
        self._step().lines.extend(lines)

    def note_state(self, table: str, key: str, state: State) -> None:
        """Cover a row that may change later; the last state of an act counts."""
        states = self._step().states
        held = states.get((table, key))
        state.is_new = state.is_new or (held is not None and held.is_new)
        states[table, key] = state

    def note_published(self, ref: str, version: int, sha256: str) -> None:
        """Say in public that this act sealed a version."""
        self.seals += 1
        named = {"ref": ref, "version": version, "sha256": sha256}
        self._step().published.append(named)

    def note_deeds(self, deeds: Iterable[Deed]) -> None:
        """Let accounts be told of these when the act ends."""
        self._step().deeds.extend(deeds)

    def deeds(self) -> list[Deed]:
        """Those of them that were not undone."""
        return [deed for step in self._kept_steps() for deed in step.deeds]

    def kept(self) -> tuple[list[ActLine], dict[tuple[str, str], State], list[dict[str, Any]]]:
        """All that was noted and not undone: lines, states by table and key, versions."""
        steps = self._kept_steps()
        states: dict[tuple[str, str], State] = {}
        for step in steps:
            for key, state in step.states.items():
                state.is_new = state.is_new or (key in states and states[key].is_new)
                states[key] = state
        lines = [line for step in steps for line in step.lines]
        return lines, states, [one for step in steps for one in step.published]

    def _kept_steps(self) -> list[_Step]:
        since = takewhile(
            lambda waiting: not any(waiting is one for one in self._before),
            reversed(connection.run_on_commit),
        )
        alive = {id(waiting[1]) for waiting in since}
        return [step for step in self._steps if id(step) in alive]

    def _step(self) -> _Step:
        # A block without a savepoint (None) is undone with the one around it only.
        savepoints = tuple(filter(None, connection.savepoint_ids))
        if not self._steps or self._steps[-1].savepoints != savepoints:
            self._steps.append(_Step(savepoints))
            transaction.on_commit(self._steps[-1])
        return self._steps[-1]


_open: Final[ContextVar[ActInProgress | None]] = ContextVar("act in progress", default=None)


def current_act() -> ActInProgress | None:
    """The act that what is written now belongs to."""
    return _open.get()


def current_act_id() -> uuid.UUID | None:
    """Its number, for the column ``act`` of the rows that it writes."""
    held = _open.get()
    return held.id if held is not None else None


@contextmanager
def opened(act: ActInProgress) -> Iterator[ActInProgress]:
    """Make it the act of everything that is written inside."""
    token = _open.set(act)
    try:
        yield act
    finally:
        _open.reset(token)


def _ordered_uuid() -> uuid.UUID:
    """A UUID of version 7: its order is that of time, which keeps indexes small."""
    stamp = int(time.time() * 1000).to_bytes(6)
    number = int.from_bytes(stamp + os.urandom(10))
    number = number & ~(0xF << 76) | 7 << 76
    return uuid.UUID(int=number & ~(0x3 << 62) | 0x2 << 62)
