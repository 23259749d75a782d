"""The sequencer: numbers committed acts as leaves of the log, and signs one checkpoint a batch."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.tasks import task, task_backends
from django.tasks.backends.immediate import ImmediateBackend
from django.utils import timezone

from claims.domain.merkle import (
    TilePlace,
    edge_places,
    grow,
    leaf_hash,
    span_hash,
    tiles_under,
)
from claims.domain.notes import TreeHead
from claims.errors import LogForkedError
from claims.models import Act, Checkpoint, LogTile
from claims.workflow.log_key import (
    LogKey,
    keep_checkpoint,
    kept_checkpoint,
    kept_path,
    log_key,
    write_key,
)

BATCH: Final = 4_096  # acts numbered in one transaction
DELAY: Final = timedelta(seconds=5)  # from an act to the task that numbers it
_AGAIN: Final = 4.0  # seconds; less than DELAY, so that no act falls between two tasks
_LOCK: Final = 0x66616374_6C6F67  # "factlog", for PostgreSQL's advisory lock
_LOOK_BACK: Final = 8  # callbacks; one act in eight asks, none looks far
_asked: list[float] = [0.0]  # until when this process need not ask again
_held_back: list[bool] = [False]
logger = logging.getLogger(__name__)


class Sealed(NamedTuple):
    """How many acts became leaves, the size of the log since, and whether it is signed."""

    acts: int
    size: int
    is_signed: bool


def seal_log() -> Sealed:
    """Number all acts that wait and sign a checkpoint; nothing happens when none waits.

    Raises LogForkedError when the stored log does not extend what was signed here before.
    """
    acts = 0
    while True:
        done = _seal_batch()
        acts += done.acts
        if done.acts < BATCH:
            return done._replace(acts=acts)


@task()
def seal_waiting() -> int:
    """Number the acts that wait; doing it twice changes nothing."""
    return seal_log().acts


def ask_for_sealing() -> None:
    """After the commit, see to it that the act gets its leaf: in development at once.

    With a queue one task serves all acts of the next seconds.
    """
    if not _is_asked():
        transaction.on_commit(_ask, robust=True)


def _is_asked() -> bool:
    """Whether an act before this one, of the same transaction, asked.

    It can only be undone together with this one: savepoints that ended have been undone already.
    """
    newest = islice(reversed(connection.run_on_commit), _LOOK_BACK)
    return any(waiting[1] is _ask for waiting in newest)


@contextmanager
def sealed_at_the_end() -> Iterator[None]:
    """Number the acts of a long piece of work together when it is over."""
    _held_back[0] = True
    try:
        yield
    finally:
        _held_back[0] = False
    ask_for_sealing()


def hold_back() -> None:
    """Leave it to another process to ask for sealing, from now on."""
    _held_back[0] = True


def begin_key(path: Path, name: str) -> bool:
    """Make a key for a log that nothing was signed in yet; in development only.

    A key that is there belongs to a database that is gone: it is put aside.
    """
    if settings.LOG_KEY or Checkpoint.objects.newest_signed() is not None:
        return False
    for old in (path, kept_path()):
        if old is not None and old.exists():
            old.replace(old.with_name(f"{old.name}.old"))
    write_key(LogKey.make(name), path)
    return True


def _ask() -> None:
    if _held_back[0]:
        return
    backend = task_backends["default"]
    if isinstance(backend, ImmediateBackend):
        _seal_at_once()
    elif not backend.supports_defer:
        seal_waiting.enqueue()
    elif (now := time.monotonic()) >= _asked[0]:
        _asked[0] = now + _AGAIN
        seal_waiting.using(run_after=timezone.now() + DELAY).enqueue()


def _seal_at_once() -> None:
    """Whoever acted is done: a log that cannot be sealed must not look like a refusal."""
    try:
        seal_log()
    except Exception:
        logger.exception("The acts wait for the sequencer.")


def _seal_batch() -> Sealed:
    with transaction.atomic():
        _take_turn()
        newest = Checkpoint.objects.newest()
        size = newest.size if newest is not None else 0
        waiting = list(Act.objects.waiting()[:BATCH])
        key = log_key()
        is_due = key is not None and newest is not None and not newest.note
        if not waiting and not is_due:
            return Sealed(0, size, newest is not None and bool(newest.note))
        if key is not None:
            _refuse_fork(size)
        grown = size + len(waiting)
        root = _grow(size, waiting)
        checkpoint = _checkpoint(grown, root, key)
        checkpoint.save(force_insert=grown > size)
        if checkpoint.note:
            transaction.on_commit(lambda: keep_checkpoint(checkpoint.note))
    return Sealed(len(waiting), grown, bool(checkpoint.note))


def _take_turn() -> None:
    """Let one sequencer work at a time; on SQLite the transaction itself does."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _grow(size: int, acts: list[Act]) -> bytes:
    """Give the acts their numbers, store the tiles that change, return the root since."""
    edge = LogTile.objects.at(edge_places(size))
    changed = grow(size, [leaf_hash(act.entry) for act in acts], edge)
    with connection.cursor() as cursor:
        cursor.executemany(
            'UPDATE claims_act SET "index" = %s WHERE id = %s',
            [(size + number, _column(act)) for number, act in enumerate(acts)],
        )
    rows = [
        LogTile(level=level, number=number, hashes=hashes)
        for (level, number), hashes in changed.items()
    ]
    LogTile.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["level", "number"],
        update_fields=["hashes"],
    )
    return span_hash((0, size + len(acts)), edge | changed)


def _column(act: Act) -> Any:
    field: Any = Act._meta.pk
    return field.get_db_prep_value(act.pk, connection)


def _checkpoint(size: int, root: bytes, key: LogKey | None) -> Checkpoint:
    note = key.sign(TreeHead(key.public.name, size, root).to_text()) if key is not None else ""
    return Checkpoint(size=size, root=root.hex(), note=note, at=timezone.now())


def _refuse_fork(size: int) -> None:
    """Sign nothing that contradicts what was signed: the log must extend the kept checkpoint."""
    kept = kept_checkpoint()
    if kept is None or not kept.size:
        return
    span = (0, kept.size)
    tiles: Mapping[TilePlace, bytes] = LogTile.objects.at(tiles_under([span]))
    try:
        agrees = size >= kept.size and span_hash(span, tiles) == kept.root
    except KeyError:
        agrees = False
    if not agrees:
        raise LogForkedError(
            f"The log does not extend the checkpoint of {kept.size} leaves that was signed here; "
            "nothing is signed. See verify_history."
        )
