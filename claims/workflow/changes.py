"""What every change of a claim or of its evidence does besides itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.models import User

from claims.choices import ReviewAction
from claims.models import Claim, Dispute
from claims.workflow.contention import refresh_contention
from claims.workflow.events import log_event
from claims.workflow.history import signed_save
from claims.workflow.locking import lock_claim
from claims.workflow.transitions import claim_state_after


def record_change(
    claim: Claim,
    *,
    by: User,
    reason: str,
    now: dt.datetime,
    action: ReviewAction = ReviewAction.EDITED,
    verb: str = "edit",
    dispute: Dispute | None = None,
) -> Claim:
    """Move the claim on, derive its contention, sign and log the change; the claim is locked."""
    claim.state = claim_state_after(verb, claim.state)
    claim.revision += 1
    claim.last_edited_by, claim.edited_at = by, now
    refresh_contention(claim, now=now)
    signed_save(claim, by=by, reason=reason, now=now)
    log_event(claim, by, action, reason, now=now, dispute=dispute)
    return claim


def record_decision(
    claims: Iterable[Claim],
    action: ReviewAction,
    *,
    by: User,
    reason: str,
    now: dt.datetime,
) -> None:
    """Record what was decided about a source or party on the claims that it concerns, locked."""
    for claim in claims:
        # Read anew: recording a part may have moved its total on.
        record_change(
            lock_claim(claim), by=by, reason=reason, now=now, action=action, verb="decide"
        )


def record_if_moved(
    claim: Claim,
    *,
    by: User,
    reason: str,
    now: dt.datetime,
    action: ReviewAction = ReviewAction.EDITED,
) -> Claim:
    """The same for a locked claim of which only a borrowed row changed, where that tells on it.

    Such as the date of a source, which may say which answer of one origin is its last.
    """
    before = (claim.contention, claim.severity, claim.fingerprint)
    refresh_contention(claim, now=now)
    if before == (claim.contention, claim.severity, claim.fingerprint):
        return claim
    return record_change(claim, by=by, reason=reason, now=now, action=action, verb="decide")
