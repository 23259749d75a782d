"""Taking back what an account did to claims: drafts dropped, edits gone back from."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from django.contrib.auth.models import User

from claims.choices import ClaimState, ReviewAction
from claims.errors import StaleRevisionError
from claims.models import (
    Anchor,
    Assertion,
    AssertionParty,
    Attribution,
    Claim,
    ClaimRelation,
    DisputeAssertion,
    ReviewEvent,
)
from claims.workflow.locking import lock_claim
from claims.workflow.proposals import drop_claim
from claims.workflow.revert import rewind_claim
from claims.workflow.review import return_claim
from claims.workflow.rollback_steps import Rollback, Step
from claims.workflow.transitions import CLAIM

# What goes back with its claim: every write of it is an event of the claim.
WITH_CLAIM: Final = frozenset(
    {Claim, Assertion, Attribution, AssertionParty, Anchor, ClaimRelation, DisputeAssertion}
)
REVERTED: Final = "reverted, goes before reviewers"
DROPPED: Final = "draft dropped"


def claim_steps(plan: Rollback) -> list[Step]:
    """A step for each claim that the account wrote on since, by number."""
    events = ReviewEvent.objects.authoring().filter(actor=plan.account, at__gte=plan.since)
    first: dict[int, ReviewEvent] = {}
    for event in events.order_by("pk"):
        first.setdefault(event.claim_id, event)
    claims = Claim.objects.in_bulk(first)
    return [_step(plan, claims[number], first[number]) for number in sorted(first)]


def _step(plan: Rollback, claim: Claim, first: ReviewEvent) -> Step:
    later = _edited_later(plan, first)
    if later is not None:
        return Step(claim, f"skipped: {later} edited it later")
    if claim.state == ClaimState.RETIRED:
        return Step(claim, "skipped: it is retired already")
    if first.action != ReviewAction.DRAFTED:
        return _going_back(plan, claim, first)
    if claim.versions.exists():
        return Step(claim, "skipped: readers have it; retire it, or take it down")
    if claim.state == ClaimState.RETIRING:
        return Step(claim, "skipped: its retirement waits for a decision")
    return Step(claim, DROPPED, partial(_drop, plan, claim, first))


def _going_back(plan: Rollback, claim: Claim, first: ReviewEvent) -> Step:
    record = _record_before(claim, first)
    if claim.state not in CLAIM["revert"]:
        return Step(claim, f"skipped: it is {claim.get_state_display()}")
    if record is None:
        return Step(claim, "skipped: its history does not say what stood before")
    return Step(claim, REVERTED, partial(_rewind, plan, claim, first, record))


def _record_before(claim: Claim, first: ReviewEvent) -> Any:
    """The claim's last row of history before the act of the event, by the order of its rows."""
    rows = Claim.history.filter(id=claim.pk).order_by("history_id")
    mine = rows.filter(act=first.act) if first.act else rows.filter(history_date__gte=first.at)
    touched = mine.first()
    return None if touched is None else rows.filter(history_id__lt=touched.history_id).last()


def _edited_later(plan: Rollback, first: ReviewEvent, by: User | None = None) -> str | None:
    """Who else wrote on the claim since the event; not what ``by`` did since it was planned."""
    events = ReviewEvent.objects.authoring().filter(claim=first.claim_id, pk__gt=first.pk)
    others = events.exclude(actor=plan.account).exclude(actor=None)
    if by is not None:
        others = others.exclude(actor=by, pk__gt=plan.newest)
    return others.order_by("pk").values_list("actor__username", flat=True).first()


def _locked(plan: Rollback, claim: Claim, first: ReviewEvent, by: User) -> Claim:
    """The claim as it is by now, unless somebody else edited it meanwhile."""
    locked = lock_claim(claim)
    later = _edited_later(plan, first, by)
    if later is not None:
        raise StaleRevisionError(f"{later} edited it later")
    return locked


def _rewind(
    plan: Rollback, claim: Claim, first: ReviewEvent, record: Any, *, by: User, reason: str
) -> None:
    locked = _locked(plan, claim, first, by)
    rewind_claim(claim=locked, record=record, by=by, reason=reason)


def _drop(plan: Rollback, claim: Claim, first: ReviewEvent, *, by: User, reason: str) -> None:
    locked = _locked(plan, claim, first, by)
    if locked.state == ClaimState.IN_REVIEW:
        locked = return_claim(claim=locked, by=by, reason=reason)
    drop_claim(claim=locked, by=by, reason=reason)
