"""Splitting a claim: statements that answer another question go to a claim that asks it."""

# The statements keep their numbers. Both claims go before reviewers: readers find a statement
# where they had it until somebody else has approved the claim without it, then the new one.

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User

from claims.choices import ClaimState, DisputeOutcome, DisputeState, RelationKind, ReviewAction
from claims.domain.agreement import expected_disputes, fingerprint
from claims.errors import InvalidValueError, StaleRevisionError, TransitionError
from claims.models import Assertion, Claim, ClaimRelation, Dispute
from claims.workflow.candidate import lock_for_decision, witness_of
from claims.workflow.changes import record_change
from claims.workflow.claims import EDITABLE, answer_rules, new_claim, refuse_merged_scope
from claims.workflow.contention import clear_decision, refresh_contention
from claims.workflow.desk import read_desk, terms_of
from claims.workflow.dispute_rules import check_rationale
from claims.workflow.disputes import (
    lock_case,
    refuse_opener,
    refuse_unseen_case,
)
from claims.workflow.events import log_event, moment
from claims.workflow.history import signed_delete, signed_save
from claims.workflow.locking import lock_with_totals
from claims.workflow.review import move
from claims.workflow.scopes import refuse_same_scope
from claims.workflow.split_rules import chosen_of, refuse_tied_statements, refuse_unsplittable
from claims.workflow.transitions import claim_state_after, dispute_state_after
from claims.workflow.verbs import require_permission, verb


@verb("edit_desk")
def split_claim(
    *,
    claim: Claim,
    statements: Sequence[Assertion],
    by: User,
    reason: str,
    witness: str | None = None,
    now: dt.datetime | None = None,
    **fields: Any,
) -> Claim:
    """Let statements go to a new claim with its own question; return that claim.

    ``fields`` are those of draft_claim; what is left out is as in the claim. ``witness`` is that
    of the claim's candidate that was read.
    """
    locked = lock_for_decision(claim)
    if witness is not None and witness != witness_of(locked):
        raise StaleRevisionError(f"{locked.ref} changed since you read it; read it again.")
    at = moment(now)
    new = _move_out(locked, statements, fields, by=by, reason=reason, now=at)
    record_change(locked, by=by, reason=_went(new, reason), now=at, verb="split")
    return _put_beside(new, locked, by=by, reason=reason, now=at)


@verb("decide_dispute")
def resolve_by_split(
    *,
    dispute: Dispute,
    statements: Sequence[Assertion],
    rationale: str,
    by: User,
    reason: str,
    witness: str | None = None,
    now: dt.datetime | None = None,
    **fields: Any,
) -> Claim:
    """Decide that statements in dispute answer another question, and let them go to it."""
    require_permission(by, "edit_desk")
    claim, row = lock_case(dispute)
    row.state = dispute_state_after("resolve", row.state)
    refuse_opener(row, by)
    refuse_unseen_case(row, witness)
    members = {link.assertion_id for link in row.members.all()}
    if members.isdisjoint(one.pk for one in statements):
        raise InvalidValueError(
            "Choose at least one of the statements in dispute.", field="statements"
        )
    at = moment(now)
    new = _move_out(claim, statements, fields, by=by, reason=reason, now=at)
    row.outcome, row.preferred = DisputeOutcome.DIFFERENT_SCOPE, None
    row.rationale = check_rationale(rationale)
    row.decided_by, row.decided_at = by, at
    _cover(row, claim)
    signed_save(row, by=by, reason=reason, now=at)
    record_change(claim, by=by, reason=_went(new, reason), now=at, verb="split",
                  action=ReviewAction.DISPUTE_RESOLVED, dispute=row)  # fmt: skip
    return _put_beside(new, claim, by=by, reason=reason, now=at)


@verb("edit_desk")
def undo_split(*, claim: Claim, by: User, reason: str, now: dt.datetime | None = None) -> Claim:
    """Let what was split off go back, while readers have not had the new claim; return the old.

    The new claim is dropped, with what was said in it alone.
    """
    link = split_of(claim)
    if link is None:
        raise TransitionError(f"{claim.ref} was not split off from a claim.", field="state")
    locked = lock_with_totals([claim.pk, link.to_claim_id])
    new, old = locked[claim.pk], locked[link.to_claim_id]
    if new.versions.exists():
        raise TransitionError(f"Readers have {new.ref} already; it stays.", field="state")
    if new.state == ClaimState.RETIRED:
        raise TransitionError(f"{new.ref} is retired.", field="state")
    at = moment(now)
    came = Assertion.history.filter(claim_id=old.pk).values("id")
    rows = list(Assertion.objects.filter(claim=new, pk__in=came).order_by("pk"))
    for row in rows:
        row.claim = old
        signed_save(row, by=by, reason=reason, now=at)
    signed_delete(link, by=by, reason=reason, now=at)
    refresh_contention(new, now=at)
    state = claim_state_after("retire", new.state)
    move(new, state, ReviewAction.RETIRED, by=by, reason=reason, now=at)
    case = _decided_by(old, rows)
    if case is None:
        return record_change(old, by=by, reason=reason, now=at, verb="split")
    case.state = dispute_state_after("reopen", case.state)
    clear_decision(case)
    signed_save(case, by=by, reason=reason, now=at)
    return record_change(old, by=by, reason=reason, now=at, verb="split",
                         action=ReviewAction.DISPUTE_REOPENED, dispute=case)  # fmt: skip


def split_of(claim: Claim) -> ClaimRelation | None:
    """The link to the claim that this one was split off from, if any."""
    links = ClaimRelation.objects.filter(kind=RelationKind.SPLIT_OFF, from_claim=claim)
    return links.select_related("to_claim").order_by("pk").first()


def is_undoable_split(claim: Claim) -> bool:
    """Whether the claim was split off from another and readers have not had it."""
    waits = claim.state != ClaimState.RETIRED and not claim.versions.exists()
    return waits and split_of(claim) is not None


def _decided_by(claim: Claim, rows: Sequence[Assertion]) -> Dispute | None:
    """The case that was decided by parting these statements; it waits again once they are back."""
    cases = claim.disputes.filter(
        state=DisputeState.RESOLVED,
        outcome=DisputeOutcome.DIFFERENT_SCOPE,
        members__assertion__in=rows,
    )
    return cases.order_by("-pk").first()


def _cover(row: Dispute, claim: Claim) -> None:
    """Let a decision on what a person opened hold for what stays, unless that still disagrees."""
    desk = read_desk(claim)
    left = {one.kind for one in expected_disputes(desk.evidence, desk.terms)}
    if row.opened_by is not None and row.kind not in left:
        row.fingerprint = fingerprint(desk.evidence, desk.terms)


def _move_out(
    claim: Claim,
    statements: Sequence[Assertion],
    fields: Mapping[str, Any],
    *,
    by: User,
    reason: str,
    now: dt.datetime,
) -> Claim:
    """Write the new claim and give it the statements; nothing of either claim is recorded yet."""
    claim_state_after("split", claim.state)
    rows = chosen_of(claim, statements)
    refuse_tied_statements(claim, rows)
    refuse_unsplittable(claim, rows)
    asked = {name: getattr(claim, name) for name in EDITABLE} | dict(fields)
    new = new_claim(by, now, **asked)
    if answer_rules(new) != answer_rules(claim):
        raise InvalidValueError(
            "The statements are of another kind of value; choose a measure that takes them.",
            field="measure",
        )
    refuse_same_scope(new)
    came = f"Split off from {claim.ref} with {_named(rows)}. {reason}"
    new.fingerprint = fingerprint((), terms_of(new))
    signed_save(new, by=by, reason=came, now=now)
    refuse_merged_scope(new)
    log_event(new, by, ReviewAction.DRAFTED, came, now=now)
    for row in rows:
        row.claim = new
        signed_save(row, by=by, reason=reason, now=now)
    link = ClaimRelation(from_claim=new, to_claim=claim, kind=RelationKind.SPLIT_OFF)
    signed_save(link, by=by, reason=reason, now=now)
    return new


def _put_beside(new: Claim, old: Claim, *, by: User, reason: str, now: dt.datetime) -> Claim:
    """Derive what the new claim comes to; it goes before reviewers where the old one does."""
    refresh_contention(new, now=now)
    signed_save(new, by=by, reason=reason, now=now)
    if old.state == ClaimState.IN_REVIEW:
        state = claim_state_after("submit", new.state)
        move(new, state, ReviewAction.SUBMITTED, by=by, reason=reason, now=now)
    return new


def _went(new: Claim, reason: str) -> str:
    """What readers of the old claim are told, and why."""
    rows = new.assertions.order_by("pk")
    return f"{_named(rows)} went to {new.ref}, which asks: {new.question} {reason}"


def _named(rows: Iterable[Assertion]) -> str:
    return ", ".join(row.ref for row in rows)
