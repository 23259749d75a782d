"""Who copied whom, on the page of a claim."""

from __future__ import annotations

import re
from typing import Any, cast
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils.functional import Promise
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertNotContains

from claims.domain.document_format import read_claim
from claims.domain.origins import REASONS
from claims.domain.published import ClaimDocument
from claims.domain.tidy import tidy_row
from claims.models import Claim, ClaimVersion, Party
from claims.templatetags.labels import EXCLUSIONS, exclusion_label
from claims.views.origins import DRAWN, ROW, origins_of
from tests import factories as make
from tests.kept import made_once

pytestmark = pytest.mark.django_db


@made_once
def relayed() -> Claim:
    """Ten outlets, one officer, whom only the third of them names."""
    claim, officer = make.claim(), make.party("Colonel Roy Hale")
    sources = [make.source(f"Paper {number}") for number in range(10)]
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


def test_ten_outlets_are_one_officer(client: Client, relayed: Claim) -> None:
    page = client.get(f"/claims/{relayed.ref}/")
    assertContains(page, "10 statements, 1 independent origin.")
    assertContains(page, "<strong>Colonel Roy Hale</strong>", html=True)
    for number in (0, 1, *range(3, 10)):
        assertContains(page, f"Paper {number} prints it word for word.")
        assertContains(page, f"Outlet {number}")
    (origin,) = origins_of(document_of(relayed))["origins"]
    assert [row["counts"] for row in origin["statements"]] == [number == 2 for number in range(10)]


def test_ten_outlets_and_one_officer_are_drawn(client: Client, relayed: Claim) -> None:
    page = client.get(f"/claims/{relayed.ref}/").content.decode()
    (drawing,) = re.findall(r"<svg[^>]*aria-labelledby.*?</svg>", page, re.DOTALL)
    root = ET.fromstring(drawing)
    labels = root.attrib["aria-labelledby"].split()
    told = {one.attrib["id"]: "".join(one.itertext()) for one in root if "id" in one.attrib}
    assert told[labels[0]] == "10 statements, 1 independent origin"
    outlets = [f"Outlet {number}" for number in range(10)]
    assert told[labels[1]].strip() == f"Colonel Roy Hale: {', '.join(outlets)}."
    assert [one.text for one in root.iter("text")] == [*outlets, "Colonel Roy Ha…"]
    edges = [one.attrib for one in root.iter("line")]
    assert len(edges) == 10
    assert len({one["y2"] for one in edges}) == 1
    assert [one["class"] for one in edges].count("edge") == 1  # the one that counts
    assert root.attrib["height"] == "240"


def test_a_drawing_ends_where_it_would_be_too_long() -> None:
    claim = make.claim()
    for number in range(DRAWN + 3):
        make.figure(claim, number, source=make.source(), attributions=[])
    make.approve(claim)
    graph = origins_of(document_of(claim))["graph"]
    assert (sum(len(end["rows"]) for end in graph["ends"]), graph["left_out"]) == (DRAWN, 3)
    assert graph["height"] == DRAWN * ROW


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
    assert len({tidy_row(old, figure)["origin"] for figure in old["figures"]}) == 10


def test_every_reason_for_not_counting_is_said_in_the_readers_language() -> None:
    assert set(EXCLUSIONS) == set(REASONS)
    with override("en"):
        assert {code: exclusion_label(words) for code, words in REASONS.items()} == REASONS
    translated = {code: words for code, words in EXCLUSIONS.items() if isinstance(words, Promise)}
    assert set(translated) == set(REASONS)
    assert exclusion_label("words of somebody else") == "words of somebody else"
