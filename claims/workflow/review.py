"""Submitting, returning and approving claims, retirement included: what no one can do alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.contrib.auth.models import User

from claims.choices import ClaimState, ReviewAction, VersionOp
from claims.domain.document_format import read_claim
from claims.domain.documents import dump_document
from claims.domain.refs import FIGURE, parse_ref
from claims.errors import SelfApprovalError, StaleRevisionError, UnpublishableError
from claims.models import Claim, ClaimVersion, PublishedFigure
from claims.workflow.candidate import (
    Candidate,
    document_of,
    lock_for_decision,
    read_candidate,
)
from claims.workflow.contention import refresh_totals
from claims.workflow.corrections import settle_corrections
from claims.workflow.document import OF_A_VERSION
from claims.workflow.events import log_event, moment
from claims.workflow.history import signed_save
from claims.workflow.locking import lock_claim
from claims.workflow.publication import Edition, publish
from claims.workflow.transitions import claim_state_after
from claims.workflow.verbs import verb


@verb("edit_desk")
def submit_claim(*, claim: Claim, by: User, reason: str, now: dt.datetime | None = None) -> Claim:
    """Put a claim before the reviewers; it needs a live assertion, unless readers have it.

    What readers have and nobody stands by any more can be published as that: no statement stands.
    """
    locked = lock_claim(claim)
    state = claim_state_after("submit", locked.state)
    published = ClaimVersion.objects.public().of_claim(locked.pk)
    if not locked.assertions.live().exists() and not published.exists():
        raise UnpublishableError("Add what at least one source says before submitting.")
    return move(locked, state, ReviewAction.SUBMITTED, by=by, reason=reason, now=moment(now))


@verb("review_claim")
def return_claim(
    *,
    claim: Claim,
    by: User,
    reason: str,
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> Claim:
    """Give a claim, or the proposal to retire it, back to its author with the reason."""
    locked = lock_for_decision(claim)
    refuse_stale(locked, claim, witness)
    kept = locked.state == ClaimState.RETIRING and is_as_published(locked)
    state = claim_state_after("keep" if kept else "return", locked.state)
    return move(locked, state, ReviewAction.RETURNED, by=by, reason=reason, now=moment(now))


@verb("review_claim")
def approve_claim(
    *,
    claim: Claim,
    by: User,
    reason: str,
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> ClaimVersion:
    """Publish the claim, or its retirement, as it stands; refuse its authors and a stale reading.

    ``witness`` is that of the candidate that the reviewer saw; without it the revision of the
    claim passed in must still be the stored one. The approver's reason stays on the desk.
    """
    locked = lock_for_decision(claim)
    claim_state_after("approve", locked.state)  # refused before anything is read
    candidate = read_candidate(locked)
    refuse_own(candidate, by)
    refuse_unseen(candidate, claim, witness)
    _refuse_shown_elsewhere(candidate)
    return publish_candidate(candidate, by=by, reason=reason, now=moment(now))


def publish_candidate(
    candidate: Candidate, *, by: User, reason: str, now: dt.datetime
) -> ClaimVersion:
    """Make a candidate that was locked, read and found fit what readers have."""
    state = claim_state_after("approve", candidate.claim.state)
    retires = candidate.op == VersionOp.TOMBSTONE
    action = ReviewAction.RETIRED if retires else ReviewAction.APPROVED
    move(candidate.claim, state, action, by=by, reason=reason, now=now)
    version = publish(edition_of(candidate), by=by, now=now)
    settle_corrections(candidate.borrowed, now=now)
    tell_totals(version)
    return version


def edition_of(candidate: Candidate) -> Edition:
    """What approving the candidate publishes."""
    return Edition(
        claim=candidate.claim,
        op=candidate.op,
        document=candidate.document,
        edited_by=candidate.claim.last_edited_by,
        reason=candidate.reason,
        shown=candidate.shown,
        borrowed=candidate.borrowed,
    )


def tell_totals(version: ClaimVersion) -> None:
    """Let the totals of a claim reckon with what readers have of it now."""
    done = "retired" if version.op == VersionOp.TOMBSTONE else "published"
    words = f"{version.claim.ref}, a part of this total, was {done} as version {version.number}."
    refresh_totals(version.claim, words, now=version.published_at)


def move(
    claim: Claim,
    state: str,
    action: ReviewAction,
    *,
    by: User,
    reason: str,
    now: dt.datetime,
) -> Claim:
    """Bring the locked claim into a state; sign and log who did it and why."""
    claim.state = state
    signed_save(claim, by=by, reason=reason, now=now)
    log_event(claim, by, action, reason, now=now)
    return claim


def refuse_own(candidate: Candidate, by: User) -> None:
    """Raise SelfApprovalError for an author of anything that the candidate shows."""
    if by.pk in candidate.authors:
        raise SelfApprovalError(
            f"You changed {candidate.claim.ref}, or what it cites, since it was last approved; "
            "somebody else must decide."
        )


def refuse_unseen(candidate: Candidate, seen: Claim, witness: str | None) -> None:
    """Raise StaleRevisionError when the candidate is not what was read.

    The witness names what was read; without one, the revision of the claim passed in does.
    """
    claim = candidate.claim
    known = seen.revision == claim.revision if witness is None else witness == candidate.witness
    if not known:
        raise StaleRevisionError(
            f"{claim.ref}, or what it cites, changed since you read it "
            f"(it is at revision {claim.revision} now); read it again."
        )


def _refuse_shown_elsewhere(candidate: Candidate) -> None:
    """A statement that came back from a merge is first taken from where readers have it."""
    if candidate.document["status"] == "retired":
        return
    numbers = [parse_ref(entry["ref"], FIGURE) for entry in candidate.document["figures"]]
    shown = PublishedFigure.objects.filter(assertion__in=numbers).exclude(claim=candidate.claim)
    one = shown.order_by("assertion_id").first()
    if one is not None:
        raise UnpublishableError(
            f"Readers still have F{one.assertion_id} with C{one.claim_id}; "
            "approve that claim first."
        )


def refuse_stale(locked: Claim, seen: Claim, witness: str | None) -> None:
    """The same for a decision that publishes nothing of the candidate."""
    refuse_unseen(read_candidate(locked), seen, witness)


def is_as_published(claim: Claim) -> bool:
    """Whether readers have all that the desk holds of the claim and of what it borrows."""
    version = ClaimVersion.objects.public().filter(claim=claim).first()
    if version is None:
        return False
    desk: Mapping[str, object] = read_claim(dump_document(document_of(claim)))
    without = OF_A_VERSION | {"format"}
    public: Mapping[str, object] = read_claim(version.payload)
    return all(desk[name] == public[name] for name in desk if name not in without)
