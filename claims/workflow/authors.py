"""Who wrote what a document shows since an approval showed it: they may not approve it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Max, Q, QuerySet, Value, When
from django.db.models.fields import CharField

from claims.choices import MergedNoun, ReviewAction
from claims.models import (
    Anchor,
    Assertion,
    AssertionParty,
    Attribution,
    BorrowedRow,
    Claim,
    ClaimRelation,
    ClaimVersion,
    Dispute,
    DisputeAssertion,
    Merge,
    ReviewEvent,
)
from claims.workflow.borrowing import HISTORIES, Borrowed
from claims.workflow.desk import Desk
from claims.workflow.linked import Linked
from claims.workflow.published_columns import published_values


@dataclass(frozen=True, slots=True)
class _Scope:
    """The rows of one table that a document was read from, removed ones included."""

    model: Any
    rows: Q

    @property
    def name(self) -> str:
        return str(self.model._meta.model_name)

    def history(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model.history.filter(self.rows).order_by()
        return rows


def newest_shown(desk: Desk) -> dict[str, int]:
    """{table: newest history row of the claim's own rows}: what an approval covers."""
    queries = [
        scope.history()
        .annotate(table=Value(scope.name, CharField()))
        .values("table")
        .annotate(newest=Max("history_id"))
        .values_list("table", "newest")
        for scope in _own(desk)
    ]
    rows = queries[0].union(*queries[1:], all=True).order_by()
    return {table: newest for table, newest in rows if newest}


def authors_of(desk: Desk, linked: Linked, borrowed: Borrowed) -> frozenset[int]:
    """The accounts with a signed row or event on anything that the document was read from,
    since the last approval that showed it.

    For the claim's own rows that is its own last approval; for a borrowed row the newest
    approval of any public claim that shows it; for a part of a total the last approval of the
    total. Changes of private columns (claims/workflow/published_columns.py) make no author.
    """
    last = ClaimVersion.objects.current().filter(claim=desk.claim).first()
    found = {
        *_event_authors(desk.claim),
        *(who for scope in _own(desk) for who in _changed_by(scope, _covered(scope, last))),
        *_arrived_authors(desk.claim.pk),
        *_borrowed_authors(borrowed),
        *_part_editors(linked, last),
    }
    return frozenset(who for who in found if who is not None)


def row_authors(noun: str, number: int, since: int) -> frozenset[int]:
    """The accounts that changed a published column of one borrowed row after a history row."""
    model, column = HISTORIES[noun]
    found = _changed_by(_Scope(model, Q(**{column: number})), Q(history_id__gt=since))
    return frozenset(who for who in found if who is not None)


def _own(desk: Desk) -> list[_Scope]:
    claim = desk.claim.pk
    assertions = [row.pk for row in desk.assertions]
    disputes = [row.pk for row in desk.disputes]
    shown = [
        anchor.pk
        for row in desk.assertions
        for anchor in row.anchors.all()
        if anchor.revision.approved_at is not None
    ]
    return [
        _Scope(Claim, Q(id=claim)),
        _Scope(Assertion, Q(claim_id=claim) | Q(id__in=assertions)),
        _Scope(Attribution, Q(assertion_id__in=assertions)),
        _Scope(AssertionParty, Q(assertion_id__in=assertions)),
        _Scope(Anchor, Q(id__in=shown)),
        _Scope(Dispute, Q(claim_id=claim)),
        _Scope(DisputeAssertion, Q(dispute_id__in=disputes)),
        _Scope(ClaimRelation, Q(from_claim_id=claim) | Q(to_claim_id=claim)),
    ]


def _arrived_authors(claim: int) -> Iterator[int | None]:
    """Who wrote what a merge brought from another claim since this one's last approval.

    What that claim's own last approval showed, somebody has read; but not what a merge had brought
    to it since. The log of decisions says which merges came since, not a clock, and not a
    correction, which shows none of these statements.
    """
    fresh = ReviewEvent.objects.since_last_approval(claim).filter(action=ReviewAction.MERGED)
    acts = list(fresh.exclude(act=None).values_list("act", flat=True))
    if not acts:
        return
    since = Merge.history.filter(act__in=acts).values("id")
    merges = Merge.objects.done().filter(noun=MergedNoun.CLAIM, into=claim, pk__in=since)
    for merge in merges:
        read = ClaimVersion.objects.filter(claim=merge.merged).order_by("-number").first()
        shown = read.shown if read is not None else {}
        for scope in _arrived(merge.moved):
            yield from _changed_by(scope, Q(history_id__gt=shown.get(scope.name, 0)))
        yield from _arrived_authors(merge.merged)


def _arrived(moved: list[list[Any]]) -> list[_Scope]:
    """Statements with their chains and answers, links and cases that came from another claim.

    The places of statements are approved with the text.
    """
    found: dict[str, list[int]] = {"assertion": [], "claimrelation": [], "dispute": []}
    for name, number, _ in moved:
        if name in found:
            found[name].append(number)
    return [
        _Scope(Assertion, Q(id__in=found["assertion"])),
        _Scope(Attribution, Q(assertion_id__in=found["assertion"])),
        _Scope(AssertionParty, Q(assertion_id__in=found["assertion"])),
        _Scope(ClaimRelation, Q(id__in=found["claimrelation"])),
        _Scope(Dispute, Q(id__in=found["dispute"])),
        _Scope(DisputeAssertion, Q(dispute_id__in=found["dispute"])),
    ]


def _covered(scope: _Scope, last: ClaimVersion | None) -> Q:
    """Which history rows the claim's last approval did not cover."""
    if last is None:
        return Q()
    if Claim._meta.model_name in last.shown:
        return Q(history_id__gt=last.shown.get(scope.name, 0))
    # Versions from before approvals noted what they showed.
    return Q(history_date__gt=last.published_at)


def _event_authors(claim: Claim) -> set[int | None]:
    fresh = ReviewEvent.objects.since_last_approval(claim).authoring()
    return set(fresh.values_list("actor_id", flat=True))


def _borrowed_authors(borrowed: Borrowed) -> Iterator[int | None]:
    shown = BorrowedRow.objects.newest_shown_of(borrowed)
    fresh: dict[str, dict[int, int]] = {}
    for (noun, number), newest in borrowed.items():
        since = shown.get((noun, number), 0)
        if newest > since and noun != "article":  # an approved text had its own approval
            fresh.setdefault(noun, {})[number] = since
    for noun, numbers in fresh.items():
        model, column = HISTORIES[noun]
        later = Q()
        for number, since in numbers.items():
            later |= Q(**{column: number}, history_id__gt=since)
        yield from _changed_by(_Scope(model, Q(**{f"{column}__in": list(numbers)})), later)


def _part_editors(linked: Linked, last: ClaimVersion | None) -> set[int | None]:
    """Who edited the parts that were published since the total was approved."""
    parts = [link.from_claim_id for link in linked.parts]
    if not parts:
        return set()
    versions = ClaimVersion.objects.filter(claim__in=parts)
    if last is not None:
        versions = versions.filter(sequence__gt=last.sequence)
    return set(versions.values_list("edited_by_id", flat=True))


def _changed_by(scope: _Scope, fresh: Q) -> set[int | None]:
    """Who signed the fresh rows of a history that differ from their predecessor for readers."""
    rows = scope.history()
    is_fresh = Case(When(fresh, then=True), default=False) if fresh else Value(True)
    told = rows.filter(id__in=rows.filter(fresh).values("id")).annotate(is_fresh=is_fresh)
    return {
        row.history_user_id
        for before, row in _pairs(told.order_by("id", "history_id"))
        if row.is_fresh and _differs(scope.model, before, row)
    }


def _pairs(rows: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Each history row with the one before it of the same object."""
    before: Any = None
    for row in rows:
        yield (before if before is not None and before.id == row.id else None), row
        before = row


def _differs(model: Any, before: Any, row: Any) -> bool:
    if before is None or row.history_type != "~":
        return True
    return published_values(before, model) != published_values(row, model)


def registers_shown(version: ClaimVersion) -> Mapping[tuple[str, int], int]:
    """What the current version of a claim shows of registers, as Borrowed."""
    rows = version.borrowed_rows.values_list("noun", "number", "shown")
    return {(noun, number): shown for noun, number, shown in rows}
