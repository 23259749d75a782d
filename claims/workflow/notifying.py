"""Telling accounts what an act did: one line an account, deed and reason, however many rows."""

# Called once, when an act ends, in its transaction: what is undone is told to nobody.

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import models
from django.dispatch import Signal
from django.utils import timezone

from claims.choices import SILENT, Notice, WatchedNoun
from claims.models import Article, ArticleRevision, Notification, Source, Subject
from claims.models.acts import Deed
from claims.workflow.followers import followers_of, who_may_see
from claims.workflow.rows import write_rows

# Sent in the transaction that writes lines: ``accounts`` are the numbers of who got one.
notified: Final = Signal()
NUMBERED: Final = 200  # rows that one line names
# What verbs do to a row of a register; all others change it.
_ROW_NOTICES: Final = {
    "withdraw_source": Notice.WITHDRAWN,
    "restore_source": Notice.PUT_BACK,
    "rate_source": Notice.RATED,
}
_REGISTERS: Final[dict[type[models.Model], tuple[str, str]]] = {
    Source: (WatchedNoun.SOURCE, "pk"),
    Subject: (WatchedNoun.SUBJECT, "pk"),
    Article: (WatchedNoun.ARTICLE, "pk"),
    ArticleRevision: (WatchedNoun.ARTICLE, "article_id"),
}


@dataclass(frozen=True, slots=True)
class _Line:
    """What a line says besides its rows."""

    action: str
    noun: str
    actor: int | None
    words: str

    @property
    def columns(self) -> dict[str, Any]:
        return {"action": self.action, "noun": self.noun, "actor_id": self.actor,
                "words": self.words}  # fmt: skip

    @property
    def gist(self) -> str:
        text = json.dumps(self.columns, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


# What is told, by account and what the line says: the numbers of its rows, each once.
type _Lines = dict[tuple[int, _Line], dict[int, None]]


def deeds_of_row(row: models.Model, by: User | None, reason: str, *, is_new: bool) -> list[Deed]:
    """What the followers of a register's row, or of a text's article, may be told of a save.

    Nobody follows a row that is new; an article may be followed when it gets a new text.
    """
    found = _REGISTERS.get(type(row))
    if found is None or (is_new and found[1] == "pk"):
        return []
    noun, column = found
    return [Deed("", noun, getattr(row, column), by.pk if by is not None else None, reason)]


def notify(deeds: Sequence[Deed], *, verb: str, doer: int | None) -> None:
    """Tell everybody whom these deeds of one act concern, except who did them."""
    told = [deed for deed in deeds if deed.action not in SILENT]
    if not told:
        return
    lines = _seen_only(_lines(told, verb, doer))
    if lines:
        _write(lines, timezone.now())
        notified.send(sender=Notification, accounts={account for account, _ in lines})


def _lines(deeds: Sequence[Deed], verb: str, doer: int | None) -> _Lines:
    following = _following(deeds)
    lines: defaultdict[tuple[int, _Line], dict[int, None]] = defaultdict(dict)
    for deed in deeds:
        action = deed.action or str(_ROW_NOTICES.get(verb, Notice.CHANGED))
        line = _Line(action, deed.noun, deed.actor, deed.words)
        accounts = following[deed.noun].get(deed.number, ()) if deed.to is None else deed.to
        for account in accounts:
            if account not in (doer, deed.actor):
                lines[account, line][deed.number] = None
    return lines


def _following(deeds: Iterable[Deed]) -> dict[str, Mapping[int, set[int]]]:
    """The followers of all rows that something is told of, by noun and number."""
    numbers: defaultdict[str, set[int]] = defaultdict(set)
    for deed in deeds:
        if deed.to is None:
            numbers[deed.noun].add(deed.number)
    found: defaultdict[str, Mapping[int, set[int]]] = defaultdict(dict)
    found.update({noun: followers_of(noun, rows) for noun, rows in numbers.items()})
    return found


def _seen_only(lines: _Lines) -> _Lines:
    """Without what is told of rows that an account may not look at."""
    accounts: defaultdict[str, set[int]] = defaultdict(set)
    for account, line in lines:
        accounts[line.noun].add(account)
    seeing = {noun: who_may_see(noun, some) for noun, some in accounts.items()}
    return {key: numbers for key, numbers in lines.items() if key[0] in seeing[key[1].noun]}


def _write(lines: _Lines, now: dt.datetime) -> None:
    """Add to lines that say the same and wait to be read; write the others."""
    waiting = _waiting(lines)
    fresh = []
    for (account, line), numbers in sorted(lines.items(), key=lambda one: one[0][0]):
        row = waiting.get((account, line.gist))
        if row is None:
            row = Notification(account_id=account, gist=line.gist, numbers=[], **line.columns)
            fresh.append(row)
        _take_up(row, numbers, now)
    write_rows(fresh)
    columns = ["numbers", "has_more", "at"]
    Notification.objects.bulk_update(waiting.values(), columns, batch_size=200)


def _waiting(lines: _Lines) -> dict[tuple[int, str], Notification]:
    """Lines of these accounts that say one of these things and wait to be read, locked."""
    wanted = {(account, line.gist) for account, line in lines}
    accounts, gists = {account for account, _ in wanted}, {gist for _, gist in wanted}
    rows = Notification.objects.unmailed().filter(account__in=accounts, gist__in=gists)
    found = {(row.account_id, row.gist): row for row in rows.order_by("pk").select_for_update()}
    return {key: row for key, row in found.items() if key in wanted}


def _take_up(row: Notification, numbers: Iterable[int], now: dt.datetime) -> None:
    known = list(dict.fromkeys([*row.numbers, *sorted(numbers)]))
    row.numbers, row.at = known[:NUMBERED], now
    row.has_more = row.has_more or len(known) > NUMBERED
