"""The addresses of what was merged lead on: pages, formats, feeds, the card and the API."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from claims.models import Claim, ClaimVersion, Measure
from claims.workflow.claims import edit_claim
from claims.workflow.merging import approve_merge, propose_merge, unmerge
from claims.workflow.review import submit_claim
from tests import factories as make

pytestmark = pytest.mark.django_db

CLAIM_PATHS = (
    *("/claims/{}/", "/claims/{}.json", "/claims/{}.csv", "/claims/{}.jsonld", "/claims/{}.svg"),
    *("/claims/{}.atom", "/embed/claims/{}/", "/api/v1/claims/{}/", "/api/v1/claims/{}.json"),
    *("/api/v1/claims/{}.csv", "/api/v1/claims/{}/?format=jsonld"),
)
KEPT_PATHS = ("/claims/{}/v/1/", "/claims/{}/history/", "/api/v1/claims/{}/versions/1/")
SOURCE_PATHS = ("/sources/{}/", "/sources/{}.atom", "/api/v1/sources/{}/")
SUBJECT_PATHS = ("/subjects/{}/", "/api/v1/subjects/{}/")


def merged(noun: str, old: Any, new: Any) -> Any:
    item = propose_merge(
        noun=noun, merged=old.pk, into=new.pk, by=make.contributor(), reason="One and the same."
    )
    if item.state == "proposed":
        item = approve_merge(merge=item, by=make.editor(), reason="So it is.")
    approve_all()
    return item


def approve_all() -> None:
    for claim in Claim.objects.filter(state="in_review").order_by("pk"):
        make.approve(claim, by=make.second_editor())


def claims() -> tuple[Claim, Claim]:
    where, what = make.subject(), make.measure()
    made = [
        make.published_claim(5, subject=where, measure=what, unit=unit).claim
        for unit in ("persons", "people")
    ]
    return made[0], made[1]


def leads(client: Client, path: str, old: str, new: str) -> None:
    answer = client.get(path.format(old))
    assert (answer.status_code, answer["Location"]) == (301, path.format(new)), path
    assert re.search("no-cache|must-revalidate", answer["Cache-Control"])  # it may be undone
    assert client.get(path.format(new)).status_code == 200, path


def test_every_address_of_a_merged_claim_leads_on(client: Client) -> None:
    old, new = claims()
    merged("claim", old, new)
    for path in CLAIM_PATHS:
        leads(client, path, old.ref, new.ref)
    for path in KEPT_PATHS:
        assert client.get(path.format(old.ref)).status_code == 200, path
    page = client.get(f"/claims/{old.ref}/v/2/")
    assert page.status_code == 410
    assert new.ref in page.content.decode()


def test_address_of_a_claim_leads_along_the_chain_and_back(client: Client) -> None:
    old, new = claims()
    last = make.published_claim(7, subject=new.subject, measure=new.measure, unit="person").claim
    merged("claim", old, new)
    later = merged("claim", new, last)
    leads(client, "/claims/{}/", old.ref, last.ref)
    item = unmerge(merge=later, by=make.contributor(), reason="They are two.")
    approve_merge(merge=item, by=make.editor(), reason="So it is.")
    make.approve(last, by=make.second_editor())
    make.approve(new, by=make.second_editor())
    leads(client, "/claims/{}/", old.ref, new.ref)
    assert client.get(f"/claims/{new.ref}/").status_code == 200


def test_merged_claim_without_a_public_survivor_says_so(client: Client) -> None:
    where, what = make.subject(), make.measure()
    old = make.published_claim(5, subject=where, measure=what, unit="persons").claim
    new = make.claim(subject=where, measure=what, unit="people")
    item = propose_merge(
        noun="claim", merged=old.pk, into=new.pk, by=make.contributor(), reason="The same."
    )
    approve_merge(merge=item, by=make.editor(), reason="So it is.")
    answer = client.get(f"/api/v1/claims/{old.ref}/")
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (410, "merged")
    assert problem["merged_into"] == new.ref
    assert client.get(f"/claims/{old.ref}/").status_code == 410


def test_address_of_a_merged_source_leads_on(client: Client) -> None:
    old, new = make.source("Report"), make.source("The report")
    claim = make.claim()
    make.figure(claim, 5, source=old)
    make.approve(claim)
    item = propose_merge(
        noun="source", merged=old.pk, into=new.pk, by=make.contributor(), reason="The same."
    )
    edit_claim(claim=claim, by=make.contributor(), reason="Wording.", question="How many boats?")
    approve_merge(merge=item, by=make.editor(), reason="So it is.")
    assert client.get(f"/sources/{old.ref}/").status_code == 200  # as readers have it still
    submit_claim(claim=claim, by=make.contributor(), reason="Done.")
    approve_all()
    for path in SOURCE_PATHS:
        leads(client, path, old.ref, new.ref)
    assert [row["ref"] for row in client.get("/api/v1/sources/").json()["results"]] == [new.ref]


def test_address_of_a_merged_subject_leads_on(client: Client) -> None:
    old, new = make.subject("Storm"), make.subject("The storm")
    make.published_claim(5, subject=old)
    merged("subject", old, new)
    for path in SUBJECT_PATHS:
        leads(client, path, old.ref, new.ref)


def test_what_was_never_public_leads_nowhere(client: Client) -> None:
    old, new = make.source(), make.source()
    merged("source", old, new)
    for path in SOURCE_PATHS:
        assert client.get(path.format(old.ref)).status_code == 404


def test_filters_take_a_merged_row_for_what_it_is(client: Client) -> None:
    old, new = make.party("Agence"), make.party("Agency")
    claim = make.claim(measure=make.measure(slug="boats_lost"))
    make.figure(claim, 5, speaker=old)
    make.approve(claim)
    item = propose_merge(
        noun="party", merged=old.pk, into=new.pk, by=make.contributor(), reason="The same."
    )
    approve_merge(merge=item, by=make.editor(), reason="So it is.")

    def found(query: str, noun: str = "claims") -> list[str]:
        return [row["ref"] for row in client.get(f"/api/v1/{noun}/?{query}").json()["results"]]

    def found_everywhere() -> None:
        for ref in (old.ref, new.ref):
            for asked in (f"speaker={ref}", f"speaker={ref}&as_recorded={now}"):
                assert found(asked) == [claim.ref]
                rows = client.get(f"/api/v1/figures/?{asked}").json()["results"]
                assert [row["claim_ref"] for row in rows] == [claim.ref]

    now = "2099-01-01"
    found_everywhere()  # before readers get it
    approve_all()
    found_everywhere()
    merged("measure", Measure.objects.get(), make.measure(slug="lost-boats"))
    for slug in ("boats_lost", "lost-boats"):
        assert found(f"measure={slug}") == [claim.ref]
    where = make.subject()
    was = claim.subject.ref
    merged("subject", claim.subject, where)
    for ref in (was, where.ref):
        assert found(f"subject={ref}") == [claim.ref]
    assert ClaimVersion.objects.public().get().subject == where


def test_statement_is_found_in_the_claim_that_held_it_then(client: Client) -> None:
    old, new = claims()
    figure = old.assertions.get()
    before = ClaimVersion.objects.order_by("-sequence").first()
    assert before is not None
    then = before.published_at.isoformat().replace("+00:00", "Z")
    merged("claim", old, new)
    now = client.get(f"/api/v1/figures/{figure.ref}/").json()
    was = client.get(f"/api/v1/figures/{figure.ref}/?as_recorded={then}").json()
    assert (was["claim_ref"], now["claim_ref"]) == (old.ref, new.ref)
