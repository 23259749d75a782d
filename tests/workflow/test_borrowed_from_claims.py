"""What a document takes from other claims follows them."""

from __future__ import annotations

from typing import Any

import pytest

from claims.audit.verification import verify_everything
from claims.choices import ClaimState
from claims.domain.document_format import read_claim
from claims.models import Claim, ClaimVersion
from claims.workflow.claims import edit_claim, relate_claims
from claims.workflow.retiring import take_down_claim
from tests import factories as make

pytestmark = pytest.mark.django_db


def related(kind: str, **fields: Any) -> tuple[Claim, Claim]:
    """A drafted claim with 40, and a published one with 100 that it is linked to."""
    part, total = make.claim(population="boys"), make.claim(population="all")
    make.figure(part, 40)
    make.figure(total, 100)
    by = {"by": make.contributor(), "reason": "So."}
    relate_claims(from_claim=part, to_claim=total, kind=kind, **fields, **by)
    make.approve(total)
    return part, total


def public(claim: Claim) -> Any:
    return read_claim(ClaimVersion.objects.public().get(claim=claim).payload)


def state(claim: Claim) -> str:
    return Claim.objects.get(pk=claim.pk).state


def test_a_total_goes_to_review_when_its_part_comes_later():
    part, total = related("part_of_total", scope_exact=True)
    assert public(total)["arithmetic"] == []

    make.approve(part)

    assert state(total) == ClaimState.IN_REVIEW
    make.approve(total, by=make.second_editor())
    assert [one["sum_low"] for one in public(total)["arithmetic"]] == [40]
    assert verify_everything().bad == []


def test_every_claim_that_shows_a_question_goes_to_review_when_it_is_another():
    first, second = related("same_as")
    make.approve(first)
    make.approve(second, by=make.second_editor())
    assert (state(first), state(second)) == (ClaimState.PUBLISHED, ClaimState.PUBLISHED)

    edit_claim(
        claim=Claim.objects.get(pk=first.pk), by=make.contributor(), reason="x", question="Other?"
    )
    make.approve(first)

    assert state(second) == ClaimState.IN_REVIEW
    make.approve(second, by=make.second_editor())
    assert [one["question"] for one in public(second)["relations"]] == ["Other?"]
    assert (state(first), verify_everything().bad) == (ClaimState.PUBLISHED, [])


@pytest.mark.parametrize("how", ["retired", "taken down"])
def test_every_claim_that_links_to_one_goes_to_review_when_readers_lose_that(how):
    first, second = related("same_as")
    make.approve(first)
    make.approve(second, by=make.second_editor())

    if how == "retired":
        make.retire(first)
    else:
        gone = Claim.objects.get(pk=first.pk)
        take_down_claim(claim=gone, by=make.chief(), reason="x", cause="legal")

    assert state(second) == ClaimState.IN_REVIEW


def test_a_claim_whose_links_stay_as_they_are_is_left_alone():
    first, second = related("same_as")
    make.approve(first)
    make.approve(second, by=make.second_editor())

    make.figure(Claim.objects.get(pk=first.pk), 41)
    make.approve(first)

    assert state(second) == ClaimState.PUBLISHED
