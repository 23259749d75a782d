"""A claim of which nobody stands by anything: published as that, through review."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.domain.document_format import read_claim
from claims.domain.headline import answer_words
from claims.domain.recheck import misstatements
from claims.errors import SelfApprovalError, UnpublishableError
from claims.models import Claim, ClaimVersion
from claims.workflow.evidence import reject_assertion, withdraw_assertion
from claims.workflow.review import approve_claim, submit_claim
from tests import factories as make
from tests.kept import made_once

pytestmark = pytest.mark.django_db
WORDS = "No statement stands: what was recorded is withdrawn, rejected or superseded."


def end_all(claim: Claim, by: User | None = None) -> Claim:
    first, *rest = claim.assertions.live().order_by("pk")
    by = by or make.contributor()
    reject_assertion(assertion=first, by=by, reason="Does not hold up.")
    for row in rest:
        withdraw_assertion(assertion=row, by=by, reason="Misread.")
    return Claim.objects.get(pk=claim.pk)


@made_once
def version() -> ClaimVersion:
    """Two statements that disagreed, published, then both ended and published again."""
    return make.approve(end_all(make.published_claim(97, 60).claim))


def test_what_readers_have_is_published_as_no_statement_stands(version: ClaimVersion) -> None:
    assert version.number == 2
    document = read_claim(version.payload)
    assert document["summary"] == WORDS
    assert (document["range"], document["best"]["value"], document["inputs"]) == (None, None, [])
    assert [one["status"] for one in document["figures"]] == ["rejected", "withdrawn"]
    assert answer_words(document) == WORDS.rstrip(".")
    assert list(misstatements(document)) == []


def test_pages_lists_and_api_say_so(client: Client, version: ClaimVersion) -> None:
    ref = f"C{version.claim_id}"
    assert "No longer counted" in client.get(f"/claims/{ref}.atom").content.decode()
    for path in (f"/claims/{ref}/", "/claims/", f"/embed/claims/{ref}/"):
        assert WORDS.rstrip(".") in client.get(path).content.decode(), path
    assert client.get(f"/api/v1/claims/{ref}/").json()["summary"] == WORDS
    assert client.get(f"/claims/{ref}.jsonld").json()["abstract"] == WORDS


def test_it_goes_through_four_eyes() -> None:
    claim = end_all(make.published_claim(97, 60).claim, by=make.second_editor())
    submitted = submit_claim(claim=claim, by=make.contributor(), reason="All were wrong.")
    with pytest.raises(SelfApprovalError):
        approve_claim(claim=submitted, by=make.second_editor(), reason="Yes.")


def test_what_readers_never_had_is_refused() -> None:
    draft = make.claim()
    for claim in (draft, end_all(make.figure(make.claim(), 97).claim)):
        with pytest.raises(UnpublishableError, match="at least one source"):
            submit_claim(claim=claim, by=make.contributor(), reason="Ready.")
