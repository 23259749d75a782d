"""Undoing one's own last decision: within minutes, signed, and nothing of it public."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from claims.audit.verification import verify_everything
from claims.choices import ClaimState, DisputeState, ReviewAction
from claims.errors import DuplicateError, SelfApprovalError, StaleRevisionError, TransitionError
from claims.models import Claim, ClaimVersion, Dispute
from claims.workflow.assigning import assign_claim
from claims.workflow.candidate import read_candidate, witness_of
from claims.workflow.claims import edit_claim
from claims.workflow.disputes import (
    dismiss_dispute,
    dispute_witness,
    open_dispute,
    reopen_dispute,
    take_dispute,
)
from claims.workflow.evidence import change_assertion, withdraw_assertion
from claims.workflow.proposed import standings_of
from claims.workflow.retiring import retire_claim
from claims.workflow.review import approve_claim, return_claim, submit_claim
from claims.workflow.undoing import undo_decision, undo_return
from tests import factories as make
from tests.workflow.cases import RATIONALE, disputed, resolve

pytestmark = pytest.mark.django_db


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def by_editor(**fields: Any) -> dict[str, Any]:
    return {"by": make.editor(), "reason": "The wrong row.", **fields}


def later(minutes: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(minutes=minutes)


def returned() -> Claim:
    claim = make.submitted_claim(97)
    return return_claim(claim=claim, by=make.editor(), reason="Name the page.")


# Returns


def test_an_undone_return_waits_as_before_with_its_age_and_may_be_approved():
    claim = make.submitted_claim(97)
    before = standings_of([claim.pk])[claim.pk]
    seen = witness_of(fresh(claim))
    return_claim(claim=fresh(claim), by=make.editor(), reason="Name the page.")

    undone = undo_return(claim=fresh(claim), **by_editor())

    assert (undone.state, undone.revision) == (ClaimState.IN_REVIEW, claim.revision)
    event = claim.events.latest("pk")
    assert (event.action, event.actor, event.comment) == (
        *(ReviewAction.RETURN_UNDONE, make.editor(), "The wrong row."),
    )
    assert standings_of([claim.pk])[claim.pk] == before
    version = approve_claim(claim=fresh(claim), by=make.editor(), reason="Read.", witness=seen)
    assert version.number == 1
    assert verify_everything().bad == []


@pytest.mark.parametrize("is_edited", [True, False])
def test_an_undone_return_of_a_retirement_proposes_it_again(is_edited):
    claim = make.published_claim(97).claim
    if is_edited:
        edit_claim(claim=claim, by=make.contributor(), reason="Narrower.", population="men")
    retire_claim(claim=fresh(claim), by=make.chief(), reason="Asked twice.")
    back = return_claim(claim=fresh(claim), by=make.editor(), reason="It is not.")
    assert back.state == (ClaimState.CHANGES_REQUESTED if is_edited else ClaimState.PUBLISHED)

    assert undo_return(claim=fresh(claim), **by_editor()).state == ClaimState.RETIRING

    assert ClaimVersion.objects.public().get().claim == claim
    assert approve_claim(claim=fresh(claim), by=make.editor(), reason="So.").op == "tombstone"
    assert verify_everything().bad == []


def test_who_looks_after_a_claim_makes_no_difference():
    claim = returned()
    assign_claim(claim=claim, by=make.chief(), reason="Yours.", assignee=make.editor())

    assert undo_return(claim=fresh(claim), **by_editor()).state == ClaimState.IN_REVIEW


def test_undo_return_refuses_who_did_not_return_it():
    with pytest.raises(TransitionError, match="Somebody else decided"):
        undo_return(claim=returned(), **by_editor(by=make.second_editor()))


def test_undo_return_refuses_after_the_minutes_of_the_settings():
    claim, minutes = returned(), settings.FACTBASE_LIMITS["undo_minutes"]

    with pytest.raises(TransitionError, match=f"more than {minutes} minutes ago"):
        undo_return(claim=claim, **by_editor(now=later(minutes + 1)))
    done = undo_return(claim=claim, **by_editor(now=later(minutes - 1)))
    assert done.state == ClaimState.IN_REVIEW


@pytest.mark.parametrize("since", ["edit", "submit"])
def test_undo_return_refuses_when_something_else_came_since(since):
    claim = returned()
    signed = {"by": make.contributor(), "reason": "On it."}
    if since == "edit":
        edit_claim(claim=claim, population="men", **signed)
    else:
        submit_claim(claim=claim, **signed)

    with pytest.raises(TransitionError, match="was not returned last"):
        undo_return(claim=fresh(claim), **by_editor())


def test_undo_return_refuses_what_was_never_returned():
    with pytest.raises(TransitionError, match="was not returned last"):
        undo_return(claim=make.published_claim(97).claim, **by_editor())


def test_undo_return_refuses_another_reading():
    with pytest.raises(StaleRevisionError):
        undo_return(claim=returned(), **by_editor(), witness="0" * 64)


# Decisions on disputes


def decided(*, taken: bool = False, dismissed: bool = False) -> Dispute:
    """A dispute of a claim that readers have, decided by the editor."""
    dispute = make.published_claim(60, 97).claim.disputes.get()
    if taken:
        take_dispute(dispute=dispute, **by_editor())
    if dismissed:
        return dismiss_dispute(dispute=fresh(dispute), rationale=RATIONALE, **by_editor())
    return resolve(fresh(dispute))


@pytest.mark.parametrize("taken", [False, True])
@pytest.mark.parametrize("dismissed", [False, True])
def test_an_undone_decision_leaves_the_case_as_before(taken, dismissed):
    dispute = decided(taken=taken, dismissed=dismissed)

    undone = undo_decision(dispute=dispute, **by_editor())

    assert undone.state == (DisputeState.UNDER_REVIEW if taken else DisputeState.OPEN)
    assert undone.taken_by == (make.editor() if taken else None)
    assert (undone.outcome, undone.rationale, undone.decided_by) == ("", "", None)
    claim = fresh(dispute.claim)
    assert (claim.state, claim.contention) == (ClaimState.IN_REVIEW, "disputed")
    assert claim.events.latest("pk").action == ReviewAction.DECISION_UNDONE
    assert dispute.history.filter(rationale=RATIONALE).exists()
    assert resolve(fresh(undone)).state == DisputeState.RESOLVED
    assert verify_everything().bad == []


def test_who_undid_a_decision_is_an_author_and_does_not_approve():
    dispute = decided()
    undo_decision(dispute=dispute, **by_editor())
    claim = fresh(dispute.claim)
    assert make.editor().pk in read_candidate(claim).authors

    with pytest.raises(SelfApprovalError):
        approve_claim(claim=claim, by=make.editor(), reason="Mine.")


@pytest.mark.parametrize("verb", [undo_decision, reopen_dispute])
@pytest.mark.parametrize(
    ("withdrawn", "state"), [((60,), DisputeState.OPEN), ((60, 97), DisputeState.MOOT)]
)
def test_what_was_withdrawn_since_a_dismissal_leaves_the_case(verb, withdrawn, state):
    claim = make.published_claim(60, 97, 250).claim
    members = claim.assertions.filter(point__lt=250)
    case = open_dispute(claim=claim, assertions=members, **by_editor(by=make.chief()))
    dismiss_dispute(dispute=case, rationale=RATIONALE, **by_editor())
    for row in members.filter(point__in=withdrawn):
        withdraw_assertion(assertion=row, by=make.contributor(), reason="Misread.")

    done = verb(dispute=fresh(case), **by_editor())

    assert done.state == fresh(case).state == state
    if state == DisputeState.OPEN:
        assert [link.assertion.point for link in fresh(case).members.all()] == [97]
    assert verify_everything().bad == []


def test_undo_decision_refuses_who_did_not_decide_it():
    with pytest.raises(TransitionError, match="Somebody else decided"):
        undo_decision(dispute=decided(), **by_editor(by=make.second_editor()))


def test_undo_decision_refuses_after_the_minutes_of_the_settings():
    minutes = settings.FACTBASE_LIMITS["undo_minutes"]
    with pytest.raises(TransitionError, match="can no longer be undone"):
        undo_decision(dispute=decided(), **by_editor(now=later(minutes + 1)))


def test_undo_decision_refuses_what_is_not_decided():
    with pytest.raises(TransitionError, match="it must be dismissed or resolved"):
        undo_decision(dispute=disputed().disputes.get(), **by_editor())


def test_undo_decision_refuses_what_somebody_looks_into_in_words_that_read():
    taken = take_dispute(dispute=disputed().disputes.get(), **by_editor())
    with pytest.raises(TransitionError, match="to undo, once taken, the decision on it, it must"):
        undo_decision(dispute=taken, **by_editor())


def test_undo_decision_refuses_a_case_that_new_evidence_reopened():
    dispute = decided()
    row = dispute.claim.assertions.get(point=97)
    change_assertion(assertion=row, by=make.contributor(), reason="Misread.", point="98")

    with pytest.raises(TransitionError, match="it must be dismissed or resolved"):
        undo_decision(dispute=fresh(dispute), **by_editor())


def test_undo_decision_refuses_a_second_open_case_of_its_kind():
    claim = disputed()
    first = open_dispute(claim=claim, **by_editor(by=make.chief()))
    dismiss_dispute(dispute=first, rationale=RATIONALE, **by_editor())
    open_dispute(claim=fresh(claim), **by_editor(by=make.chief()))

    with pytest.raises(DuplicateError):
        undo_decision(dispute=fresh(first), **by_editor())


def test_undo_decision_refuses_another_reading():
    dispute = decided()
    seen = dispute_witness(dispute)
    row = dispute.claim.assertions.get(point=97)
    change_assertion(assertion=row, by=make.contributor(), reason="A quote.", quote="97 fell.")

    with pytest.raises(StaleRevisionError):
        undo_decision(dispute=fresh(dispute), **by_editor(), witness=seen)
