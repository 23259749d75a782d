"""Dropping what an import proposed."""

from __future__ import annotations

import pytest

from claims.choices import ClaimState, ReviewAction
from claims.errors import (
    PermissionMissingError,
    ReasonRequiredError,
    StaleRevisionError,
    TransitionError,
)
from claims.models import Claim, ClaimVersion
from claims.workflow.claims import edit_claim
from claims.workflow.proposals import drop_claim
from claims.workflow.retiring import retire_claim
from claims.workflow.review import return_claim
from tests import factories as make

pytestmark = pytest.mark.django_db


def drafted() -> Claim:
    claim = make.claim()
    make.figure(claim, 97)
    return Claim.objects.get(pk=claim.pk)


def drop(claim: Claim, **options: object) -> Claim:
    return drop_claim(**{"claim": claim, "by": make.contributor(), "reason": "Misread.", **options})


def test_drop_claim_retires_a_draft_without_a_version():
    claim = drafted()

    drop(claim)

    claim.refresh_from_db()
    assert claim.state == ClaimState.RETIRED
    assert claim.assertions.live().count() == 1
    assert not ClaimVersion.objects.exists()
    event = claim.events.latest("pk")
    assert (event.action, event.actor, event.comment) == (
        *(ReviewAction.RETIRED, make.contributor(), "Misread."),
    )
    assert claim.history.latest().history_change_reason == "Misread."


def test_drop_claim_takes_what_the_reviewers_gave_back():
    returned = return_claim(claim=make.submitted_claim(97), by=make.editor(), reason="No quote.")

    assert drop(returned).state == ClaimState.RETIRED


def test_drop_claim_leaves_what_waits_for_its_reviewers():
    claim = make.submitted_claim(97)

    with pytest.raises(TransitionError, match="is in review"):
        drop(claim)

    claim.refresh_from_db()
    assert claim.state == ClaimState.IN_REVIEW


def test_drop_claim_leaves_what_was_published_even_when_it_is_a_draft_again():
    claim = make.published_claim(97).claim
    make.figure(claim, 60)
    claim.refresh_from_db()

    with pytest.raises(TransitionError, match="was published"):
        drop(claim)

    claim.refresh_from_db()
    assert claim.state == ClaimState.DRAFT


def test_drop_claim_refuses_a_claim_that_is_retired():
    claim = drafted()
    retire_claim(claim=claim, by=make.chief(), reason="Not needed.")

    with pytest.raises(TransitionError, match="is retired"):
        drop(claim)


def test_drop_claim_refuses_what_changed_since_it_was_read():
    seen = drafted()
    edit_claim(claim=seen, by=make.editor(), reason="Clearer.", population="soldiers")

    with pytest.raises(StaleRevisionError):
        drop(seen)

    assert Claim.objects.get(pk=seen.pk).state == ClaimState.DRAFT


def test_drop_claim_needs_a_reason_and_the_desk():
    claim = drafted()
    reader = make.account("contributor", "reader")
    reader.groups.clear()

    with pytest.raises(ReasonRequiredError):
        drop(claim, reason=" ")
    with pytest.raises(PermissionMissingError):
        drop(claim, by=reader)

    assert Claim.objects.get(pk=claim.pk).state == ClaimState.DRAFT
