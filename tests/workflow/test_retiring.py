"""Taking claims out of use: two people, or one in an emergency and a second who confirms."""

from __future__ import annotations

import pytest

from claims.audit.verification import verify_everything
from claims.choices import ClaimState
from claims.domain.documents import read_document
from claims.errors import (
    InvalidValueError,
    PermissionMissingError,
    SelfApprovalError,
    StaleRevisionError,
    TransitionError,
    UnpublishableError,
)
from claims.models import Claim, ClaimVersion
from claims.workflow.candidate import witness_of
from claims.workflow.claims import edit_claim
from claims.workflow.evidence import change_assertion
from claims.workflow.retiring import (
    confirm_takedown,
    retire_claim,
    reverse_takedown,
    take_down_claim,
)
from claims.workflow.review import approve_claim, return_claim
from tests import factories as make

pytestmark = pytest.mark.django_db
SLANDER = "The minister lied."


def fresh(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def taken_down(*points: int) -> Claim:
    claim = make.published_claim(*points or (97,)).claim
    take_down_claim(claim=fresh(claim), by=make.chief(), reason=SLANDER, cause="legal")
    return fresh(claim)


def public(claim: Claim) -> dict:
    return read_document(ClaimVersion.objects.current().get(claim=claim).payload)


def test_retire_claim_takes_a_draft_out_of_use_at_once():
    draft = make.claim()

    assert retire_claim(claim=draft, by=make.chief(), reason="No question.").state == "retired"
    assert not ClaimVersion.objects.exists()


def test_retire_claim_leaves_a_published_claim_to_readers_until_a_second_person_approves():
    version = make.published_claim(97)

    proposed = retire_claim(claim=version.claim, by=make.chief(), reason="Asked twice.")

    assert proposed.state == ClaimState.RETIRING
    assert public(version.claim)["status"] == "published"
    with pytest.raises(SelfApprovalError):
        approve_claim(claim=proposed, by=make.chief(), reason="Mine.")
    tombstone = approve_claim(claim=proposed, by=make.editor(), reason="Indeed.")
    document = read_document(tombstone.payload)
    assert (document["status"], document["review"]["reason"]) == ("retired", "Asked twice.")
    assert fresh(version.claim).state == ClaimState.RETIRED
    assert not ClaimVersion.objects.public().exists()
    assert verify_everything().bad == []


def test_a_returned_retirement_leaves_a_claim_published():
    claim = retire_claim(claim=make.published_claim(97).claim, by=make.chief(), reason="No.")

    returned = return_claim(claim=claim, by=make.editor(), reason="It is fine.")

    assert returned.state == ClaimState.PUBLISHED
    assert verify_everything().bad == []


def test_a_returned_retirement_gives_back_what_else_waits():
    claim = make.published_claim(97).claim
    make.figure(claim, 60)
    proposed = retire_claim(claim=fresh(claim), by=make.chief(), reason="No.")

    assert return_claim(claim=proposed, by=make.editor(), reason="Why?").state == (
        ClaimState.CHANGES_REQUESTED
    )


def test_an_edit_voids_the_proposal_to_retire():
    claim = make.published_claim(97).claim
    seen = retire_claim(claim=claim, by=make.chief(), reason="No.")
    row = claim.assertions.get()
    change_assertion(assertion=row, by=make.contributor(), reason="Typo.", point="79")

    with pytest.raises(TransitionError):
        approve_claim(claim=seen, by=make.editor(), reason="Indeed.")
    assert fresh(claim).state == ClaimState.DRAFT


def test_retire_claim_refuses_what_changed_since_it_was_read():
    claim = make.published_claim(97).claim
    witness = witness_of(fresh(claim))
    make.figure(claim, 60)

    with pytest.raises(StaleRevisionError):
        retire_claim(claim=fresh(claim), by=make.chief(), reason="No.", witness=witness)


def test_retire_claim_refuses_editors():
    with pytest.raises(PermissionMissingError):
        retire_claim(claim=make.published_claim(97).claim, by=make.editor(), reason="No.")


def test_take_down_claim_tells_readers_the_cause_and_no_words_of_one_person():
    claim = taken_down()

    document = public(claim)
    assert document["takedown"] == {"cause": "legal", "confirmed": False}
    assert SLANDER not in ClaimVersion.objects.current().get(claim=claim).payload
    assert claim.state == ClaimState.RETIRED
    assert list(Claim.objects.with_takedown_to_confirm()) == [claim]
    assert verify_everything().bad == []


def test_a_takedown_shows_the_question_that_readers_had_and_not_the_desks():
    claim = make.published_claim(97).claim
    edit_claim(claim=fresh(claim), by=make.chief(), reason="Mine.", question=SLANDER)

    take_down_claim(claim=fresh(claim), by=make.chief(), reason="x", cause="legal")

    assert public(claim)["question"] == claim.question
    confirm_takedown(claim=fresh(claim), by=make.editor(), reason="So it is.")
    assert public(claim)["question"] == claim.question
    words = ClaimVersion.objects.filter(claim=claim).values_list("question", "payload")
    assert SLANDER not in str(list(words))
    assert verify_everything().bad == []


def test_take_down_claim_works_where_the_chief_edited_last():
    claim = make.published_claim(97).claim
    make.figure(claim, 60, by=make.chief())

    take_down_claim(claim=fresh(claim), by=make.chief(), reason="At once.", cause="safety")

    assert fresh(claim).state == ClaimState.RETIRED


def test_take_down_claim_refuses_an_unknown_cause():
    claim = make.published_claim(97).claim

    with pytest.raises(InvalidValueError, match="cause"):
        take_down_claim(claim=claim, by=make.chief(), reason="x", cause="dislike")


def test_take_down_claim_refuses_what_readers_do_not_have():
    with pytest.raises(UnpublishableError):
        take_down_claim(claim=make.claim(), by=make.chief(), reason="x", cause="legal")


def test_take_down_claim_refuses_editors():
    claim = make.published_claim(97).claim

    with pytest.raises(PermissionMissingError):
        take_down_claim(claim=claim, by=make.editor(), reason="x", cause="legal")


def test_confirm_takedown_publishes_the_reason_that_two_people_read():
    claim = taken_down()

    version = confirm_takedown(claim=claim, by=make.editor(), reason="So it is.")

    document = read_document(version.payload)
    assert document["takedown"] == {"cause": "legal", "confirmed": True}
    assert document["review"]["reason"] == SLANDER
    assert not Claim.objects.with_takedown_to_confirm().exists()
    assert verify_everything().bad == []


@pytest.mark.parametrize("decide", [confirm_takedown, reverse_takedown])
def test_who_took_a_claim_down_decides_nothing_about_it(decide):
    claim = taken_down()

    with pytest.raises(SelfApprovalError):
        decide(claim=claim, by=make.chief(), reason="Mine.")


@pytest.mark.parametrize("decide", [confirm_takedown, reverse_takedown])
def test_only_a_takedown_is_confirmed_or_reversed(decide):
    claim = make.retire(make.published_claim(97).claim).claim

    with pytest.raises(TransitionError):
        decide(claim=fresh(claim), by=make.editor(), reason="So.")


def test_reverse_takedown_brings_a_claim_back_once_somebody_else_approves():
    claim = taken_down()

    back = reverse_takedown(claim=claim, by=make.editor(), reason="Nothing is wrong.")

    assert back.state == ClaimState.IN_REVIEW
    assert public(claim)["status"] == "retired"
    with pytest.raises(SelfApprovalError):
        approve_claim(claim=back, by=make.editor(), reason="Mine.")
    version = approve_claim(claim=back, by=make.second_editor(), reason="Right.")
    assert read_document(version.payload)["review"]["reason"] == "Nothing is wrong."
    assert fresh(claim).state == ClaimState.PUBLISHED
    assert verify_everything().bad == []
