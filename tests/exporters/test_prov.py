"""The provenance of a claim as PROV-JSON: every relation leads to a record that is there."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from claims.domain.document_format import read_claim
from claims.exporters.prov import prov_document
from claims.models import ClaimVersion
from claims.workflow.claims import edit_claim
from tests import factories as make
from tests.world import build_world

pytestmark = pytest.mark.django_db
BASE = "https://facts.example"
RELATIONS = {
    "wasGeneratedBy": ("entity", "activity"),
    "wasAssociatedWith": ("activity", "agent"),
    "wasAttributedTo": ("entity", "agent"),
    "wasDerivedFrom": ("generatedEntity", "usedEntity"),
}
KIND = {"generatedEntity": "entity", "usedEntity": "entity"}


def graph_of(version: ClaimVersion) -> dict[str, Any]:
    return json.loads(json.dumps(prov_document(read_claim(version.payload), BASE)))


def derived_in(graph: dict[str, Any], kind: str = "") -> list[dict[str, Any]]:
    """The derivations of a kind; of none, those that name none."""
    rows = graph["wasDerivedFrom"].values()
    return [one for one in rows if one.get("prov:type", {}).get("$", "") == kind]


def test_every_relation_names_records_that_are_there() -> None:
    build_world()
    for version in ClaimVersion.objects.filter(op="publish"):
        graph = graph_of(version)
        assert set(graph) - {"prefix", "entity", "agent", "activity"} <= set(RELATIONS)
        for kind, ends in RELATIONS.items():
            for row in graph.get(kind, {}).values():
                for end in ends:
                    assert row[f"prov:{end}"] in graph[KIND.get(end, end)]


def test_statement_is_quoted_from_its_source_by_its_speaker() -> None:
    claim = make.claim()
    holt = make.party("Jane Holt")
    source = make.source("Report", url="https://a.example/1", url_status="live", publisher=holt,
                         work_licence="CC-BY-4.0")  # fmt: skip
    figure = make.figure(claim, 97, speaker=holt, source=source, quote="ninety-seven")
    version = make.approve(claim)
    graph = graph_of(version)
    name = f"fb:claims/{claim.ref}/v/1/"
    assert graph["entity"][f"{name}#{figure.ref}"]["prov:value"] == "97"
    quoted, derived = derived_in(graph, "prov:Quotation"), derived_in(graph)
    assert [one["prov:usedEntity"] for one in quoted] == [f"fb:sources/{source.ref}/"]
    assert graph["agent"][f"fb:parties/{holt.ref}/"]["dcterms:title"] == "Jane Holt"
    assert derived == [{"prov:generatedEntity": name, "prov:usedEntity": f"{name}#{figure.ref}"}]
    assert graph["prefix"]["fb"] == f"{BASE}/"


def test_version_is_by_who_edited_and_who_approved_it() -> None:
    graph = graph_of(make.published_claim(97))
    accounts = {one["dcterms:title"] for name, one in graph["agent"].items() if "account" in name}
    assert accounts == {"contributor", "editor"}
    (generated,) = graph["wasGeneratedBy"].values()
    assert generated["prov:activity"].endswith("#approval")


def test_second_version_is_a_revision_of_the_first() -> None:
    claim = make.published_claim(97).claim
    edit_claim(claim=claim, by=make.contributor(), reason="Clearer.", population="soldiers")
    graph = graph_of(make.approve(claim))
    (revised,) = derived_in(graph, "prov:Revision")
    assert revised["prov:usedEntity"] == f"fb:claims/{claim.ref}/v/1/"


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [("wikibase", "application/vnd.wikibase+json"), ("prov", "application/prov+json")],
)
def test_both_are_served_by_pages_and_api(client: Client, suffix: str, kind: str) -> None:
    ref = make.published_claim(97).claim.ref
    for address in (f"/claims/{ref}.{suffix}", f"/api/v1/claims/{ref}.{suffix}",
                    f"/api/v1/claims/{ref}/?format={suffix}"):  # fmt: skip
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
        assert json.loads(answer.content)
    assert client.get("/claims/C999.prov").status_code == 404
