"""What an import proposes: dropping it, and taking that back. Accepting it is submit_claim."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import User

from claims.choices import ClaimState, MergedNoun, ReviewAction
from claims.errors import StaleRevisionError, TransitionError
from claims.models import Claim
from claims.workflow.changes import record_change
from claims.workflow.events import log_event, moment
from claims.workflow.history import signed_save
from claims.workflow.locking import lock_claim
from claims.workflow.merge_rules import refuse_merged
from claims.workflow.scopes import refuse_same_scope
from claims.workflow.transitions import claim_state_after
from claims.workflow.verbs import verb

DROPPABLE = (ClaimState.DRAFT, ClaimState.CHANGES_REQUESTED)


@verb("edit_desk")
def drop_claim(*, claim: Claim, by: User, reason: str, now: dt.datetime | None = None) -> Claim:
    """Retire a draft that readers never saw; no version is written.

    Its statements and their places stay, so that importing the article again does not propose
    them again. Raises TransitionError for a claim that was published or waits for its
    reviewers, StaleRevisionError when it changed since it was read.
    """
    locked = lock_claim(claim)
    _refuse_seen_by_readers(locked)
    if locked.revision != claim.revision:
        raise StaleRevisionError(f"{locked.ref} changed since you read it; read it again.")
    at = moment(now)
    locked.state = claim_state_after("retire", locked.state)
    signed_save(locked, by=by, reason=reason, now=at)
    log_event(locked, by, ReviewAction.RETIRED, reason, now=at)
    return locked


@verb("edit_desk")
def restore_claim(*, claim: Claim, by: User, reason: str, now: dt.datetime | None = None) -> Claim:
    """Make a draft again of a claim that was dropped, or retired before any reader saw it.

    Its statements and places are there still, so that imports go on knowing them. Raises
    TransitionError for a claim that readers had or that is another one by now, DuplicateError
    when somebody asked the same question meanwhile.
    """
    locked = lock_claim(claim)
    if locked.versions.exists():
        raise TransitionError(
            f"{locked.ref} was published; go back to one of its versions.", field="state"
        )
    refuse_merged(MergedNoun.CLAIM, [locked.pk])
    signed: dict[str, Any] = {"by": by, "reason": reason, "now": moment(now)}
    done = record_change(locked, action=ReviewAction.RESTORED, verb="restore", **signed)
    refuse_same_scope(done)
    refuse_merged(MergedNoun.MEASURE, [done.measure_id])
    refuse_merged(MergedNoun.SUBJECT, [done.subject_id])
    return done


def _refuse_seen_by_readers(claim: Claim) -> None:
    if claim.versions.exists():
        raise TransitionError(
            f"{claim.ref} was published; it can be retired, not dropped.", field="state"
        )
    if claim.state not in DROPPABLE:
        was = claim.get_state_display()
        raise TransitionError(
            f"This claim is {was}; to drop it, it must be draft or changes requested.",
            field="state",
        )
