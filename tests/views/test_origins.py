"""Who copied whom, on the page of a claim."""

from __future__ import annotations

from typing import Any, cast

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from claims.domain.document_format import read_claim
from claims.domain.published import ClaimDocument
from claims.domain.tidy import tidy_row
from claims.models import Claim, ClaimVersion, Party
from claims.views.origins import origins_of
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def relayed() -> Claim:
    """Five outlets, one officer, whom only the third of them names."""
    claim, officer = make.claim(), make.party("Colonel Roy Hale")
    sources = [make.source(f"Paper {number}") for number in range(5)]
    for number, source in enumerate(sources):
        said = [{"party": officer, "role": "speaker", "mode": "said"}] if number == 2 else []
        outlet = make.party(f"Outlet {number}", kind="outlet")
        chain = [*said, {"party": outlet, "role": "publisher", "mode": "reported"}]
        make.figure(claim, 60, source=source, attributions=chain)
    for source in sources:
        if source != sources[2]:
            make.relation(source, sources[2], words=f"{source.title} prints it word for word.")
    make.approve(claim)
    return claim


def document_of(claim: Claim) -> ClaimDocument:
    return read_claim(ClaimVersion.objects.public().get(claim=claim).payload)


def test_five_outlets_are_one_officer(client: Client, relayed: Claim) -> None:
    page = client.get(f"/claims/{relayed.ref}/")
    assertContains(page, "5 statements, 1 independent origin.")
    assertContains(page, "<strong>Colonel Roy Hale</strong>", html=True)
    for number in (0, 1, 3, 4):
        assertContains(page, f"Paper {number} prints it word for word.")
        assertContains(page, f"Outlet {number}")
    (origin,) = origins_of(document_of(relayed))["origins"]
    assert [row["counts"] for row in origin["statements"]] == [False, False, True, False, False]


def test_the_chain_above_a_source_that_nobody_cites_is_shown(client: Client) -> None:
    claim, wire, archive = make.claim(), make.source("A wire"), make.source("An archive")
    source = make.source("A paper")
    make.figure(claim, 60, source=source, attributions=[])
    make.relation(source, wire, words="Word for word.")
    make.relation(wire, archive, kind="cites", words="Its note 3.")
    make.approve(claim)
    page = client.get(f"/claims/{claim.ref}/")
    assertContains(page, "relays A wire")
    assertContains(page, "cites An archive")
    assertContains(page, "its figures count by themselves")


def test_what_repeats_several_stands_apart(client: Client) -> None:
    claim, sources = make.claim(), [make.source(f"Paper {number}") for number in range(3)]
    for source, point in zip(sources, (60, 97, 80), strict=True):
        make.figure(claim, point, source=source, attributions=[])
    for source in sources[:2]:
        make.relation(sources[2], source, kind="compiled_from")
    make.approve(claim)
    assertContains(client.get(f"/claims/{claim.ref}/"), "Repeats others")
    (row,) = origins_of(document_of(claim))["repeating"]
    assert row["printed"] == "Paper 2"


def test_a_claim_whose_statements_are_all_their_own_has_no_tree(client: Client) -> None:
    version = make.published_claim(60, 97)
    assertNotContains(client.get(f"/claims/C{version.claim_id}/"), "Who copied whom")


def test_a_document_of_the_first_format_has_no_tree() -> None:
    document = document_of(make.published_claim(60, 97).claim)
    old = {**document, "format": 1, "origins": [], "source_relations": []}
    assert origins_of(cast("ClaimDocument", old))["has_origins"] is False


def test_the_table_says_whom_a_statement_goes_back_to(relayed: Claim) -> None:
    document = document_of(relayed)
    (origin,) = {tidy_row(document, figure)["origin"] for figure in document["figures"]}
    assert origin == Party.objects.get(name="Colonel Roy Hale").ref
    alone: Any = {"origins": [], "source_relations": [], "excluded": []}
    old = cast("ClaimDocument", {**document, **alone})
    assert len({tidy_row(old, figure)["origin"] for figure in old["figures"]}) == 5
