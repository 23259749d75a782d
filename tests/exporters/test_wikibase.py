"""What came of Wikidata goes back as Wikibase JSON: values, ranks, qualifiers, references."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claims.domain.document_format import read_claim
from claims.exporters.wikibase import wikibase_entity
from claims.models import Claim
from claims.workflow.claims import edit_claim
from claims.workflow.disputes import resolve_dispute
from tests import factories as make
from tests.importers import entity as wikidata
from tests.importers.test_entities import run_command

pytestmark = pytest.mark.django_db


def exported(claim: Claim) -> dict[str, Any]:
    """The entity of the published claim, through JSON as a reader gets it."""
    version = claim.versions.get(is_current=True)
    return json.loads(json.dumps(wikibase_entity(read_claim(version.payload)), default=str))


def statements(entity: dict[str, Any]) -> dict[str, Any]:
    (rows,) = entity["claims"].values()
    return {row["id"]: row for row in rows}


def said(snak: dict[str, Any]) -> Any:
    return snak["datavalue"]["value"]


def test_an_entity_goes_in_is_reviewed_and_comes_out(tmp_path: Path) -> None:
    make.measure(slug="deaths", wikidata_property="P1120", default_unit="people")
    path = tmp_path / "entity.json"
    path.write_text(json.dumps(wikidata.entity()))
    run_command("import_entities", path)
    claim = Claim.objects.get()
    make.approve(claim)

    entity = exported(claim)
    assert entity["labels"]["en"]["value"] == "Flood of Arden"
    assert list(entity["claims"]) == ["P1120"]
    found = statements(entity)
    before = {one["id"]: one for one in
              wikidata.entity()["entities"][wikidata.ARDEN]["claims"]["P1120"]}  # fmt: skip
    assert set(found) == set(before)
    for number, row in found.items():
        assert row["rank"] == before[number]["rank"]
        was = said(before[number]["mainsnak"])
        assert {name: said(row["mainsnak"])[name] for name in was} == was
    told = [one["snaks"] for one in found["Q1001$a"]["references"]]
    titles = {said(one["P1476"][0])["text"]: one for one in told}
    assert set(titles) == {"Almanac of floods", "The flood of Arden"}
    page = titles["The flood of Arden"]
    assert said(page["P854"][0]) == "https://news.example/1"
    assert said(page["P813"][0])["time"] == "+2020-05-04T00:00:00Z"
    assert said(titles["Almanac of floods"]["P577"][0])["precision"] == 9


def test_what_came_out_goes_in_again_and_adds_the_same(tmp_path: Path) -> None:
    make.measure(slug="deaths", wikidata_property="P1120", default_unit="people")
    path = tmp_path / "entity.json"
    path.write_text(json.dumps(wikidata.entity()))
    run_command("import_entities", path)
    make.approve(Claim.objects.get())
    entity = exported(Claim.objects.get())
    assert entity["id"] == wikidata.ARDEN
    path.write_text(json.dumps(entity))
    summary, said_, code = run_command("import_entities", path)
    assert (code, summary["added"], summary["known"]) == (0, 0, 4), said_


def published(*figures: dict[str, Any], kind: str = "quantity", **fields: Any) -> Claim:
    claim = make.claim(kind, **fields)
    for one in figures:
        make.figure(claim, **one)
    make.approve(claim)
    return claim


def only(claim: Claim) -> Any:
    (row,) = statements(exported(claim)).values()
    return row


def test_measure_without_a_property_stands_under_its_name() -> None:
    claim = published({"point": 97})
    entity = exported(claim)
    assert list(entity["claims"]) == ["quantity-measured"]
    assert entity["factbase"]["question"] == claim.question


def test_ends_without_a_point_are_told_as_limits() -> None:
    row = only(published({"low": 50, "high": 101}))
    assert row["mainsnak"]["snaktype"] == "somevalue"
    told = {prop: said(one[0])["amount"] for prop, one in row["qualifiers"].items()}
    assert told == {"P5447": "+50", "P5448": "+101"}


def test_about_is_circa() -> None:
    row = only(published({"point": 60, "approximate": True}))
    assert said(row["qualifiers"]["P1480"][0])["id"] == "Q5727902"


@pytest.mark.parametrize(
    ("edtf", "time", "precision"),
    [
        ("1952-03-11", "+1952-03-11T00:00:00Z", 11),
        ("1952-03", "+1952-03-00T00:00:00Z", 10),
        ("1952", "+1952-00-00T00:00:00Z", 9),
        ("195X", "+1950-00-00T00:00:00Z", 8),
        ("1952~", "+1952-00-00T00:00:00Z", 9),
    ],
)
def test_dates_keep_their_precision(edtf: str, time: str, precision: int) -> None:
    row = only(published({"edtf": edtf}, kind="date"))
    assert said(row["mainsnak"])["time"] == time
    assert said(row["mainsnak"])["precision"] == precision
    assert ("P1480" in row["qualifiers"]) == edtf.endswith("~")


def test_interval_of_days_is_told_by_its_ends() -> None:
    row = only(published({"edtf": "2012-01-16/2012-01-17"}, kind="date"))
    assert row["mainsnak"]["snaktype"] == "somevalue"
    assert said(row["qualifiers"]["P1319"][0])["time"] == "+2012-01-16T00:00:00Z"
    assert said(row["qualifiers"]["P1326"][0])["time"] == "+2012-01-17T00:00:00Z"


@pytest.mark.parametrize(
    ("as_of", "props"), [("2012-04-08", ["P585"]), ("2012-04/2012-05", ["P580", "P582"])]
)
def test_time_of_the_claim_qualifies_its_values(as_of: str, props: list[str]) -> None:
    row = only(published({"point": 400}, as_of=as_of, aggregation="stock"))
    assert list(row["qualifiers"]) == props


def test_unknown_and_none_are_told_apart() -> None:
    claim = published({"value_state": "unknown"}, {"value_state": "none"})
    kinds = {row["mainsnak"]["snaktype"] for row in statements(exported(claim)).values()}
    assert kinds == {"somevalue", "novalue"}


def test_each_party_is_a_statement() -> None:
    parties = [make.party("A"), make.party("B")]
    claim = published({"parties": parties, "party_mode": "joint"}, kind="party")
    values = {said(row["mainsnak"]) for row in statements(exported(claim)).values()}
    assert values == {"A", "B"}


def test_objections_are_no_values() -> None:
    claim = published({"point": 97}, {"point": 97, "stance": "denies", "extent": "whole"})
    assert len(statements(exported(claim))) == 1


def test_decision_makes_a_value_preferred() -> None:
    claim = make.claim()
    figures = [make.figure(claim, 60), make.figure(claim, 97)]
    decided = {"outcome": "prefer", "preferred": figures[1], "rationale": "A list of names."}
    dispute = claim.disputes.get()
    resolve_dispute(dispute=dispute, by=make.editor(), reason="Read.", **decided)
    edit_claim(claim=claim, by=make.contributor(), reason="Clearer.", population="soldiers")
    make.approve(claim, by=make.second_editor())
    ranks = {said(row["mainsnak"])["amount"]: row["rank"] for row in
             statements(exported(claim)).values()}  # fmt: skip
    assert ranks == {"+60": "normal", "+97": "preferred"}
    assert exported(claim)["factbase"]["population"] == "soldiers"
