"""Corrections of registers reach every claim that shows the row, approved once by somebody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from claims.audit.verification import verify_everything
from claims.choices import ClaimState, CorrectionState
from claims.domain.documents import read_document
from claims.errors import SelfApprovalError, StaleRevisionError, TransitionError
from claims.models import (
    Claim,
    ClaimVersion,
    Correction,
    Party,
    Source,
)
from claims.workflow import corrections
from claims.workflow.correction_candidate import correction_witness, read_correction
from claims.workflow.corrections import approve_correction, publish_piece, return_correction
from claims.workflow.parties import edit_party
from claims.workflow.sources import edit_source
from tests import factories as make

pytestmark = pytest.mark.django_db
OLD, NEW = "Old words", "New words"


def by_contributor(**fields: Any) -> dict[str, Any]:
    return {"by": make.contributor(), "reason": "A slip.", **fields}


def citing(source: Source, *points: int) -> list[Claim]:
    """Published claims that cite the source, one a point."""
    found = []
    for point in points:
        claim = make.claim()
        make.figure(claim, point, source=source)
        found.append(make.approve(claim).claim)
    return found


def payloads() -> list[str]:
    return list(
        ClaimVersion.objects.public().order_by("claim_id").values_list("payload", flat=True)
    )


def shows(words: str) -> list[bool]:
    return [words in payload for payload in payloads()]


def corrected_source(*points: int) -> Correction:
    source = make.source(OLD)
    citing(source, *points)
    edit_source(source=source, title=NEW, **by_contributor())
    return Correction.objects.get()


def test_an_edit_of_a_source_waits_as_one_item_and_readers_keep_the_old_words():
    item = corrected_source(1, 2, 3)

    candidate = read_correction(item)

    assert (item.state, item.noun, candidate.claims) == ("waiting", "source", 3)
    assert candidate.entry["title"] == NEW
    assert [(entry["title"], count) for entry, count in candidate.before] == [(OLD, 3)]
    assert shows(OLD) == [True] * 3
    assert {claim.state for claim in Claim.objects.all()} == {ClaimState.PUBLISHED}


def test_approve_correction_publishes_it_for_all_claims_in_one_go():
    item = corrected_source(1, 2, 3)

    approve_correction(correction=item, by=make.editor(), reason="Right.")

    item.refresh_from_db()
    assert item.state == CorrectionState.PUBLISHED
    assert shows(NEW) == [True] * 3
    assert shows(OLD) == [False] * 3
    version = ClaimVersion.objects.public().first()
    review = read_document(version.payload)["review"]
    assert (review["edited_by"], review["approved_by"]) == ("contributor", "editor")
    assert review["reason"] == "A slip."
    assert verify_everything().bad == []


@pytest.mark.parametrize("person", [make.contributor, make.editor])
def test_approve_correction_refuses_everybody_who_edited_the_row_since_readers_saw_it(person):
    source = make.source(OLD)
    citing(source, 1)
    edit_source(source=source, by=make.editor(), reason="Mine.", authors="Editor")
    edit_source(source=source, title=NEW, **by_contributor())
    item = Correction.objects.get()
    if person is make.contributor:  # may not approve anything, whoever wrote it
        make.account("editor", "contributor").groups.set(make.editor().groups.all())

    with pytest.raises(SelfApprovalError):
        approve_correction(correction=item, by=person(), reason="Mine.")

    assert shows(OLD) == [True]


def test_approve_correction_refuses_what_changed_since_it_was_read():
    item = corrected_source(1)
    seen = correction_witness(item)
    edit_source(source=Source.objects.get(pk=item.number), title="Other", **by_contributor())

    with pytest.raises(StaleRevisionError):
        approve_correction(correction=item, by=make.editor(), reason="x", witness=seen)


def test_a_correction_is_decided_once():
    item = corrected_source(1)
    approve_correction(correction=item, by=make.editor(), reason="x")

    with pytest.raises(TransitionError):
        approve_correction(correction=item, by=make.second_editor(), reason="x")


def test_return_correction_leaves_readers_the_old_words_until_the_next_edit():
    item = corrected_source(1)

    return_correction(correction=item, by=make.editor(), reason="Wrong.")

    assert shows(OLD) == [True]
    edit_source(source=Source.objects.get(pk=item.number), title="Better", **by_contributor())
    assert Correction.objects.waiting().count() == 1


def test_an_edit_that_brings_the_old_words_back_closes_the_correction():
    item = corrected_source(1)

    edit_source(source=Source.objects.get(pk=item.number), title=OLD, **by_contributor())

    item.refresh_from_db()
    assert item.state == CorrectionState.VOID


def test_an_edit_of_a_private_column_or_of_an_unpublished_row_is_no_correction():
    edit_source(source=make.source(OLD), title=NEW, **by_contributor())
    speaker = make.party("Somebody")
    make.approve(_with_speaker(speaker))

    edit_party(party=speaker, aliases=["S."], **by_contributor())

    assert not Correction.objects.exists()


def test_a_correction_leaves_out_what_else_waits_on_the_desk():
    item = corrected_source(97)
    claim = Claim.objects.get()
    make.figure(claim, 60, source=Source.objects.get(pk=item.number))

    approve_correction(correction=item, by=make.editor(), reason="x")

    document = read_document(payloads()[0])
    assert [figure["point"] for figure in document["figures"]] == [97]
    assert document["sources"][0]["title"] == NEW
    assert Claim.objects.get().state == ClaimState.DRAFT
    assert verify_everything().bad == []


def test_approving_the_last_claim_by_itself_closes_the_correction():
    item = corrected_source(97)
    claim = Claim.objects.get()
    make.figure(claim, 60)

    make.approve(claim)

    item.refresh_from_db()
    assert item.state == CorrectionState.VOID
    assert shows(NEW) == [True]


def test_a_source_cited_often_is_published_in_pieces_each_of_them_whole(monkeypatch):
    monkeypatch.setattr(corrections, "PIECE", 2)
    item = corrected_source(1, 2, 3, 4, 5)

    approve_correction(correction=item, by=make.editor(), reason="x")

    assert shows(NEW) == [True, True, False, False, False]
    with transaction.atomic():
        publish_piece(item)
        transaction.set_rollback(True)  # as when the worker is killed
    assert shows(NEW) == [True, True, False, False, False]
    assert [publish_piece(item), publish_piece(item), publish_piece(item)] == [1, 0, 0]
    assert shows(NEW) == [True] * 5
    assert ClaimVersion.objects.count() == 10
    item.refresh_from_db()
    assert item.state == CorrectionState.PUBLISHED
    assert verify_everything().bad == []


def test_an_edit_during_publication_waits_by_itself(monkeypatch):
    monkeypatch.setattr(corrections, "PIECE", 1)
    item = corrected_source(1, 2)
    approve_correction(correction=item, by=make.editor(), reason="x")

    edit_source(source=Source.objects.get(pk=item.number), title="Third", **by_contributor())
    publish_piece(item)

    assert shows(NEW) == [True, True]
    assert Correction.objects.waiting().count() == 1
    assert read_correction(Correction.objects.waiting().get()).claims == 2


def test_a_publisher_renamed_during_publication_is_not_taken_for_read(monkeypatch):
    monkeypatch.setattr(corrections, "PIECE", 1)
    source = make.source(OLD)
    first, _ = citing(source, 1, 2)
    agency, renamer = make.party("Agency", kind="outlet"), make.second_editor()
    edit_source(source=source, publisher=agency, **by_contributor())
    item = approve_correction(correction=Correction.objects.get(), by=make.editor(), reason="x")

    edit_party(party=agency, name="Slander", by=renamer, reason="Alone.")
    publish_piece(item)
    make.figure(Claim.objects.get(pk=first.pk), 3)

    with pytest.raises(SelfApprovalError):
        make.approve(first, by=renamer)
    assert shows("Agency") == [True, True]
    renamed = Correction.objects.waiting().get(noun="party", number=agency.pk)
    monkeypatch.setattr(corrections, "PIECE", 2)
    approve_correction(correction=renamed, by=make.editor(), reason="x")
    assert shows("Slander") == [True, True]
    assert verify_everything().bad == []


def test_a_correction_that_changes_no_document_leaves_nothing_to_accuse():
    agency = make.party("Agency", kind="outlet", description=OLD)
    citing(make.source("Wire", publisher=agency), 1)
    edit_party(party=agency, description=NEW, **by_contributor())

    approve_correction(correction=Correction.objects.get(), by=make.editor(), reason="x")

    assert ClaimVersion.objects.count() == 1
    assert verify_everything().bad == []


def _with_speaker(speaker: Party) -> Claim:
    claim = make.claim()
    make.figure(claim, 97, speaker=speaker)
    return claim
