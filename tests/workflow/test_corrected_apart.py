"""Claims that show two corrected rows: what an item decides, and what has a review of its own."""

from __future__ import annotations

import pytest

from claims.audit.verification import verify_everything
from claims.choices import ClaimState, ReviewedAlone
from claims.errors import StaleRevisionError
from claims.models import Claim, Correction, Source
from claims.workflow import corrections
from claims.workflow.correction_candidate import correction_witness
from claims.workflow.corrections import approve_correction, publish_piece, return_correction
from claims.workflow.sources import edit_source, withdraw_source
from tests import factories as make
from tests.workflow.test_corrected_reckoning import alone, disputed_by, public, states, together

pytestmark = pytest.mark.django_db


def published_with(forged: Source, common: Source) -> Claim:
    """A published claim in which the first source says 97 and the second 60."""
    claim = make.claim()
    make.figure(claim, 60, source=common)
    make.figure(claim, 97, source=forged)
    return make.approve(claim).claim


def renamed_for_one(source: Source) -> Correction:
    """An approved correction of this source that has reached the first of its claims."""
    edit_source(source=source, by=make.second_editor(), reason="A slip.", title="Other title")
    item = Correction.objects.of("source", source.pk).get()
    return approve_correction(correction=item, by=make.editor(), reason="Right.")


@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_a_claim_that_an_approved_correction_has_not_reached_is_left_to_its_own_review(
    first, monkeypatch
):
    monkeypatch.setattr(corrections, "PIECE", 1)
    forged, common = make.source("Forged report"), make.source("Common report")
    reached, later = (published_with(forged, common) for _ in range(2))
    if first:
        other = renamed_for_one(common)
    withdraw_source(source=forged, by=make.chief(), reason="Forged.")
    if not first:
        other = renamed_for_one(common)
    item = Correction.objects.get(noun="source", number=forged.pk)
    assert alone(item) == {later.pk: ReviewedAlone.CORRECTED}
    assert together(item) == [reached.pk]

    approve_correction(correction=item, by=make.editor(), reason="Right.")

    assert publish_piece(item) == 0
    assert public(reached)["contention"] == "single_origin"
    assert public(later)["contention"] == "disputed"
    assert publish_piece(other) == 0
    assert "Other title" in repr(public(later))
    assert states() == [ClaimState.PUBLISHED, ClaimState.IN_REVIEW]
    make.approve(later)
    assert public(later)["contention"] == "single_origin"
    assert verify_everything().bad == []


def test_a_claim_that_another_correction_reached_meanwhile_is_decided_with_the_item(monkeypatch):
    monkeypatch.setattr(corrections, "PIECE", 1)
    forged, common = make.source("Forged report"), make.source("Common report")
    claims = [published_with(forged, common) for _ in range(2)]
    other = renamed_for_one(common)
    withdraw_source(source=forged, by=make.chief(), reason="Forged.")
    item = Correction.objects.get(noun="source", number=forged.pk)
    seen = correction_witness(item)

    assert publish_piece(other) == 0

    assert together(item) == [claim.pk for claim in claims]
    with pytest.raises(StaleRevisionError):
        approve_correction(correction=item, by=make.editor(), reason="Right.", witness=seen)
    approve_correction(correction=item, by=make.editor(), reason="Right.")
    assert publish_piece(item) == 0
    assert states() == [ClaimState.PUBLISHED] * 2
    assert verify_everything().bad == []


def test_a_claim_with_words_that_a_reviewer_returned_is_left_to_its_own_review():
    forged, common = make.source("Forged report"), make.source("Common report")
    other, busy = disputed_by(forged, 1)[0], published_with(forged, common)
    edit_source(source=common, by=make.second_editor(), reason="A slip.", title="Other title")
    return_correction(correction=Correction.objects.get(), by=make.editor(), reason="Not so.")
    withdraw_source(source=forged, by=make.chief(), reason="Forged.")
    item = Correction.objects.get(noun="source", number=forged.pk)
    assert alone(item) == {busy.pk: ReviewedAlone.CORRECTED}
    assert together(item) == [other.pk]

    approve_correction(correction=item, by=make.editor(), reason="Right.")

    assert public(other)["contention"] == "single_origin"
    assert public(busy)["contention"] == "disputed"
    assert "Other title" not in repr(public(busy))
    assert verify_everything().bad == []


def test_words_that_were_returned_and_then_approved_with_the_claim_hold_nothing_back():
    forged, common = make.source("Forged report"), make.source("Common report")
    claim = published_with(forged, common)
    edit_source(source=common, by=make.second_editor(), reason="A slip.", title="Other title")
    return_correction(correction=Correction.objects.get(), by=make.editor(), reason="Not so.")
    make.figure(claim, 61, source=common)
    make.approve(claim)
    withdraw_source(source=forged, by=make.chief(), reason="Forged.")
    item = Correction.objects.get(noun="source", number=forged.pk)
    assert together(item) == [claim.pk]

    approve_correction(correction=item, by=make.editor(), reason="Right.")

    assert "Forged." in repr(public(claim))
    assert verify_everything().bad == []
