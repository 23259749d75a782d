"""What an import proposes: dropping it for good. Accepting it is submit_claim."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import User

from claims.choices import ClaimState, ReviewAction
from claims.errors import StaleRevisionError, TransitionError
from claims.models import Claim
from claims.workflow.events import log_event, moment
from claims.workflow.history import signed_save
from claims.workflow.locking import lock_claim
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
