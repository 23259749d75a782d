"""Keeping what the queue knows of claims that wait as their log of decisions has it."""

# Called once, when an act ends, in its transaction: whatever door a change comes by, it is noted.
# An audit compares it with the log, and a command draws it again.

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from claims.models import Claim, QueueEntry, ReviewEvent
from claims.models.queue_entry import WAITING
from claims.workflow.rows import write_rows

AT_ONCE: Final = 500  # claims that one question names


def refresh_queue(numbers: Iterable[int]) -> None:
    """Write anew what the queue knows of these claims; six queries for every 500, or one."""
    for named in batched(sorted(set(numbers)), AT_ONCE):
        some = list(_in_queue().filter(pk__in=named).values_list("pk", flat=True))
        if not some:
            continue
        wanted = entries_of(some)
        stored = list(QueueEntry.objects.filter(claim__in=some))
        kept = {_gist(row) for row in stored} & {_gist(row) for row in wanted}
        gone = [row.pk for row in stored if _gist(row) not in kept]
        if gone:
            QueueEntry.objects.filter(pk__in=gone).delete()
        write_rows([row for row in wanted if _gist(row) not in kept])


def misdrawn(numbers: Iterable[int]) -> list[int]:
    """Those of the claims of which the queue knows something else than their log has."""
    some = list(numbers)
    stored = {_gist(row) for row in QueueEntry.objects.filter(claim__in=some)}
    wanted = {_gist(row) for row in entries_of(some)}
    return sorted({gist[0] for gist in stored ^ wanted})


def waiting_claims() -> Iterator[tuple[int, ...]]:
    """The numbers of all claims that wait or are in the queue, in order, some at a time."""
    rows = _in_queue().order_by("pk").values_list("pk", flat=True)
    last = 0
    while some := tuple(rows.filter(pk__gt=last)[:AT_ONCE]):
        yield some
        last = some[-1]


def _in_queue() -> QuerySet[Claim]:
    """The claims that wait, and those that the queue knows of."""
    waits = Q(state__in=WAITING) | Q(Exists(QueueEntry.objects.filter(claim=OuterRef("pk"))))
    return Claim.objects.filter(waits).order_by()


def entries_of(numbers: Iterable[int]) -> list[QueueEntry]:
    """What the queue is to know of these claims; nothing of those that do not wait."""
    rows = Claim.objects.filter(pk__in=list(numbers), state__in=WAITING).order_by("pk")
    claims = list(rows.only("state", "last_edited_by_id"))
    if not claims:
        return []
    waiting = [claim.pk for claim in claims]
    since = Claim.objects.filter(pk__in=waiting).times_since()
    writers = defaultdict[int, set[int]](set)
    written = ReviewEvent.objects.unapproved().filter(claim__in=waiting).order_by()
    for claim, account in written.values_list("claim_id", "actor_id").distinct():
        writers[claim].add(account)
    return [
        QueueEntry(claim_id=claim.pk, account_id=account, state=claim.state, since=since[claim.pk])
        for claim in claims
        for account in sorted(writers[claim.pk] or {claim.last_edited_by_id})
    ]


def _gist(row: QueueEntry) -> tuple[int, int, str, dt.datetime]:
    return row.claim_id, row.account_id, row.state, row.since
