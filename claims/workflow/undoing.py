"""Undoing one's own last decision within minutes: a return, and a decision on a dispute."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from claims.choices import ClaimState, DisputeState, ReviewAction
from claims.errors import DuplicateError, TransitionError
from claims.models import Claim, Dispute, ReviewEvent
from claims.querysets.claim import TO_DECIDE
from claims.workflow.candidate import lock_for_decision
from claims.workflow.changes import record_change
from claims.workflow.contention import clear_decision
from claims.workflow.disputes import lock_case, refuse_unseen_case
from claims.workflow.events import moment
from claims.workflow.history import signed_save
from claims.workflow.review import move, refuse_stale
from claims.workflow.transitions import claim_state_after, dispute_state_after
from claims.workflow.verbs import verb


@verb("review_claim")
def undo_return(
    *,
    claim: Claim,
    by: User,
    reason: str,
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> Claim:
    """Put a claim that one has just given back before the reviewers again, as it was.

    Raises TransitionError when something else happened to the claim last, when somebody else
    returned it, and after undo_minutes.
    """
    locked = lock_for_decision(claim)
    refuse_stale(locked, claim, witness)
    at = moment(now)
    last = last_return(locked)
    if last is None:
        raise TransitionError(f"{locked.ref} was not returned last.", field="state")
    _refuse_others(locked, last.actor_id, by)
    _refuse_late(locked, last.at, at)
    read = Claim.history.filter(id=locked.pk, revision=last.revision, state__in=TO_DECIDE)
    retiring = read.latest("history_id").state == ClaimState.RETIRING
    line = "undo the return of the retirement of" if retiring else "undo the return of"
    state = claim_state_after(line, locked.state)
    return move(locked, state, ReviewAction.RETURN_UNDONE, by=by, reason=reason, now=at)


@verb("decide_dispute")
def undo_decision(
    *,
    dispute: Dispute,
    by: User,
    reason: str,
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> Dispute:
    """Take one's decision on a dispute back; the case waits as before, the history keeps it.

    What was withdrawn since leaves it; one of which nothing stands is set aside. Who undid it
    may decide it again. Raises TransitionError when it is not decided, when somebody else
    decided it, and after undo_minutes.
    """
    claim, row = lock_case(dispute)
    refuse_unseen_case(row, witness)
    at = moment(now)
    line = (
        "undo the decision on" if row.taken_by_id is None else "undo, once taken, the decision on"
    )
    row.state = dispute_state_after(line, row.state)
    _refuse_others(row, row.decided_by_id, by)
    assert row.decided_at is not None  # as the database holds of what is decided
    _refuse_late(row, row.decided_at, at)
    if claim.disputes.unresolved().filter(kind=row.kind).exists():
        raise DuplicateError(f"{claim.ref} has an unresolved dispute of this kind.", field="kind")
    taken_by = row.taken_by
    clear_decision(row)
    row.taken_by = taken_by
    signed_save(row, by=by, reason=reason, now=at)
    record_change(claim, by=by, reason=reason, now=at, action=ReviewAction.DECISION_UNDONE,
                  verb="decide", dispute=row)  # fmt: skip
    row.refresh_from_db()  # the machine follows what changed since the decision
    return row


def last_return(claim: Claim) -> ReviewEvent | None:
    """The return of the claim, when nothing happened to it since."""
    last = claim.events.select_related("actor").order_by("-pk").first()
    return last if last is not None and last.action == ReviewAction.RETURNED else None


def is_undoable_return(claim: Claim) -> bool:
    """Whether the claim was returned last, and so lately that the return can be undone."""
    last = last_return(claim) if claim.state in _AFTER_A_RETURN else None
    return last is not None and _is_early(last.at, timezone.now())


def is_undoable_decision(dispute: Dispute) -> bool:
    """Whether the dispute was decided so lately that the decision can be undone."""
    decided = dispute.state in (DisputeState.RESOLVED, DisputeState.DISMISSED)
    return (
        decided and dispute.decided_at is not None and _is_early(dispute.decided_at, timezone.now())
    )


_AFTER_A_RETURN = (ClaimState.CHANGES_REQUESTED, ClaimState.PUBLISHED)


def _is_early(decided: dt.datetime, now: dt.datetime) -> bool:
    minutes: int = settings.FACTBASE_LIMITS["undo_minutes"]
    return now - decided <= dt.timedelta(minutes=minutes)


def _refuse_late(row: Claim | Dispute, decided: dt.datetime, now: dt.datetime) -> None:
    if not _is_early(decided, now):
        minutes: int = settings.FACTBASE_LIMITS["undo_minutes"]
        raise TransitionError(
            f"{row.ref} was decided more than {minutes} minutes ago; that can no longer be undone.",
            field="state",
        )


def _refuse_others(row: Claim | Dispute, decided_by: int | None, by: User) -> None:
    if decided_by != by.pk:
        raise TransitionError(
            f"Somebody else decided on {row.ref}; only who did can undo it.", field="state"
        )
