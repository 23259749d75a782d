"""Nothing becomes public that one person alone decided: whatever door, whatever row."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from django.db import connection

from claims.audit.verification import verify_everything
from claims.choices import ClaimState, Contention
from claims.domain.documents import dump_document, read_document
from claims.errors import SelfApprovalError, StaleRevisionError
from claims.models import (
    Assertion,
    Attribution,
    Claim,
    ClaimRelation,
    ClaimVersion,
    Dispute,
    Source,
)
from claims.workflow import review
from claims.workflow.assigning import assign_claim, release_claim, take_claim
from claims.workflow.candidate import read_candidate, witness_of
from claims.workflow.claims import edit_claim, relate_claims
from claims.workflow.comments import write_comment
from claims.workflow.desk import read_desk
from claims.workflow.disputes import dismiss_dispute, dispute_witness, note_dispute, take_dispute
from claims.workflow.document import OF_A_VERSION, build_document
from claims.workflow.evidence import change_assertion
from claims.workflow.linked import read_linked
from claims.workflow.review import approve_claim, return_claim, submit_claim
from claims.workflow.sources import edit_source
from tests import factories as make
from tests.world import build_world

pytestmark = pytest.mark.django_db
ALONE = "ONE EDITOR ALONE WROTE THIS"


def fresh(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def public(claim: Claim) -> dict[str, Any]:
    return read_document(ClaimVersion.objects.current().get(claim=claim).payload)


def as_editor(**fields: Any) -> dict[str, Any]:
    return {"by": make.editor(), "reason": "Alone.", **fields}


def test_the_document_is_built_without_another_query(django_assert_num_queries):
    desk = read_desk(Claim.objects.for_evidence().get(pk=build_world().pk))
    linked = read_linked(desk)

    with django_assert_num_queries(0):
        build_document(desk, linked)


def test_what_is_sealed_is_the_candidate_to_the_letter():
    claim = make.submitted_claim(60, 97)
    candidate = read_candidate(fresh(claim))

    version = approve_claim(
        claim=claim, by=make.editor(), reason="Read.", witness=candidate.witness
    )

    sealed = read_document(version.payload)
    kept = candidate.document.keys() - OF_A_VERSION
    assert dump_document({name: sealed[name] for name in kept}) == dump_document(
        {name: candidate.document[name] for name in kept}
    )
    assert sealed["review"]["reason"] == candidate.reason


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_edit_of_a_borrowed_row_waits_for_the_approval_that_reads_it(monkeypatch):
    """An edit that comes between reading and sealing is not published by it (200 rounds: 0)."""
    source = make.source("Original title")
    make.editor(), make.second_editor()
    real, edits = review.publish, []

    def edit() -> None:
        edit_source(source=source, title=ALONE, **as_editor())
        connection.close()

    def publish(*args: Any, **more: Any) -> ClaimVersion:
        edits.append(threading.Thread(target=edit))
        edits[-1].start()
        edits[-1].join(0.05)
        return real(*args, **more)

    monkeypatch.setattr(review, "publish", publish)
    for point in range(5):
        claim = make.claim()
        make.figure(claim, point, source=source)
        version = make.approve(claim, by=make.second_editor())
        edits[-1].join()
        assert ALONE not in version.payload
        edit_source(source=source, title="Original title", **as_editor())


def test_approve_claim_refuses_a_borrowed_row_that_changed_since_it_was_read():
    claim = make.submitted_claim(97)
    seen = witness_of(fresh(claim))
    edit_source(source=Source.objects.get(), title="New", by=make.contributor(), reason="x")

    with pytest.raises(StaleRevisionError):
        approve_claim(claim=fresh(claim), by=make.editor(), reason="Read.", witness=seen)


def test_a_part_that_nobody_approved_makes_no_total_disputed():
    total, part = make.claim(), make.claim()
    make.figure(total, 100)
    row = make.figure(part, 40)
    relate_claims(from_claim=part, to_claim=total, kind="part_of_total", scope_exact=True,
                  by=make.contributor(), reason="A part.")  # fmt: skip
    make.approve(part, by=make.second_editor())
    make.approve(total, by=make.second_editor())

    change_assertion(assertion=row, point="400", **as_editor())

    assert fresh(total).state == ClaimState.PUBLISHED
    assert fresh(total).contention == Contention.SINGLE_ORIGIN
    make.approve(part, by=make.second_editor())
    assert fresh(total).state == ClaimState.IN_REVIEW
    assert fresh(total).events.last().action == "part_published"
    with pytest.raises(SelfApprovalError):  # it was his figure that broke the sum
        approve_claim(claim=fresh(total), **as_editor())
    version = approve_claim(claim=fresh(total), by=make.second_editor(), reason="Read.")
    assert read_document(version.payload)["arithmetic"][0]["hard"]
    assert verify_everything().bad == []


def test_who_took_a_dispute_is_an_author_of_its_words():
    claim = make.published_claim(60, 97).claim
    take_dispute(dispute=claim.disputes.get(), by=make.editor(), reason=ALONE)
    edit_claim(claim=fresh(claim), by=make.contributor(), reason="So.", population="Troops")
    submit_claim(claim=fresh(claim), by=make.contributor(), reason="Ready.")

    with pytest.raises(SelfApprovalError):
        approve_claim(claim=fresh(claim), **as_editor())

    assert ALONE not in json.dumps(public(claim), default=str)


def test_what_the_desk_notes_for_itself_makes_no_author():
    claim = make.submitted_claim(60, 97)
    return_claim(claim=fresh(claim), by=make.editor(), reason="Name the page.")
    submit_claim(claim=fresh(claim), by=make.editor(), reason="Named.")
    write_comment(claim=claim, by=make.editor(), body="See page 7.")
    note_dispute(dispute=claim.disputes.get(), note="Call them.", **as_editor())
    chief = make.chief()
    assign_claim(claim=fresh(claim), by=chief, reason="Yours.", assignee=make.editor())
    release_claim(claim=fresh(claim), **as_editor())
    take_claim(claim=fresh(claim), **as_editor())

    assert not {make.editor().pk, chief.pk} & read_candidate(fresh(claim)).authors
    assert approve_claim(claim=fresh(claim), by=make.editor(), reason="Read.").number == 1


def test_who_made_a_row_that_no_approval_showed_is_an_author_with_whoever_cites_it():
    source = make.source()
    Source.history.filter(id=source.pk).update(history_user=make.editor())
    claim = make.claim()
    make.figure(claim, 97, source=source)
    submit_claim(claim=claim, by=make.contributor(), reason="Ready.")

    with pytest.raises(SelfApprovalError):
        approve_claim(claim=fresh(claim), **as_editor())


def test_an_approval_of_one_claim_covers_its_source_for_the_others():
    source = make.source()
    first, second = make.claim(), make.claim()
    for claim in (first, second):
        make.figure(claim, 97, source=source)
    edit_source(source=source, title="Edited by an editor", **as_editor())
    make.approve(first, by=make.second_editor())

    assert make.approve(second, by=make.editor()).number == 1


def test_removing_a_link_makes_an_author():
    claim = make.published_claim(97).claim
    row = claim.assertions.get()
    change_assertion(assertion=row, attributions=[], **as_editor())
    submit_claim(claim=fresh(claim), by=make.contributor(), reason="Ready.")

    with pytest.raises(SelfApprovalError):
        approve_claim(claim=fresh(claim), **as_editor())


def test_the_public_reason_is_in_the_words_of_an_author_and_not_of_the_approver():
    claim = make.submitted_claim(97)

    version = approve_claim(claim=claim, by=make.editor(), reason=ALONE)

    assert version.summary == "As reported."
    assert ALONE not in version.payload


@pytest.mark.parametrize("change", ["figure", "source"])
def test_dismiss_dispute_refuses_evidence_that_changed_since_it_was_read(change):
    claim = make.submitted_claim(60, 97)
    dispute = Dispute.objects.get(claim=claim)
    seen = dispute_witness(dispute)
    row = Assertion.objects.filter(claim=claim).first()
    if change == "figure":
        change_assertion(assertion=row, by=make.contributor(), reason="x", point="1")
    else:
        edit_source(source=row.source, by=make.contributor(), reason="x", title="Other")

    with pytest.raises(StaleRevisionError):
        dismiss_dispute(dispute=Dispute.objects.get(pk=dispute.pk), rationale="Old evidence.",
                        witness=seen, **as_editor())  # fmt: skip


@pytest.mark.parametrize("value", ["-0", "-0.0", "0", "00", "0.000"])
def test_nothing_is_signed_that_the_database_gives_back_in_another_way(value):
    make.figure(make.claim(), point=value, quote="no one")

    assert verify_everything().bad == []
    assert Attribution.objects.exists()
    assert not ClaimRelation.objects.exists()
