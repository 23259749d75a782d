"""Submitting, returning, approving and retiring claims: what no one can do alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.models import User

from claims.choices import ReviewAction, VersionOp
from claims.errors import SelfApprovalError, StaleRevisionError, UnpublishableError
from claims.models import Claim, ClaimVersion, ReviewEvent
from claims.workflow.document import claim_fingerprint
from claims.workflow.events import log_event, moment
from claims.workflow.history import signed_save
from claims.workflow.locking import lock_claim
from claims.workflow.publication import publish
from claims.workflow.register_edits import register_editors
from claims.workflow.transitions import claim_state_after
from claims.workflow.verbs import verb


@verb("edit_desk")
def submit_claim(*, claim: Claim, by: User, reason: str, now: dt.datetime | None = None) -> Claim:
    """Put a claim before the reviewers; it needs at least one live assertion."""
    locked = lock_claim(claim)
    state = claim_state_after("submit", locked.state)
    if not locked.assertions.live().exists():
        raise UnpublishableError("Add what at least one source says before submitting.")
    return _move(locked, state, ReviewAction.SUBMITTED, by=by, reason=reason, now=moment(now))


@verb("review_claim")
def return_claim(*, claim: Claim, by: User, reason: str, now: dt.datetime | None = None) -> Claim:
    """Give a claim back to its author with the reason."""
    locked = lock_claim(claim)
    _refuse_stale(locked, claim, None)
    state = claim_state_after("return", locked.state)
    return _move(locked, state, ReviewAction.RETURNED, by=by, reason=reason, now=moment(now))


@verb("review_claim")
def approve_claim(
    *,
    claim: Claim,
    by: User,
    reason: str,
    fingerprint: str | None = None,
    now: dt.datetime | None = None,
) -> ClaimVersion:
    """Publish the claim as it stands; refuse its authors and a stale reading.

    ``fingerprint`` is claim_fingerprint() of what the reviewer saw; without it the revision of
    the claim passed in must still be the stored one.
    """
    locked = lock_claim(claim)
    state = claim_state_after("approve", locked.state)
    _refuse_own(locked, by)
    _refuse_stale(locked, claim, fingerprint)
    at = moment(now)
    _move(locked, state, ReviewAction.APPROVED, by=by, reason=reason, now=at)
    return publish(locked, by=by, reason=reason, now=at)


@verb("retire_claim")
def retire_claim(
    *, claim: Claim, by: User, reason: str, now: dt.datetime | None = None
) -> ClaimVersion | None:
    """Take a claim out of use; readers of a published one find a tombstone that says why."""
    locked = lock_claim(claim)
    _refuse_stale(locked, claim, None)
    state = claim_state_after("retire", locked.state)
    at = moment(now)
    if not locked.versions.exists():
        _move(locked, state, ReviewAction.RETIRED, by=by, reason=reason, now=at)
        return None
    _refuse_own(locked, by)
    _move(locked, state, ReviewAction.RETIRED, by=by, reason=reason, now=at)
    return publish(locked, by=by, reason=reason, now=at, op=VersionOp.TOMBSTONE)


def _move(
    claim: Claim,
    state: str,
    action: ReviewAction,
    *,
    by: User,
    reason: str,
    now: dt.datetime,
) -> Claim:
    claim.state = state
    signed_save(claim, by=by, reason=reason, now=now)
    log_event(claim, by, action, reason, now=now)
    return claim


def authors_since_approval(claim: Claim) -> set[int]:
    """The accounts that edited or decided anything that no approval has covered yet.

    What a claim borrows counts as well: a source's title is published with the claim.
    """
    fresh = ReviewEvent.objects.since_last_approval(claim)
    numbers = _known(fresh.authoring().values_list("actor_id", flat=True))
    approved = ReviewEvent.objects.filter(claim=claim, action=ReviewAction.APPROVED)
    moments = (approved.order_by("-pk"), fresh.order_by("pk"))
    since = next((at for rows in moments for at in rows.values_list("at", flat=True)[:1]), None)
    borrowed = register_editors(claim, since) if since is not None else set()
    return {claim.last_edited_by_id, *numbers, *borrowed}


def _known(numbers: Iterable[int | None]) -> set[int]:
    return {number for number in numbers if number is not None}


def _refuse_own(claim: Claim, by: User) -> None:
    if by.pk in authors_since_approval(claim):
        raise SelfApprovalError(
            f"You changed {claim.ref}, or what it cites, since it was last approved; "
            "somebody else must decide."
        )


def _refuse_stale(locked: Claim, seen: Claim, fingerprint: str | None) -> None:
    if fingerprint is not None:
        stale = fingerprint != claim_fingerprint(locked)
    else:
        stale = seen.revision != locked.revision
    if stale:
        raise StaleRevisionError(
            f"{locked.ref} changed since you read it (it is at revision {locked.revision} now); "
            "read it again."
        )
