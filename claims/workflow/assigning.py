"""Who looks after a claim, and how soon: for the desk alone, it decides nothing."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import User

from claims.choices import ClaimState, Notice
from claims.errors import InvalidValueError, TransitionError
from claims.models import Claim
from claims.workflow.events import moment
from claims.workflow.history import signed_save
from claims.workflow.locking import lock_claim
from claims.workflow.telling import tell
from claims.workflow.verbs import verb


@verb("edit_desk")
def take_claim(*, claim: Claim, by: User, reason: str, now: dt.datetime | None = None) -> Claim:
    """Look after a claim oneself. Raises TransitionError where somebody does already."""
    locked = _lock_active(claim)
    if locked.assignee is not None:
        who = "you" if locked.assignee == by else locked.assignee.username
        raise TransitionError(f"{locked.ref} is assigned to {who} already.", field="assignee")
    return _assigned(locked, by, by=by, reason=reason, now=now)


@verb("edit_desk")
def release_claim(*, claim: Claim, by: User, reason: str, now: dt.datetime | None = None) -> Claim:
    """Look after a claim no longer. Raises TransitionError where it is not assigned to oneself."""
    locked = _lock_active(claim)
    if locked.assignee != by:
        raise TransitionError(f"{locked.ref} is not assigned to you.", field="assignee")
    return _assigned(locked, None, by=by, reason=reason, now=now)


@verb("review_claim", "assign_claim")
def assign_claim(
    *,
    claim: Claim,
    by: User,
    reason: str,
    assignee: User | None,
    now: dt.datetime | None = None,
) -> Claim:
    """Say who looks after a claim, or that nobody does; refuses who cannot open the desk."""
    locked = _lock_active(claim)
    if assignee is not None and not (assignee.is_active and assignee.is_staff):
        raise InvalidValueError(
            f"assignee: {assignee.username} has no access to the desk.", field="assignee"
        )
    return _assigned(locked, assignee, by=by, reason=reason, now=now)


@verb("assign_claim")
def prioritise_claim(
    *, claim: Claim, by: User, reason: str, priority: str, now: dt.datetime | None = None
) -> Claim:
    """Say how soon a claim is to be looked after."""
    locked = _lock_active(claim)
    locked.priority = priority
    return signed_save(locked, by=by, reason=reason, now=moment(now))


def _lock_active(claim: Claim) -> Claim:
    locked = lock_claim(claim)
    if locked.state == ClaimState.RETIRED:
        raise TransitionError(f"{locked.ref} is retired; nobody looks after it.", field="state")
    return locked


def _assigned(
    claim: Claim, who: User | None, *, by: User, reason: str, now: dt.datetime | None
) -> Claim:
    """Neither content nor state changes, so a review under way stands."""
    before, claim.assignee = claim.assignee_id, who
    now_is = who.pk if who is not None else None
    if before != now_is:
        for notice, account in ((Notice.UNASSIGNED, before), (Notice.ASSIGNED, now_is)):
            if account is not None:
                tell(notice, claim.pk, to=[account], by=by, words=reason)
    return signed_save(claim, by=by, reason=reason, now=moment(now))
