"""What readers are told of a claim that one person took away, and of one that is to be retired."""

from __future__ import annotations

import pytest
from django.test import Client

from claims.choices import TakedownCause
from claims.models import Claim, ClaimVersion
from claims.workflow.retiring import confirm_takedown, retire_claim, take_down_claim
from tests import factories as make

pytestmark = pytest.mark.django_db
WORDS = {cause: str(cause.label) for cause in TakedownCause}


def taken_down(cause: TakedownCause) -> ClaimVersion:
    claim = make.published_claim(60, 97).claim
    return take_down_claim(claim=claim, by=make.chief(), reason="Names a witness.", cause=cause)


def sentence(cause: TakedownCause) -> str:
    return (
        f"Taken down at once by one person for this cause: {WORDS[cause]}; a second person has "
        "yet to confirm it."
    )


@pytest.mark.parametrize("cause", list(TakedownCause))
def test_every_page_says_that_one_person_took_it_down(client: Client, cause: TakedownCause) -> None:
    ref = taken_down(cause).claim.ref
    for address in (f"/claims/{ref}/", f"/claims/{ref}/v/2/", f"/embed/claims/{ref}/"):
        page = client.get(address)
        assert page.status_code == 410
        assert sentence(cause) in page.content.decode()
        assert b"Names a witness" not in page.content
    for address in (f"/claims/{ref}/history/", "/changes/"):
        assert b"taken down by one person" in client.get(address).content
    problem = client.get(f"/api/v1/claims/{ref}/").json()
    assert problem["detail"] == sentence(cause)
    assert problem["tombstone"]["takedown"] == {"cause": str(cause), "confirmed": False}


def test_once_confirmed_the_reason_is_public(client: Client) -> None:
    claim = taken_down(TakedownCause.PRIVACY).claim
    confirm_takedown(claim=Claim.objects.get(pk=claim.pk), by=make.editor(), reason="Right.")
    page = client.get(f"/claims/{claim.ref}/").content.decode()
    assert "it exposes private life; a second person has confirmed it." in page
    assert "<p>Names a witness.</p>" in page
    assert "yet to confirm" not in page


def test_a_claim_that_was_retired_by_two_people_says_nothing_of_it(client: Client) -> None:
    claim = make.published_claim(60).claim
    make.retire(claim)
    problem = client.get(f"/api/v1/claims/{claim.ref}/").json()
    assert "detail" not in problem
    assert b"Taken down" not in client.get(f"/claims/{claim.ref}/").content


def test_a_claim_to_be_retired_stands_with_changes_under_review(client: Client) -> None:
    claim = make.published_claim(60).claim
    retire_claim(claim=claim, by=make.chief(), reason="Asked twice, secretly.")
    page = client.get(f"/claims/{claim.ref}/")
    assert page.status_code == 200
    assert b"Changes to this claim are under review" in page.content
    assert b"secretly" not in page.content


def test_the_schema_names_the_takedown(client: Client) -> None:
    schema = client.get("/api/v1/schema/", headers={"accept": "application/json"}).json()
    assert set(schema["components"]["schemas"]["Takedown"]["properties"]) == {"cause", "confirmed"}
    answers = schema["paths"]["/api/v1/claims/{ref}/"]["get"]["responses"]
    gone = answers["410"]["content"]["application/problem+json"]["schema"]
    assert gone["properties"]["tombstone"] == {"$ref": "#/components/schemas/Tombstone"}
    assert "takedown" not in schema["components"]["schemas"]["Tombstone"]["required"]
