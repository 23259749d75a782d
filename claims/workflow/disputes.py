"""Opening, taking, resolving, dismissing and reopening disputes."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

from django.contrib.auth.models import User

from claims.choices import ClaimState, DisputeKind, DisputeOutcome, ReviewAction
from claims.domain.documents import dump_document
from claims.errors import (
    DuplicateError,
    InvalidValueError,
    SelfDecisionError,
    StaleRevisionError,
    TransitionError,
)
from claims.models import Assertion, Claim, Dispute
from claims.workflow.candidate import document_of, lock_for_decision, witness_of
from claims.workflow.changes import record_change
from claims.workflow.contention import clear_decision, set_members
from claims.workflow.dispute_rules import check_preferred, check_rationale, refuse_foreign
from claims.workflow.events import log_event, moment
from claims.workflow.history import signed_save
from claims.workflow.locking import lock_claim
from claims.workflow.transitions import dispute_state_after
from claims.workflow.verbs import verb


@verb("decide_dispute")
def open_dispute(
    *,
    claim: Claim,
    by: User,
    reason: str,
    kind: str = DisputeKind.EDITOR,
    assertions: Sequence[Assertion] = (),
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> Dispute:
    """Raise a doubt that the arithmetic does not see. The reason is public.

    ``witness`` is that of the claim's candidate that raised the doubt.
    """
    locked = lock_for_decision(claim) if witness is not None else lock_claim(claim)
    if witness is not None and witness != witness_of(locked):
        raise StaleRevisionError(f"{locked.ref} changed since you read it; read it again.")
    if locked.state == ClaimState.RETIRED:
        raise TransitionError(f"{locked.ref} is retired.", field="state")
    if locked.disputes.unresolved().filter(kind=kind).exists():
        raise DuplicateError(f"{locked.ref} has an unresolved dispute of this kind.", field="kind")
    at = moment(now)
    dispute = Dispute(
        claim=locked,
        kind=kind,
        reason=reason,
        opened_by=by,
        opened_at=at,
        fingerprint=locked.fingerprint,
    )
    signed_save(dispute, by=by, reason=reason, now=at)
    members = assertions or list(locked.assertions.live())
    refuse_foreign(locked, members)
    numbers = tuple(member.pk for member in members)
    set_members(dispute, numbers, by=by, reason=reason, now=at)
    _record(locked, dispute, ReviewAction.DISPUTE_OPENED, by=by, reason=reason, now=at)
    return dispute


@verb("decide_dispute")
def take_dispute(
    *,
    dispute: Dispute,
    by: User,
    reason: str,
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> Dispute:
    """Say that you look into it. Readers learn of it when somebody else approves the claim."""
    claim, row = lock_case(dispute)
    refuse_unseen_case(row, witness)
    at = moment(now)
    row.state = dispute_state_after("take", row.state)
    row.taken_by = by
    signed_save(row, by=by, reason=reason, now=at)
    log_event(claim, by, ReviewAction.DISPUTE_TAKEN, reason, now=at, dispute=row)
    return row


@verb("decide_dispute")
def release_dispute(
    *,
    dispute: Dispute,
    by: User,
    reason: str,
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> Dispute:
    """Let a case that was taken wait for anybody again: one's own, or any for who assigns work."""
    claim, row = lock_case(dispute)
    refuse_unseen_case(row, witness)
    row.state = dispute_state_after("release", row.state)
    if row.taken_by_id != by.pk and not by.has_perm("claims.assign_claim"):
        who = row.taken_by.username if row.taken_by is not None else "Nobody"
        raise TransitionError(f"{who} took {row.ref}; only they, or a chief, release it.",
                              field="state")  # fmt: skip
    at = moment(now)
    row.taken_by = None
    signed_save(row, by=by, reason=reason, now=at)
    log_event(claim, by, ReviewAction.DISPUTE_RELEASED, reason, now=at, dispute=row)
    return row


@verb("decide_dispute")
def note_dispute(
    *, dispute: Dispute, by: User, reason: str, note: str, now: dt.datetime | None = None
) -> Dispute:
    """Write down what only editors may read; nothing public changes."""
    _, row = lock_case(dispute)
    row.private_note = note.strip()
    return signed_save(row, by=by, reason=reason, now=moment(now))


@verb("decide_dispute")
def resolve_dispute(
    *,
    dispute: Dispute,
    by: User,
    reason: str,
    outcome: str,
    rationale: str,
    preferred: Assertion | None = None,
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> Dispute:
    """Decide with an outcome and a public rationale; it covers the evidence as it is now.

    ``witness`` is dispute_witness() of what the decider saw.
    """
    claim, row = lock_case(dispute)
    row.state = dispute_state_after("resolve", row.state)
    refuse_opener(row, by)
    _refuse_stale(row, dispute)
    refuse_unseen_case(row, witness)
    if outcome not in DisputeOutcome.values:
        known = ", ".join(DisputeOutcome.values)
        raise InvalidValueError(f"outcome: choose one of {known}.", field="outcome")
    check_preferred(row, outcome, preferred)
    row.outcome, row.preferred = outcome, preferred
    return _decide(claim, row, ReviewAction.DISPUTE_RESOLVED, rationale, by, reason, moment(now))


@verb("decide_dispute")
def dismiss_dispute(
    *,
    dispute: Dispute,
    by: User,
    reason: str,
    rationale: str,
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> Dispute:
    """Close a case without an outcome; while its conflict holds, readers still see it."""
    claim, row = lock_case(dispute)
    row.state = dispute_state_after("dismiss", row.state)
    refuse_opener(row, by)
    _refuse_stale(row, dispute)
    refuse_unseen_case(row, witness)
    return _decide(claim, row, ReviewAction.DISPUTE_DISMISSED, rationale, by, reason, moment(now))


@verb("decide_dispute")
def reopen_dispute(
    *,
    dispute: Dispute,
    by: User,
    reason: str,
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> Dispute:
    """Take a case up again; the old decision stays in its history."""
    claim, row = lock_case(dispute)
    refuse_unseen_case(row, witness)
    if claim.disputes.unresolved().filter(kind=row.kind).exists():
        raise DuplicateError(f"{claim.ref} has an unresolved dispute of this kind.", field="kind")
    row.state = dispute_state_after("reopen", row.state)
    clear_decision(row)
    at = moment(now)
    signed_save(row, by=by, reason=reason, now=at)
    _record(claim, row, ReviewAction.DISPUTE_REOPENED, by=by, reason=reason, now=at)
    row.refresh_from_db()  # the machine follows what changed since the decision
    return row


def _decide(
    claim: Claim,
    row: Dispute,
    action: ReviewAction,
    rationale: str,
    by: User,
    reason: str,
    now: dt.datetime,
) -> Dispute:
    row.rationale = check_rationale(rationale)
    row.decided_by, row.decided_at = by, now
    row.fingerprint = claim.fingerprint
    signed_save(row, by=by, reason=reason, now=now)
    _record(claim, row, action, by=by, reason=reason, now=now)
    return row


def _record(
    claim: Claim,
    dispute: Dispute,
    action: ReviewAction,
    *,
    by: User,
    reason: str,
    now: dt.datetime,
) -> None:
    record_change(
        claim, by=by, reason=reason, now=now, action=action, verb="decide", dispute=dispute
    )


def lock_case(dispute: Dispute) -> tuple[Claim, Dispute]:
    """Lock the claim and what it borrows first, then read the case file as it stands."""
    claim = lock_for_decision(dispute.claim)
    row = Dispute.objects.filter(pk=dispute.pk).first()
    if row is None:
        raise InvalidValueError("That dispute does not exist.", field="dispute")
    row.claim = claim
    return claim, row


def refuse_opener(row: Dispute, by: User) -> None:
    """Raise SelfDecisionError for who opened or reopened the case."""
    reopened = row.events.filter(action=ReviewAction.DISPUTE_REOPENED).order_by("-pk").first()
    if row.opened_by == by or (reopened is not None and reopened.actor == by):
        raise SelfDecisionError(f"You opened {row.ref}; somebody else must decide it.")


def _refuse_stale(row: Dispute, seen: Dispute) -> None:
    """A decision covers the evidence that the decider saw, and no figure that came since."""
    if row.fingerprint != seen.fingerprint:
        raise StaleRevisionError(f"The evidence of {row.ref} changed since you read it.")


def dispute_witness(dispute: Dispute) -> str:
    """SHA-256 (hex) of the claim as its readers would have it now, this case among the others."""
    document = {"dispute": dispute.ref, "document": document_of(claim_of(dispute))}
    return hashlib.sha256(dump_document(document).encode()).hexdigest()


def claim_of(dispute: Dispute) -> Claim:
    """The claim that the case is about, as stored now."""
    return Claim.objects.for_evidence().get(pk=dispute.claim_id)


def refuse_unseen_case(row: Dispute, witness: str | None) -> None:
    """Raise StaleRevisionError when the case or its claim is not what was read."""
    if witness is not None and witness != dispute_witness(row):
        raise StaleRevisionError(f"{row.ref} or its claim changed since you read it.")
