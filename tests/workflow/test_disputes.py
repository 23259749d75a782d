"""Disputes open, reopen and turn moot by themselves; people decide them."""

from __future__ import annotations

import pytest

from claims.choices import ClaimState, Contention, DisputeState
from claims.errors import (
    DuplicateError,
    InvalidValueError,
    PermissionMissingError,
    SelfApprovalError,
    SelfDecisionError,
    StaleRevisionError,
    TransitionError,
)
from claims.models import ReviewEvent
from claims.workflow.disputes import (
    dismiss_dispute,
    open_dispute,
    reopen_dispute,
    take_dispute,
)
from claims.workflow.evidence import withdraw_assertion
from claims.workflow.retiring import retire_claim
from tests import factories as make
from tests.workflow.cases import RATIONALE, disputed, fresh, resolve

pytestmark = pytest.mark.django_db


def test_resolve_dispute_prefers_one_of_its_members():
    claim = disputed()
    preferred = claim.assertions.get(point=97)

    decided = resolve(claim.disputes.get(), "prefer", preferred=preferred)

    assert decided.preferred == preferred


@pytest.mark.parametrize("outcome", ["prefer", "range_stands"])
def test_resolve_dispute_refuses_a_preference_that_does_not_fit_its_outcome(outcome):
    claim = disputed()
    preferred = None if outcome == "prefer" else claim.assertions.first()

    with pytest.raises(InvalidValueError):
        resolve(claim.disputes.get(), outcome, preferred=preferred)


def test_resolve_dispute_refuses_to_prefer_what_is_not_live():
    claim = disputed()
    make.figure(claim, 120)
    gone = claim.assertions.get(point=60)
    withdraw_assertion(assertion=gone, by=make.contributor(), reason="Misread.")

    with pytest.raises(InvalidValueError):
        resolve(claim.disputes.get(), "prefer", preferred=fresh(gone))


def test_resolve_dispute_refuses_to_prefer_an_answer_to_another_question():
    claim = disputed()
    foreign = make.figure(make.claim(), 5)

    with pytest.raises(InvalidValueError):
        resolve(claim.disputes.get(), "prefer", preferred=foreign)


@pytest.mark.parametrize("rationale", ["", "  ", "x" * 10_001, "a\x00b"])
def test_resolve_dispute_refuses_without_a_rationale_that_readers_can_read(rationale):
    claim = disputed()

    with pytest.raises(InvalidValueError):
        resolve(claim.disputes.get(), rationale=rationale)


def test_resolve_dispute_refuses_an_unknown_outcome():
    with pytest.raises(InvalidValueError):
        resolve(disputed().disputes.get(), "coin_toss")


def test_contributors_decide_nothing():
    dispute = disputed().disputes.get()
    by = make.contributor()

    with pytest.raises(PermissionMissingError):
        resolve(dispute, by=by)
    with pytest.raises(PermissionMissingError):
        take_dispute(dispute=dispute, by=by, reason="Mine.")
    with pytest.raises(PermissionMissingError):
        open_dispute(claim=dispute.claim, by=by, reason="I doubt it.")


def test_who_opened_a_dispute_does_not_decide_it():
    claim = make.claim()
    make.figure(claim, 97)
    dispute = open_dispute(claim=claim, by=make.editor(), reason="The list has 82 names.")

    with pytest.raises(SelfDecisionError):
        resolve(dispute)
    with pytest.raises(SelfDecisionError):
        dismiss_dispute(dispute=dispute, by=make.editor(), reason="x", rationale=RATIONALE)
    assert resolve(dispute, by=make.second_editor()).state == DisputeState.RESOLVED


def test_an_editors_dispute_makes_the_claim_disputed():
    claim = make.claim()
    make.figure(claim, 97)

    open_dispute(claim=claim, by=make.editor(), reason="The list has 82 names.")

    assert fresh(claim).contention == Contention.DISPUTED


def test_open_dispute_refuses_a_second_of_its_kind():
    claim = make.claim()
    make.figure(claim, 97)
    open_dispute(claim=claim, by=make.editor(), reason="The list has 82 names.")

    with pytest.raises(DuplicateError):
        open_dispute(claim=claim, by=make.second_editor(), reason="Me too.")


def test_open_dispute_refuses_answers_to_another_question():
    claim = make.claim()
    foreign = make.figure(make.claim(), 5)

    with pytest.raises(InvalidValueError):
        open_dispute(claim=claim, by=make.editor(), reason="Odd.", assertions=[foreign])


def test_open_dispute_refuses_retired_claims():
    claim = make.claim()
    retire_claim(claim=claim, by=make.chief(), reason="Asked twice.")

    with pytest.raises(TransitionError):
        open_dispute(claim=claim, by=make.editor(), reason="Odd.")


def test_a_decision_on_evidence_that_has_changed_since_is_refused():
    claim = disputed()
    seen = claim.disputes.get()
    make.figure(claim, 120)

    with pytest.raises(StaleRevisionError):
        resolve(seen)
    with pytest.raises(StaleRevisionError):
        dismiss_dispute(dispute=seen, by=make.editor(), reason="x", rationale=RATIONALE)
    assert resolve(fresh(seen)).state == DisputeState.RESOLVED


def test_reopen_dispute_takes_the_decision_back():
    dispute = resolve(disputed().disputes.get())

    again = reopen_dispute(dispute=dispute, by=make.second_editor(), reason="New doubts.")

    assert (again.state, again.outcome, again.rationale) == (DisputeState.OPEN, "", "")


def test_reopen_dispute_refuses_while_another_of_its_kind_is_open():
    claim = make.claim()
    make.figure(claim, 97)
    first = open_dispute(claim=claim, by=make.editor(), reason="The list has 82 names.")
    resolve(first, by=make.second_editor())
    open_dispute(claim=claim, by=make.editor(), reason="And 3 of them are alive.")

    with pytest.raises(DuplicateError):
        reopen_dispute(dispute=first, by=make.editor(), reason="Again.")


def test_a_decision_sends_a_published_claim_back_to_review():
    version = make.published_claim(60, 97)

    resolve(version.claim.disputes.get(), by=make.second_editor())

    assert fresh(version.claim).state == ClaimState.IN_REVIEW


def test_who_decided_a_dispute_does_not_approve_the_claim():
    version = make.published_claim(60, 97)
    resolve(version.claim.disputes.get(), by=make.second_editor())

    with pytest.raises(SelfApprovalError):
        make.approve(version.claim, by=make.second_editor())
    assert make.approve(version.claim, by=make.editor()).number == 2


def test_take_dispute_changes_nothing_public():
    version = make.published_claim(60, 97)
    dispute = version.claim.disputes.get()

    taken = take_dispute(dispute=dispute, by=make.second_editor(), reason="I look into it.")

    assert taken.taken_by == make.second_editor()
    assert fresh(version.claim).state == ClaimState.PUBLISHED
    assert fresh(version.claim).revision == version.claim.revision


def test_every_step_of_a_dispute_is_logged():
    claim = disputed()
    dispute = claim.disputes.get()
    take_dispute(dispute=dispute, by=make.editor(), reason="I look into it.")
    resolve(dispute)
    reopen_dispute(dispute=dispute, by=make.second_editor(), reason="New doubts.")
    for row in claim.assertions.filter(point=60):
        withdraw_assertion(assertion=row, by=make.contributor(), reason="Misread.")

    actions = ReviewEvent.objects.filter(dispute=dispute).values_list("action", flat=True)
    assert list(actions) == [
        *("dispute_opened", "dispute_taken", "dispute_resolved", "dispute_reopened"),
        "dispute_moot",
    ]
