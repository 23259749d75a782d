"""Taking back what was withdrawn, rejected or dropped: on the desk, then before a second person."""

from __future__ import annotations

from typing import Any

import pytest

from claims.audit.verification import verify_everything
from claims.choices import ClaimState, Contention, ReviewAction
from claims.domain.documents import read_document
from claims.errors import (
    DuplicateError,
    EvidenceError,
    InvalidValueError,
    PermissionMissingError,
    ReasonRequiredError,
    SelfApprovalError,
    TransitionError,
)
from claims.models import Assertion, Claim, ClaimVersion, Source
from claims.workflow.evidence import (
    add_assertion,
    reject_assertion,
    restore_assertion,
    supersede_assertion,
    withdraw_assertion,
)
from claims.workflow.proposals import drop_claim, restore_claim
from claims.workflow.retiring import retire_claim
from claims.workflow.review import approve_claim, submit_claim
from claims.workflow.sources import restore_source, withdraw_source
from tests import factories as make
from tests.kept import made_once
from tests.workflow.merges import merged

pytestmark = pytest.mark.django_db


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def by_chief(**fields: Any) -> dict[str, Any]:
    return {"by": make.chief(), "reason": "It was right after all.", **fields}


def by_contributor(**fields: Any) -> dict[str, Any]:
    return {"by": make.contributor(), "reason": "It was right after all.", **fields}


def public(claim: Claim) -> dict[str, Any]:
    return read_document(ClaimVersion.objects.public().get(claim=claim).payload)


def dropped() -> Claim:
    claim = make.claim()
    make.figure(claim, 97)
    return drop_claim(claim=fresh(claim), by=make.contributor(), reason="Misread.")


# Sources


@made_once
def withdrawn() -> Source:
    """A source that the chief withdrew; readers have a claim that rests on it."""
    version = make.published_claim(97)
    source = version.claim.assertions.get().source
    assert source is not None
    return withdraw_source(source=source, by=make.chief(), reason="Its author took it back.")


def test_a_restored_source_counts_again_and_its_claims_go_before_reviewers(withdrawn):
    claim = Claim.objects.get()
    make.approve(claim, by=make.editor())
    assert public(claim)["contention"] == Contention.UNSOURCED

    row = restore_source(source=withdrawn, **by_chief())

    assert (row.withdrawn_on, row.withdrawal_note) == (None, "")
    claim.refresh_from_db()
    assert (claim.state, claim.contention) == (ClaimState.IN_REVIEW, Contention.SINGLE_ORIGIN)
    assert public(claim)["contention"] == Contention.UNSOURCED
    event = claim.events.latest("pk")
    assert (event.action, event.comment) == (
        *(ReviewAction.SOURCE_RESTORED, "It was right after all."),
    )
    with pytest.raises(SelfApprovalError):
        approve_claim(claim=fresh(claim), by=make.chief(), reason="Mine.")
    make.approve(claim, by=make.editor())
    assert public(claim)["contention"] == Contention.SINGLE_ORIGIN
    assert source_words(withdrawn) == ["", "Its author took it back.", ""]
    assert verify_everything().bad == []


def source_words(source: Source) -> list[str]:
    rows = Source.history.filter(id=source.pk).order_by("history_id")
    return [row.withdrawal_note for row in rows]


def test_restore_source_refuses_one_that_counts():
    with pytest.raises(TransitionError, match="is not withdrawn"):
        restore_source(source=make.source(), **by_chief())


def test_restore_source_is_for_those_who_withdraw(withdrawn):
    with pytest.raises(PermissionMissingError):
        restore_source(source=withdrawn, **by_contributor())
    with pytest.raises(ReasonRequiredError):
        restore_source(source=withdrawn, by=make.chief(), reason=" ")
    assert fresh(withdrawn).is_withdrawn


def test_restore_source_refuses_one_that_is_another_by_now():
    old, new = make.source(), make.source()
    for source in (old, new):
        withdraw_source(source=source, by=make.chief(), reason="Wrong.")
    merged("source", old, new)

    with pytest.raises(TransitionError, match="was merged into"):
        restore_source(source=fresh(old), **by_chief())


# Figures


@pytest.mark.parametrize("verb", [withdraw_assertion, reject_assertion])
def test_a_restored_figure_of_a_public_claim_is_an_edit_that_somebody_approves(verb):
    claim = make.published_claim(60, 97).claim
    row = claim.assertions.get(point=97)
    verb(assertion=row, by=make.editor(), reason="Misread.")
    make.approve(claim, by=make.second_editor())

    restored = restore_assertion(assertion=row, by=make.editor(), reason="Read again.")

    assert (restored.status, restored.status_reason) == ("live", "")
    claim.refresh_from_db()
    assert (claim.state, claim.contention) == (ClaimState.DRAFT, Contention.DISPUTED)
    assert public(claim)["contention"] == Contention.SINGLE_ORIGIN
    submit_claim(claim=fresh(claim), **by_contributor())
    with pytest.raises(SelfApprovalError):
        approve_claim(claim=fresh(claim), by=make.editor(), reason="Mine.")
    version = make.approve(claim, by=make.second_editor())
    assert read_document(version.payload)["contention"] == Contention.DISPUTED
    assert version.summary == "Read again."
    assert verify_everything().bad == []


def test_restore_assertion_refuses_one_that_counts():
    row = make.figure(make.claim(), 97)

    with pytest.raises(TransitionError, match="there is nothing to restore"):
        restore_assertion(assertion=row, **by_contributor())


def test_restore_assertion_refuses_what_somebody_says_otherwise_now():
    claim = make.claim()
    old = make.figure(claim, 60)
    new = supersede_assertion(assertion=old, point="97", source=old.source, **by_contributor())

    with pytest.raises(TransitionError, match=f"{new.ref} stands in place"):
        restore_assertion(assertion=old, **by_contributor())

    withdraw_assertion(assertion=new, **by_contributor())
    assert restore_assertion(assertion=old, **by_contributor()).is_live
    with pytest.raises(TransitionError, match=f"{old.ref} stands in place"):
        restore_assertion(assertion=new, **by_contributor())


def spoken_thrice() -> list[Assertion]:
    """97, 98 and 99 of one origin, each in place of the one before."""
    said = [make.figure(make.claim(), 97)]
    for point in ("98", "99"):
        told = {"source": said[0].source, "value_state": "value", "point": point}
        said.append(supersede_assertion(assertion=said[-1], **by_contributor(), **told))
    return said


def test_restore_assertion_refuses_the_first_of_three_answers_of_one_origin():
    first, _, last = spoken_thrice()
    with pytest.raises(TransitionError, match=f"{last.ref} stands in place"):
        restore_assertion(assertion=fresh(first), **by_contributor())


def test_restore_assertion_refuses_the_last_of_three_where_the_first_stands_again():
    first, _, last = spoken_thrice()
    withdraw_assertion(assertion=last, **by_contributor())
    restore_assertion(assertion=fresh(first), **by_contributor())

    with pytest.raises(TransitionError, match=f"{first.ref} stands in place"):
        restore_assertion(assertion=fresh(last), **by_contributor())
    assert list(first.claim.assertions.live()) == [first]


def test_restore_assertion_refuses_one_of_a_retired_claim():
    claim = make.claim()
    row = make.figure(claim, 97)
    withdraw_assertion(assertion=row, **by_contributor())
    retire_claim(claim=fresh(claim), by=make.chief(), reason="Not needed.")

    with pytest.raises(TransitionError, match="is retired"):
        restore_assertion(assertion=row, **by_contributor())
    assert fresh(row).status == "withdrawn"


def test_restore_assertion_refuses_one_that_names_no_source():
    row = add_assertion(claim=make.claim(), point="97", status="rejected", **by_contributor())

    with pytest.raises(EvidenceError, match="Name the source"):
        restore_assertion(assertion=row, **by_contributor())


def test_restore_assertion_refuses_what_is_not_there():
    row = make.figure(make.claim(), 97)
    with pytest.raises(InvalidValueError, match="does not exist"):
        restore_assertion(assertion=Assertion(pk=10**9, claim=row.claim), **by_contributor())


# Drafts that were dropped


def test_a_dropped_draft_is_a_draft_again_with_its_statements():
    claim = dropped()

    back = restore_claim(claim=claim, by=make.editor(), reason="It was read right.")

    assert (back.state, back.last_edited_by) == (ClaimState.DRAFT, make.editor())
    assert back.assertions.live().count() == 1
    assert back.events.latest("pk").action == ReviewAction.RESTORED
    submit_claim(claim=fresh(back), **by_contributor())
    with pytest.raises(SelfApprovalError):
        approve_claim(claim=fresh(back), by=make.editor(), reason="Mine.")
    assert make.approve(back, by=make.second_editor()).number == 1
    assert verify_everything().bad == []


def test_what_its_source_lost_meanwhile_is_lost_to_the_restored_draft():
    claim = dropped()
    withdraw_source(source=claim.assertions.get().source, by=make.chief(), reason="Forged.")

    assert restore_claim(claim=claim, **by_contributor()).contention == Contention.UNSOURCED


@pytest.mark.parametrize("population", ["men", "MEN"])
def test_restore_claim_refuses_a_question_that_was_asked_again(population):
    claim = make.claim(population="men")
    drop_claim(claim=claim, **by_contributor())
    make.claim(subject=claim.subject, population=population)

    with pytest.raises(DuplicateError):
        restore_claim(claim=claim, **by_contributor())
    assert fresh(claim).state == ClaimState.RETIRED


def test_restore_claim_refuses_what_readers_had():
    claim = make.published_claim(97).claim
    make.retire(claim)

    with pytest.raises(TransitionError, match="was published"):
        restore_claim(claim=fresh(claim), **by_contributor())


def test_restore_claim_refuses_a_claim_that_was_not_dropped():
    with pytest.raises(TransitionError, match="is draft"):
        restore_claim(claim=make.claim(), **by_contributor())


def test_restore_claim_refuses_a_claim_that_is_another_by_now():
    subject = make.subject()
    old = make.claim(subject=subject, unit="people")
    new = make.claim(subject=subject, unit="persons")
    merged("claim", old, new)

    with pytest.raises(TransitionError, match="was merged into"):
        restore_claim(claim=fresh(old), **by_contributor())
