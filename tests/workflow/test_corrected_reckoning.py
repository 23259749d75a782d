"""Edits of registers that move what claims derive: one item; what needs care is left apart."""

from __future__ import annotations

from typing import Any

import pytest

from claims.audit.verification import verify_everything
from claims.choices import ClaimState, CorrectionState, ReviewedAlone
from claims.domain.document_format import read_claim
from claims.errors import SelfApprovalError, StaleRevisionError
from claims.models import Claim, ClaimVersion, Correction, Source, Subject
from claims.workflow import corrections
from claims.workflow.correction_candidate import correction_witness, read_correction
from claims.workflow.corrections import approve_correction, publish_piece, return_correction
from claims.workflow.disputes import resolve_dispute, take_dispute
from claims.workflow.sources import edit_source, rate_source, withdraw_source
from claims.workflow.subjects import edit_subject
from tests import factories as make

pytestmark = pytest.mark.django_db


def disputed_by(source: Source, count: int, **more: Any) -> list[Claim]:
    """Published claims in which this source says 97 and another 60."""
    found = []
    for _ in range(count):
        claim = make.claim(**more)
        make.figure(claim, 60)
        make.figure(claim, 97, source=source)
        found.append(make.approve(claim).claim)
    return found


def withdrawn(count: int) -> Correction:
    source = make.source("Forged report")
    disputed_by(source, count)
    withdraw_source(source=source, by=make.chief(), reason="Forged.")
    return Correction.objects.get()


def public(claim: Claim) -> Any:
    return read_claim(ClaimVersion.objects.public().get(claim=claim).payload)


def states() -> list[str]:
    return list(Claim.objects.order_by("pk").values_list("state", flat=True))


def together(item: Correction) -> list[int]:
    return [one.claim.pk for one in read_correction(item).moved.values() if not one.alone]


def alone(item: Correction) -> dict[int, str]:
    moved = read_correction(item).moved.values()
    return {one.claim.pk: one.alone for one in moved if one.alone}


def test_a_withdrawal_is_one_item_that_shows_what_changes_in_each_claim():
    item = withdrawn(3)

    moved = read_correction(item).moved

    assert len(moved) == 3
    for one in moved.values():
        assert one.alone == ""
        assert (one.before["contention"], one.after["contention"]) == ("disputed", "single_origin")
        assert (one.before["range"]["high"], one.after["range"]["high"]) == (97, 60)
        assert [case["state"] for case in one.after["disputes"]] == ["moot"]
        assert public(one.claim)["contention"] == "disputed"


def test_approving_the_item_publishes_every_claim_at_once_as_the_desk_has_it():
    item = withdrawn(3)
    shown = {one.claim.pk: one.digest for one in read_correction(item).moved.values()}

    approve_correction(
        correction=item, by=make.editor(), reason="Right.", witness=correction_witness(item)
    )

    item.refresh_from_db()
    assert item.state == CorrectionState.PUBLISHED
    assert states() == [ClaimState.PUBLISHED] * 3
    for claim in Claim.objects.all():
        document = public(claim)
        assert document["contention"] == claim.contention == "single_origin"
        assert document["fingerprint"] == claim.fingerprint
        review = document["review"]
        assert (review["edited_by"], review["approved_by"]) == ("chief", "editor")
        assert review["reason"] == "Forged."
    assert set(shown) == set(Claim.objects.values_list("pk", flat=True))
    assert verify_everything().bad == []


def test_who_withdrew_a_source_does_not_approve_the_item():
    item = withdrawn(1)

    with pytest.raises(SelfApprovalError):
        approve_correction(correction=item, by=make.chief(), reason="Mine.")

    assert public(Claim.objects.get())["contention"] == "disputed"


def test_a_rating_is_one_item():
    source = make.source()
    disputed_by(source, 2, best_policy="most_reliable")
    rate_source(source=source, by=make.chief(), reason="Known.", reliability="A")
    item = Correction.objects.get()
    assert len(together(item)) == 2

    approve_correction(correction=item, by=make.editor(), reason="Right.")

    assert states() == [ClaimState.PUBLISHED] * 2
    for claim in Claim.objects.all():
        assert public(claim)["best"]["value"] == 97
    assert verify_everything().bad == []


def belligerents(subject: Subject) -> None:
    army = make.party("Army", kind="armed_group")
    edit_subject(
        subject=subject, by=make.contributor(), reason="It fought.", belligerents=[(army, "north")]
    )


def parent(subject: Subject) -> None:
    above = make.subject("War", belligerents=[(make.party("Militia"), "south")])
    edit_subject(subject=subject, by=make.contributor(), reason="Part of it.", parent=above)


@pytest.mark.parametrize(
    ("change", "told"), [(belligerents, "Army"), (parent, "War")], ids=["belligerents", "parent"]
)
def test_what_changes_about_a_subject_is_one_item_for_all_claims_below(change, told):
    where = make.subject("Battle")
    claims = [
        *disputed_by(make.source(), 1, subject=where),
        *disputed_by(make.source(), 1, subject=make.subject("Raid", parent=where)),
    ]
    change(where)
    item = Correction.objects.get()
    assert together(item) == [claim.pk for claim in claims]

    approve_correction(correction=item, by=make.editor(), reason="Right.")

    assert states() == [ClaimState.PUBLISHED] * 2
    assert all(told in repr(public(claim)["subject"]) for claim in claims)
    assert verify_everything().bad == []
    edit_source(source=Source.objects.first(), by=make.editor(), reason="x", title="Other")
    assert verify_everything().bad == []


def test_a_denier_who_turns_out_to_be_a_party_changes_the_dispute_in_the_item():
    where, army = make.subject("Battle"), make.party("Army", kind="armed_group")
    claim = make.claim(subject=where)
    said = make.figure(claim, 97)
    make.figure(claim, stance="denies", extent="whole", target=said, speaker=army)
    make.approve(claim)
    edit_subject(
        subject=where, by=make.contributor(), reason="It fought.", belligerents=[(army, "north")]
    )
    item = Correction.objects.get()

    approve_correction(correction=item, by=make.editor(), reason="Right.")

    assert public(claim)["denied_by"] == "belligerents"
    assert verify_everything().bad == []


def test_a_dispute_that_reopens_leaves_its_claim_to_its_own_review():
    source = make.source("Forged report")
    first, second = disputed_by(source, 2)
    make.figure(first, 80)
    dispute = first.disputes.get()
    resolve_dispute(
        dispute=dispute, by=make.editor(), reason="Read.", outcome="unresolvable",
        rationale="Nobody can tell.",
    )  # fmt: skip
    make.approve(first, by=make.second_editor())
    withdraw_source(source=source, by=make.chief(), reason="Forged.")
    item = Correction.objects.get()
    assert alone(item) == {first.pk: ReviewedAlone.REOPENED}
    assert together(item) == [second.pk]

    approve_correction(correction=item, by=make.editor(), reason="Right.")

    assert states() == [ClaimState.IN_REVIEW, ClaimState.PUBLISHED]
    assert [one["withdrawal_note"] for one in public(first)["sources"]] == ["", "", ""]
    make.approve(first, by=make.second_editor())
    assert "Forged." in [one["withdrawal_note"] for one in public(first)["sources"]]
    assert Correction.objects.waiting().count() == 0
    assert verify_everything().bad == []


def own_figure(claim: Claim) -> None:
    make.figure(claim, 61)


def own_dispute(claim: Claim) -> None:
    take_dispute(dispute=claim.disputes.get(), by=make.second_editor(), reason="Mine.")


def own_source_renamed(claim: Claim) -> None:
    source = claim.assertions.get(point=60).source
    edit_source(source=source, by=make.second_editor(), reason="A slip.", title="Other title")


@pytest.mark.parametrize(
    ("touch", "why"),
    [
        (own_figure, ReviewedAlone.EDITED),
        (own_dispute, ReviewedAlone.EDITED),
        (own_source_renamed, ReviewedAlone.CORRECTED),
    ],
)
@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_a_claim_that_waits_for_something_else_is_left_to_its_own_review(touch, why, first):
    source = make.source("Forged report")
    busy, other = disputed_by(source, 2)
    if first:
        touch(busy)
    withdraw_source(source=source, by=make.chief(), reason="Forged.")
    if not first and touch is not own_dispute:
        touch(busy)
    item = Correction.objects.get(noun="source", number=source.pk)
    if first or touch is not own_dispute:
        assert alone(item) == {busy.pk: why}
    assert other.pk in together(item)

    approve_correction(correction=item, by=make.editor(), reason="Right.")

    assert public(other)["contention"] == "single_origin"
    if first or touch is not own_dispute:
        assert public(busy)["contention"] == "disputed"
    assert not Correction.objects.of("source", source.pk).waiting().exists()
    assert verify_everything().bad == []


def test_an_edit_between_reading_and_approving_refuses_the_approval():
    item = withdrawn(2)
    seen = correction_witness(item)
    make.figure(Claim.objects.first(), 61)

    with pytest.raises(StaleRevisionError):
        approve_correction(correction=item, by=make.editor(), reason="Right.", witness=seen)

    assert public(Claim.objects.last())["contention"] == "disputed"
    assert sorted(states()) == [ClaimState.DRAFT, ClaimState.IN_REVIEW]


def test_an_edit_between_two_pieces_leaves_its_claim_to_its_own_review(monkeypatch):
    monkeypatch.setattr(corrections, "PIECE", 1)
    item = withdrawn(3)
    second, third = Claim.objects.order_by("pk")[1:]
    approve_correction(correction=item, by=make.editor(), reason="Right.")

    make.figure(second, 61)

    assert [publish_piece(item), publish_piece(item), publish_piece(item)] == [1, 0, 0]
    item.refresh_from_db()
    assert item.state == CorrectionState.PUBLISHED
    assert public(second)["contention"] == "disputed"
    assert public(third)["contention"] == "single_origin"
    assert verify_everything().bad == []


def test_the_item_when_returned_leaves_the_claims_to_their_own_reviews():
    item = withdrawn(2)

    return_correction(correction=item, by=make.editor(), reason="Not so.")

    assert states() == [ClaimState.IN_REVIEW] * 2
    assert all(public(claim)["contention"] == "disputed" for claim in Claim.objects.all())
    make.approve(Claim.objects.first())
    assert verify_everything().bad == []


def test_a_title_changed_after_a_withdrawal_waits_in_the_same_item():
    item = withdrawn(2)
    source = Source.objects.get(title="Forged report")

    edit_source(source=source, by=make.contributor(), reason="A slip.", title="Forged paper")
    approve_correction(correction=item, by=make.editor(), reason="Right.")

    for claim in Claim.objects.all():
        assert "Forged paper" in repr(public(claim))
        assert public(claim)["contention"] == "single_origin"
    assert verify_everything().bad == []


def test_a_withdrawal_of_what_no_claim_shows_alone_is_no_item():
    source = make.source("Forged report")
    (claim,) = disputed_by(source, 1)
    own_figure(claim)

    withdraw_source(source=source, by=make.chief(), reason="Forged.")

    assert not Correction.objects.exists()
