"""Taking claims out of use: with two people, or at once in an emergency that a second confirms."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import User

from claims.choices import ReviewAction, TakedownCause, VersionOp
from claims.domain.document_format import read_tombstone
from claims.domain.published import Takedown
from claims.errors import InvalidValueError, SelfApprovalError, TransitionError, UnpublishableError
from claims.models import Claim, ClaimVersion, ReviewEvent
from claims.workflow.candidate import lock_for_decision
from claims.workflow.contention import refresh_contention
from claims.workflow.document import build_tombstone
from claims.workflow.events import moment
from claims.workflow.publication import Edition, publish
from claims.workflow.review import move, refuse_stale, tell_totals
from claims.workflow.transitions import claim_state_after
from claims.workflow.verbs import verb

# What readers are told until a second person has confirmed: no words of the one who acted.
TAKEN_DOWN = "Taken down at once by one person; a second person has yet to confirm it."


@verb("retire_claim")
def retire_claim(
    *,
    claim: Claim,
    by: User,
    reason: str,
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> Claim:
    """Take a claim out of use.

    What readers never saw goes at once. What they have waits until somebody else approves, who
    reads the reason first: it becomes the public one.
    """
    locked = lock_for_decision(claim)
    refuse_stale(locked, claim, witness)
    at = moment(now)
    if not locked.versions.exists():
        state = claim_state_after("retire", locked.state)
        return move(locked, state, ReviewAction.RETIRED, by=by, reason=reason, now=at)
    state = claim_state_after("propose retirement of", locked.state)
    _renew(locked, by, at)
    return move(locked, state, ReviewAction.RETIREMENT_PROPOSED, by=by, reason=reason, now=at)


@verb("retire_claim")
def take_down_claim(
    *,
    claim: Claim,
    by: User,
    reason: str,
    cause: str,
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> ClaimVersion:
    """Take a public claim from readers at once, for one of the causes of TakedownCause.

    Readers learn the cause and that one person acted; ``reason`` stays on the desk until
    somebody else confirms it.
    """
    locked = lock_for_decision(claim)
    refuse_stale(locked, claim, witness)
    if cause not in TakedownCause.values:
        known = ", ".join(TakedownCause.values)
        raise InvalidValueError(f"cause: choose one of {known}.", field="cause")
    before = ClaimVersion.objects.public().filter(claim=locked).first()
    if before is None:
        raise UnpublishableError(f"{locked.ref} is not public; there is nothing to take down.")
    at = moment(now)
    _renew(locked, by, at)
    state = claim_state_after("take down", locked.state)
    move(locked, state, ReviewAction.TAKEN_DOWN, by=by, reason=reason, now=at)
    told: Takedown = {"cause": cause, "confirmed": False}
    edition = _edition(locked, told, before, edited_by=by, reason=TAKEN_DOWN, is_takedown=True)
    version = publish(edition, by=by, now=at)
    tell_totals(version)
    return version


@verb("review_claim")
def confirm_takedown(
    *,
    claim: Claim,
    by: User,
    reason: str,
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> ClaimVersion:
    """Confirm that a claim taken down stays away; the reason of who took it down becomes public."""
    locked, taken, before = _takedown(claim, by, witness)
    at = moment(now)
    state = claim_state_after("confirm the takedown of", locked.state)
    locked.revision += 1
    move(locked, state, ReviewAction.TAKEDOWN_CONFIRMED, by=by, reason=reason, now=at)
    told = read_tombstone(before.payload)["takedown"]
    told["confirmed"] = True
    edition = _edition(locked, told, before, edited_by=taken.actor, reason=taken.comment)
    return publish(edition, by=by, now=at)


@verb("review_claim")
def reverse_takedown(
    *,
    claim: Claim,
    by: User,
    reason: str,
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> Claim:
    """Put a claim that was taken down before the reviewers again; readers get it when approved."""
    locked, _, _ = _takedown(claim, by, witness)
    at = moment(now)
    state = claim_state_after("reverse the takedown of", locked.state)
    _renew(locked, by, at)
    refresh_contention(locked, now=at)  # what it borrows may have changed while it was away
    return move(locked, state, ReviewAction.TAKEDOWN_REVERSED, by=by, reason=reason, now=at)


def _takedown(
    claim: Claim, by: User, witness: str | None
) -> tuple[Claim, ReviewEvent, ClaimVersion]:
    """The locked claim, the event and the version of its takedown; refuse who did it."""
    locked = lock_for_decision(claim)
    refuse_stale(locked, claim, witness)
    version = ClaimVersion.objects.current().filter(claim=locked, is_takedown=True).first()
    event = ReviewEvent.objects.filter(claim=locked, action=ReviewAction.TAKEN_DOWN)
    taken = event.select_related("actor").order_by("-pk").first()
    if version is None or taken is None:
        raise TransitionError(f"{locked.ref} has no takedown to decide on.", field="state")
    if taken.actor_id == by.pk:
        raise SelfApprovalError(f"You took {locked.ref} down; somebody else must decide.")
    return locked, taken, version


def _renew(claim: Claim, by: User, now: dt.datetime) -> None:
    """Note who changed the claim, so that what others read of it before is stale."""
    claim.revision += 1
    claim.last_edited_by, claim.edited_at = by, now


def _edition(claim: Claim, told: Takedown, before: ClaimVersion, **rest: Any) -> Edition:
    """A tombstone that shows nothing new of the desk, the question included."""
    return Edition(
        claim=claim,
        op=VersionOp.TOMBSTONE,
        document=build_tombstone(claim, question=before.question, takedown=told),
        shown=before.shown,
        borrowed={},
        **rest,
    )
