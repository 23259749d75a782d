"""Claims sealed under earlier rules stay as they are and go before reviewers once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib.auth.models import User

from claims.audit.verification import verify_everything
from claims.choices import ClaimState
from claims.domain.documents import read_document
from claims.errors import (
    PermissionMissingError,
    ReasonRequiredError,
    SelfApprovalError,
    TransitionError,
    UnpublishableError,
)
from claims.models import Claim, ClaimVersion, ReviewEvent
from claims.workflow.evidence import add_assertion
from claims.workflow.refreshing import outdated_claims, refresh_claim
from claims.workflow.review import approve_claim
from tests import factories as make
from tests.earlier import WRONG, published_before

pytestmark = pytest.mark.django_db
HUNDRED, MORE = {"point": Decimal(100)}, {"low": Decimal(1000)}
WHY = {"reason": "The range left out a lone end."}


def test_what_was_sealed_stays_and_the_next_version_follows_todays_rules() -> None:
    claim, old = published_before(HUNDRED, MORE)
    assert verify_everything().bad == []
    (found,) = outdated_claims()
    assert (found.number, found.waits) == (claim.pk, False)
    assert {"summary", "range.high", "range.words"} <= set(found.members)
    refreshed = refresh_claim(claim=claim, by=make.contributor(), **WHY)
    assert refreshed.state == ClaimState.IN_REVIEW
    assert ReviewEvent.objects.filter(claim=claim).latest("pk").comment == WHY["reason"]
    new = approve_claim(claim=refreshed, by=make.editor(), reason="Right.")
    document = read_document(new.payload)
    assert document["range"]["words"] == "100 to 1,000 or more"
    assert document["review"]["reason"] == WHY["reason"]
    assert read_document(ClaimVersion.objects.get(pk=old.pk).payload)["summary"] == WRONG
    assert list(outdated_claims()) == []
    assert verify_everything().bad == []


def test_who_refreshes_a_claim_does_not_approve_it() -> None:
    claim, _ = published_before(HUNDRED, MORE)
    editor = make.editor()
    refreshed = refresh_claim(claim=claim, by=editor, **WHY)
    with pytest.raises(SelfApprovalError):
        approve_claim(claim=refreshed, by=editor, reason="Right.")


def test_a_claim_that_is_right_is_not_put_before_reviewers() -> None:
    version = make.published_claim(60, 97)
    assert list(outdated_claims()) == []
    with pytest.raises(UnpublishableError, match="as today's rules give it"):
        refresh_claim(claim=version.claim, by=make.contributor(), **WHY)


def test_a_claim_that_is_not_public_is_not_refreshed() -> None:
    draft = make.claim()
    make.figure(draft, 97)
    with pytest.raises(UnpublishableError, match="is not public"):
        refresh_claim(claim=draft, by=make.contributor(), **WHY)


def test_a_claim_that_waits_already_is_named_and_left() -> None:
    claim, _ = published_before(HUNDRED, MORE)
    answer = {"source": make.source(), "point": Decimal(105)}
    add_assertion(claim=claim, by=make.contributor(), reason="Read.", **answer)
    (found,) = outdated_claims()
    assert found.waits
    with pytest.raises(TransitionError, match="it must be published"):
        refresh_claim(claim=Claim.objects.get(pk=claim.pk), by=make.contributor(), **WHY)


def test_refreshing_is_signed_and_needs_an_editor_of_the_desk() -> None:
    claim, _ = published_before(HUNDRED, MORE)
    with pytest.raises(ReasonRequiredError):
        refresh_claim(claim=claim, by=make.contributor(), reason=" ")
    with pytest.raises(PermissionMissingError):
        refresh_claim(claim=claim, by=User.objects.create_user("nobody"), **WHY)


def test_a_member_that_came_later_is_no_reason_by_itself() -> None:
    published_before(HUNDRED)
    assert [one.members for one in outdated_claims()] == [("summary",)]
