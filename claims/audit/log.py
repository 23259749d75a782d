"""The tree of the log: its leaves are the acts, its tiles and checkpoints those of the leaves."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from typing import Final

from django.db.models import Max, Min
from django.utils import timezone

from claims.audit.findings import Report
from claims.audit.kept import Promise, kept_beside_the_key, known_keys
from claims.audit.streams import ordered_rows
from claims.domain.merkle import (
    TILE_WIDTH,
    GrowingTree,
    TilePlace,
    leaf_hash,
    split_hashes,
    top_hash,
)
from claims.domain.notes import Note, NoteError, TreeHead, VerifierKey
from claims.models import Act, Checkpoint, LogTile
from claims.workflow.log_key import is_signed

MOST_WAITING: Final = dt.timedelta(hours=24)  # the merge delay; normal are seconds


def verify_log(report: Report, kept: Sequence[Promise] = ()) -> None:
    """Rebuild the tree from the acts; compare tiles, checkpoints and what was kept elsewhere."""
    keys = known_keys(report)
    promised = sorted([*kept, *kept_beside_the_key(report, keys)])
    tree = _Tree(report, promised)
    for number, act in enumerate(ordered_rows(Act.objects.sequenced(), "index")):
        if act.index != number + tree.missing:
            report.blame(Act, act.pk, f"leaf {number + tree.missing} is missing before it")
            tree.missing = act.index - number
        tree.add(leaf_hash(act.entry))
    tree.finish()
    _verify_checkpoints(report, keys, tree.size)
    _verify_waiting(report)


class _Tree:
    """The tree as the acts make it, compared with what is stored while it grows."""

    def __init__(self, report: Report, promised: Sequence[Promise]) -> None:
        self.report, self.missing = report, 0
        self._tree = GrowingTree()
        self._rows: list[list[bytes]] = []  # of each level the hashes since the last full tile
        self._tiles: list[int] = []  # of each level how many tiles were full
        self._checkpoints = ordered_rows(Checkpoint.objects.defer("note"), "size")
        self._next = next(self._checkpoints, None)
        self._promised = list(promised)
        self._agreed = 0
        self._stored = _Stored()
        self._compare()

    @property
    def size(self) -> int:
        return self._tree.size

    def add(self, leaf: bytes) -> None:
        self._tree.add(leaf)
        self._add(0, leaf)
        self._compare()

    def _add(self, level: int, found: bytes) -> None:
        if level == len(self._rows):
            self._rows.append([])
            self._tiles.append(0)
        row = self._rows[level]
        row.append(found)
        if len(row) == TILE_WIDTH:
            self._verify_tile(level)
            self._rows[level] = []
            self._tiles[level] += 1
            self._add(level + 1, top_hash(row))

    def _verify_tile(self, level: int) -> None:
        place, hashes = (level, self._tiles[level]), b"".join(self._rows[level])
        self.report.count(LogTile)
        held = self._stored.take(place)
        if held != hashes:
            what = (
                "it is missing" if held is None else f"differs from the leaves{_at(held, hashes)}"
            )
            self.report.blame(LogTile, f"{level}/{place[1]}", what)

    def _compare(self) -> None:
        """Compare the root with the checkpoints of this size."""
        while self._next is not None and self._next.size == self.size:
            self.report.count(Checkpoint)
            if self._next.root != self._tree.root().hex():
                self.report.blame(Checkpoint, self.size, "the acts before it lead to another root")
            self._next = next(self._checkpoints, None)
        while self._promised and self._promised[0].size == self.size:
            promise = self._promised.pop(0)
            if promise.root == self._tree.root():
                self._agreed = self.size
                continue
            what = (
                f"{promise.where} has another root: an act of leaves {self._agreed} to "
                f"{self.size - 1} was changed, added or removed since"
            )
            self.report.blame(Checkpoint, self.size, what)

    def finish(self) -> None:
        """What is left: tiles that are not full, and whatever is stored beyond the leaves."""
        for level, row in enumerate(self._rows):
            if row:
                self._verify_tile(level)
        for level, number in self._stored.left():
            self.report.blame(LogTile, f"{level}/{number}", "no leaf belongs to it")
        for checkpoint in itertools.chain([self._next] if self._next else [], self._checkpoints):
            what = f"it has {checkpoint.size} leaves and the log {self.size}: acts are missing"
            self.report.blame(Checkpoint, checkpoint.size, what)
        for promise in self._promised:
            what = (
                f"{promise.where} has {promise.size} leaves and the log {self.size}: "
                f"{promise.size - self.size} acts are missing"
            )
            self.report.blame(Checkpoint, promise.size, what)


class _Stored:
    """The stored tiles, read level by level side by side with the tree that grows."""

    def __init__(self) -> None:
        self._rows: dict[int, Iterator[LogTile]] = {}
        self._levels = set(LogTile.objects.values_list("level", flat=True).distinct())
        self._heads: dict[int, LogTile | None] = {}
        self._strays: list[TilePlace] = []

    def take(self, place: TilePlace) -> bytes | None:
        """The stored hashes of a tile; those that were passed over are strays."""
        level, number = place
        if level not in self._rows:
            self._levels.discard(level)
            self._rows[level] = ordered_rows(LogTile.objects.filter(level=level), "number")
            self._heads[level] = next(self._rows[level], None)
        head = self._heads[level]
        if head is None or head.number != number:
            return None
        self._heads[level] = next(self._rows[level], None)
        return bytes(head.hashes)

    def left(self) -> Iterator[TilePlace]:
        """The tiles that were not taken."""
        for level in self._levels:
            yield from ((level, row.number) for row in LogTile.objects.filter(level=level))
        for level, rows in self._rows.items():
            head = self._heads[level]
            yield from ((level, row.number) for row in [*([head] if head else []), *rows])


def _at(held: bytes, hashes: bytes) -> str:
    pairs = zip(split_hashes(held), split_hashes(hashes), strict=False)
    first = next((at for at, (one, other) in enumerate(pairs) if one != other), None)
    return f" from hash {first} on" if first is not None else " in their number"


def _verify_checkpoints(report: Report, keys: list[VerifierKey], size: int) -> None:
    """Every checkpoint is signed from the first signed one on, and the newest covers the log."""
    signed, newest = False, None
    for newest in ordered_rows(Checkpoint.objects.all(), "size"):
        if newest.note:
            signed = True
            for what in _faults(newest, keys):
                report.blame(Checkpoint, newest.size, what)
        elif signed or (keys and newest.size == size):
            report.blame(Checkpoint, newest.size, "it is not signed")
    if size and (newest is None or newest.size < size):
        report.blame(Checkpoint, size, f"no checkpoint covers the {size} leaves of the log")
    if not keys:
        words = "signatures were not checked" if signed else "checkpoints are not signed"
        report.notes.append(f"This site has no key of the log: {words} (create_log_key).")


def _faults(checkpoint: Checkpoint, keys: list[VerifierKey]) -> Iterator[str]:
    try:
        note = Note.parse(checkpoint.note)
        head = TreeHead.parse(note.text)
    except NoteError as error:
        yield error.message
        return
    if (head.size, head.root.hex()) != (checkpoint.size, checkpoint.root):
        yield "its note says another size or root"
    if keys and (not is_signed(note, keys) or head.origin not in {key.name for key in keys}):
        yield "no key of this log signed it"


def _verify_waiting(report: Report) -> None:
    """Acts may wait for the sequencer, but not for long."""
    waiting = Act.objects.filter(index__isnull=True).aggregate(oldest=Min("at"), newest=Max("at"))
    if waiting["oldest"] is None:
        return
    count = Act.objects.filter(index__isnull=True).count()
    age = timezone.now() - waiting["oldest"]
    words = f"{count} acts wait for the sequencer, the oldest since {_span(age)}"
    if age > MOST_WAITING:
        report.blame(Act, Act.objects.waiting()[0].pk, f"{words}: is the worker running?")
    else:
        report.notes.append(f"{words}.")


def _span(age: dt.timedelta) -> str:
    seconds = int(age.total_seconds())
    if seconds < 120:
        return f"{seconds} s"
    return f"{seconds // 60} min" if seconds < 7200 else f"{seconds // 3600} h"
