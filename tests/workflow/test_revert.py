"""Going back to a published version."""

from __future__ import annotations

import pytest

from claims.choices import AssertionStatus, ClaimState
from claims.domain.documents import read_document
from claims.errors import InvalidValueError
from claims.models import Claim
from claims.workflow.candidate import document_of
from claims.workflow.claims import edit_claim
from claims.workflow.evidence import change_assertion, withdraw_assertion
from claims.workflow.revert import revert_claim
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_revert_claim_makes_the_desk_say_what_the_version_said():
    version = make.published_claim(60, 97)
    first, second = version.claim.assertions.order_by("pk")
    change_assertion(
        assertion=first, by=make.contributor(), reason="Wrong.", point="61", approximate=True
    )
    withdraw_assertion(assertion=second, by=make.contributor(), reason="Wrong too.")
    edit_claim(claim=version.claim, by=make.contributor(), reason="Shorter.", question="How many?")
    added = make.figure(version.claim, 5)

    reverted = revert_claim(
        claim=version.claim, version=version, by=make.contributor(), reason="Vandalism."
    )

    published, desk = read_document(version.payload), document_of(reverted)
    assert desk["question"] == published["question"]
    assert desk["fingerprint"] == published["fingerprint"]
    kept = [entry for entry in desk["figures"] if entry["ref"] != added.ref]
    assert [entry["words"] for entry in kept] == ["60", "97"]
    assert [entry["status"] for entry in kept] == ["live", "live"]
    added.refresh_from_db()
    assert added.status == AssertionStatus.WITHDRAWN
    assert Claim.objects.get(pk=reverted.pk).state == ClaimState.DRAFT


def test_revert_claim_refuses_the_version_of_another_claim():
    one, other = make.published_claim(1), make.published_claim(2)

    with pytest.raises(InvalidValueError):
        revert_claim(claim=one.claim, version=other, by=make.contributor(), reason="Oops.")
