"""Submitting, returning, approving and retiring."""

from __future__ import annotations

from typing import Any

import pytest

from claims.choices import ClaimState, Contention
from claims.domain.documents import read_document, verify_seal
from claims.errors import (
    PermissionMissingError,
    ReasonRequiredError,
    SelfApprovalError,
    StaleRevisionError,
    TransitionError,
    UnpublishableError,
)
from claims.models import Claim, ClaimVersion
from claims.workflow.candidate import witness_of
from claims.workflow.evidence import change_assertion
from claims.workflow.measures import edit_measure
from claims.workflow.parties import edit_party
from claims.workflow.retiring import retire_claim
from claims.workflow.review import approve_claim, return_claim, submit_claim
from claims.workflow.sources import edit_source
from claims.workflow.subjects import edit_subject
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_approve_claim_publishes_a_sealed_document():
    version = make.published_claim(60, 97)

    document = read_document(version.payload)
    assert verify_seal(version.payload)
    assert document["sha256"] == version.sha256
    assert document["contention"] == Contention.DISPUTED
    assert document["severity"] == "major"
    assert document["range"]["low"] == 60
    assert document["range"]["high"] == 97
    assert [entry["kind"] for entry in document["disputes"]] == ["value"]


def test_approve_claim_refuses_its_last_editor():
    claim = make.submitted_claim(97)
    make.figure(claim, 60, by=make.editor())
    claim = submit_claim(claim=Claim.objects.get(pk=claim.pk), by=make.contributor(), reason="x")

    with pytest.raises(SelfApprovalError):
        approve_claim(claim=claim, by=make.editor(), reason="Mine is right.")

    assert not ClaimVersion.objects.exists()


def test_approve_claim_refuses_an_earlier_editor_behind_whom_another_edited():
    claim = make.claim(by=make.editor())
    make.figure(claim, 60, by=make.editor())
    make.figure(claim, 97, by=make.contributor())
    claim = submit_claim(claim=Claim.objects.get(pk=claim.pk), by=make.contributor(), reason="x")

    with pytest.raises(SelfApprovalError):
        approve_claim(claim=claim, by=make.editor(), reason="Somebody else looked.")


def test_approve_claim_refuses_superusers_their_own_edit():
    root = make.account("editor", "root")
    root.is_superuser = True
    root.save()
    claim = make.claim(by=root)
    make.figure(claim, 97, by=root)
    claim = submit_claim(claim=Claim.objects.get(pk=claim.pk), by=root, reason="Ready.")

    with pytest.raises(SelfApprovalError):
        approve_claim(claim=claim, by=root, reason="I may do all.")


def test_approve_claim_refuses_contributors():
    claim = make.submitted_claim(97)

    with pytest.raises(PermissionMissingError):
        approve_claim(claim=claim, by=make.account("contributor", "other"), reason="Good.")


def test_approve_claim_refuses_deactivated_accounts():
    claim = make.submitted_claim(97)
    gone = make.editor()
    gone.is_active = False

    with pytest.raises(PermissionMissingError):
        approve_claim(claim=claim, by=gone, reason="Good.")


def test_approve_claim_refuses_without_a_reason():
    claim = make.submitted_claim(97)

    with pytest.raises(ReasonRequiredError):
        approve_claim(claim=claim, by=make.editor(), reason="  ")


def test_approve_claim_refuses_a_stale_revision():
    claim = make.submitted_claim(97)
    seen = Claim.objects.get(pk=claim.pk)
    make.figure(claim, 98)
    submit_claim(claim=claim, by=make.contributor(), reason="Again.")

    with pytest.raises(StaleRevisionError):
        approve_claim(claim=seen, by=make.editor(), reason="As I saw it.")


def test_approve_claim_refuses_a_stale_witness():
    claim = make.submitted_claim(97)
    seen = witness_of(claim)
    row = claim.assertions.get()
    change_assertion(assertion=row, by=make.contributor(), reason="Typo.", point="79")
    submit_claim(claim=claim, by=make.contributor(), reason="Again.")

    fresh = Claim.objects.get(pk=claim.pk)
    with pytest.raises(StaleRevisionError):
        approve_claim(claim=fresh, by=make.editor(), reason="Seen.", witness=seen)


def test_an_edit_keeps_the_published_version_and_voids_the_review():
    version = make.published_claim(97)
    row = version.claim.assertions.get()

    change_assertion(assertion=row, by=make.contributor(), reason="The report says 79.", point="79")

    assert Claim.objects.get(pk=version.claim_id).state == ClaimState.DRAFT
    current = ClaimVersion.objects.public().get(claim=version.claim_id)
    assert read_document(current.payload)["figures"][0]["point"] == 97


def test_versions_are_chained_by_hash_across_claims():
    first, second = make.published_claim(1), make.published_claim(2)

    assert (first.sequence, second.sequence) == (1, 2)
    assert second.previous_sha256 == first.sha256
    assert read_document(second.payload)["previous_sha256"] == first.sha256


def test_submit_claim_refuses_a_claim_without_evidence():
    with pytest.raises(UnpublishableError):
        submit_claim(claim=make.claim(), by=make.contributor(), reason="Ready.")


def test_return_claim_gives_it_back_to_its_author():
    claim = make.submitted_claim(97)

    returned = return_claim(claim=claim, by=make.editor(), reason="Name the page.")

    assert returned.state == ClaimState.CHANGES_REQUESTED
    assert list(Claim.objects.returned_to(make.contributor())) == [returned]


def test_retired_claims_refuse_every_verb():
    draft = make.claim()
    retire_claim(claim=draft, by=make.chief(), reason="Not a question.")

    with pytest.raises(TransitionError):
        make.figure(draft, 5)


def _submitted_with_registers() -> tuple[Claim, dict[str, Any]]:
    publisher, speaker = make.party("Agency"), make.party("Minister")
    rows = {"source": make.source("Report", publisher=publisher), "subject": make.subject()}
    rows |= {"publisher": publisher, "speaker": speaker, "measure": make.measure()}
    claim = make.claim(subject=rows["subject"], measure=rows["measure"])
    make.figure(claim, 97, source=rows["source"], speaker=speaker)
    return submit_claim(claim=claim, by=make.contributor(), reason="Ready."), rows


@pytest.mark.parametrize(
    ("noun", "edit", "change"),
    [
        ("source", edit_source, {"title": "Another title"}),
        ("publisher", edit_party, {"name": "Another agency"}),
        ("speaker", edit_party, {"name": "Another minister"}),
        ("subject", edit_subject, {"title": "Another event"}),
        ("measure", edit_measure, {"label": "another measure"}),
    ],
)
def test_approve_claim_refuses_who_changed_what_the_claim_cites(noun, edit, change):
    claim, rows = _submitted_with_registers()
    argument = "party" if edit is edit_party else noun
    edit(**{argument: rows[noun]}, by=make.editor(), reason="Mine.", **change)
    claim = Claim.objects.get(pk=claim.pk)

    with pytest.raises(SelfApprovalError):
        approve_claim(claim=claim, by=make.editor(), reason="Alone.")

    assert approve_claim(claim=claim, by=make.second_editor(), reason="Read.").number == 1
    make.figure(claim, 60)
    assert make.approve(claim, by=make.editor()).number == 2
