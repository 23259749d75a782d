"""Wikidata entities come in as drafts: ranks, qualifiers, references, bounds, times."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from claims.models import Assertion, Claim, ClaimVersion, Comment, Party, Source
from claims.workflow.candidate import document_of
from tests import factories as make
from tests.importers import entity as wikidata
from tests.importers.desk_content import besides_record, content

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def measures() -> None:
    make.measure(slug="deaths", wikidata_property="P1120", default_unit="people")
    make.measure("date", slug="began", wikidata_property="P580")
    make.measure("party", slug="perpetrator", wikidata_property="P8031")
    make.measure("text", slug="motto", wikidata_property="P1451")
    make.measure(slug="area", is_count=False, wikidata_property="P2046")


def run(folder: Path, data: Any, **options: Any) -> tuple[dict[str, int], str, int]:
    path = folder / "entities.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return run_command("import_entities", path, **options)


def run_command(name: str, *paths: Path, **options: Any) -> tuple[dict[str, int], str, int]:
    out, said, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command(name, *paths, output="json", stdout=out, stderr=said, **options)
    except SystemExit as end:
        code = int(str(end.code))
    return json.loads(out.getvalue()), said.getvalue(), code


def only(prop: str, *statements: Any) -> dict[str, Any]:
    """The event with these statements alone."""
    found = wikidata.entity()
    found["entities"][wikidata.ARDEN]["claims"] = {prop: list(statements)}
    return found


def test_ranked_values_come_in_with_their_references(tmp_path: Path) -> None:
    summary, said, code = run(tmp_path, wikidata.entity())
    assert (code, summary["added"], summary["claims_drafted"]) == (0, 4, 1), said
    claim = Claim.objects.get()
    assert claim.question == "What is the deaths of Flood of Arden?"
    assert (claim.unit, claim.subject.title, claim.state) == ("people", "Flood of Arden", "draft")
    told = [(one.point, one.status, one.locator) for one in claim.assertions.order_by("pk")]
    assert told == [
        (900, "rejected", "deprecated rank in Wikidata, statement Q1001$c"),
        (60, "live", "normal rank in Wikidata, statement Q1001$b"),
        (97, "live", "preferred rank in Wikidata, statement Q1001$a"),
        (97, "live", "preferred rank in Wikidata, statement Q1001$a"),
    ]
    bounded = Assertion.objects.get(point=60)
    assert (bounded.low, bounded.high) == (54, 66)
    assert Assertion.objects.get(point=900).status_reason == (
        "Deprecated in Wikidata: a slip of the pen."
    )
    assert not ClaimVersion.objects.exists()
    assert "1 statements of 1 properties that no measure names were left out: P31 (1)" in said


def test_references_become_works(tmp_path: Path) -> None:
    run(tmp_path, wikidata.entity())
    page, almanac = Source.objects.order_by("-title")
    assert (page.title, page.url) == ("The flood of Arden", "https://news.example/1")
    assert str(page.accessed_on) == "2020-05-04"
    assert (almanac.title, almanac.issued) == ("Almanac of floods", "1990")


def test_no_rank_makes_a_preferred_value_superseded(tmp_path: Path) -> None:
    """The three values of one source: what is preferred counts, whatever the order of the file."""
    found = wikidata.entity()
    found["entities"][wikidata.ARDEN]["claims"]["P1120"].reverse()
    run(tmp_path, found)
    document = document_of(Claim.objects.get())
    preferred = {one["ref"] for one in document["figures"] if one["point"] == 97}
    assert preferred <= set(document["inputs"])


def test_entities_imported_again_add_nothing(tmp_path: Path) -> None:
    run(tmp_path, wikidata.entity())
    before = besides_record()
    summary, _, code = run(tmp_path, wikidata.entity())
    assert (code, summary["added"], summary["known"]) == (0, 0, 4)
    assert besides_record() == before


def test_another_rank_is_the_same_statement(tmp_path: Path) -> None:
    run(tmp_path, wikidata.entity())
    found = wikidata.entity()
    for one in found["entities"][wikidata.ARDEN]["claims"]["P1120"]:
        one["rank"] = "normal"
    assert run(tmp_path, found)[0]["added"] == 0


def test_another_value_is_another_statement(tmp_path: Path) -> None:
    run(tmp_path, only("P1120", wikidata.statement("a", wikidata.quantity("P1120", "+97"))))
    changed = wikidata.statement("a", wikidata.quantity("P1120", "+98"))
    summary, _, _ = run(tmp_path, only("P1120", changed))
    assert (summary["added"], summary["claims_extended"]) == (1, 1)


def test_dry_run_keeps_nothing(tmp_path: Path) -> None:
    before = content()
    summary, said, code = run(tmp_path, wikidata.entity(), dry_run=True)
    assert (code, summary["added"], "nothing was kept" in said) == (0, 4, True)
    assert content() == before


def test_value_without_a_reference_needs_a_citation(tmp_path: Path) -> None:
    wiki = wikidata.reference(wikidata.item("P143", "Q328"))
    main = wikidata.quantity("P1120", "+97")
    run(tmp_path, only("P1120", wikidata.statement("a", main, references=[wiki])))
    row = Assertion.objects.get()
    assert (row.source, row.citation_needed) == (None, True)


@pytest.mark.parametrize(
    ("qualifiers", "as_of"),
    [
        ([wikidata.time("P585", "+1987-05-04")], "1987-05-04"),
        ([wikidata.time("P580", "+1987-00-00", 9)], "1987/.."),
        ([wikidata.time("P580", "+1987-05-00", 10), wikidata.time("P582", "+1988-00-00", 9)],
         "1987-05/1988"),
    ],
)  # fmt: skip
def test_times_of_validity_make_other_claims(
    tmp_path: Path, qualifiers: list[Any], as_of: str
) -> None:
    main = wikidata.quantity("P1120", "+97")
    told = {one["property"]: [one] for one in qualifiers}
    timed = wikidata.statement("a", main, qualifiers=told)
    run(tmp_path, only("P1120", timed, wikidata.statement("b", main)))
    assert [one.as_of for one in Claim.objects.order_by("-as_of")] == [as_of, ""]


def test_value_of_a_time_that_cannot_be_read_is_rejected(tmp_path: Path) -> None:
    told = {"P585": [wikidata.time("P585", "+1900-00-00", 7)]}
    timed = wikidata.statement("a", wikidata.quantity("P1120", "+97"), qualifiers=told)
    _, said, code = run(tmp_path, only("P1120", timed))
    assert (code, "precise to a century" in said) == (3, True)
    assert not Claim.objects.exists()


def test_part_is_the_population_and_other_qualifiers_a_note(tmp_path: Path) -> None:
    told = {
        "P518": [wikidata.item("P518", wikidata.HOLT)],
        "P1310": [wikidata.item("P1310", wikidata.ALMANAC)],
    }
    main = wikidata.quantity("P1120", "+97")
    run(tmp_path, only("P1120", wikidata.statement("a", main, qualifiers=told)))
    assert Claim.objects.get().population == "Jane Holt"
    row = Assertion.objects.get()
    words = f"{row.ref}: Qualifiers in Wikidata: P1310: Almanac of floods."
    assert Comment.objects.get().body == words


def test_circa_is_approximate(tmp_path: Path) -> None:
    told = {"P1480": [wikidata.item("P1480", "Q5727902")]}
    figure = wikidata.statement("a", wikidata.quantity("P1120", "+97"), qualifiers=told)
    run(tmp_path, only("P1120", figure))
    assert Assertion.objects.get().approximate
    date = wikidata.statement("b", wikidata.time("P580", "+1987-05-00", 10), qualifiers=told)
    run(tmp_path, only("P580", date))
    assert Assertion.objects.get(value_kind="date").edtf == "1987-05~"


@pytest.mark.parametrize(
    ("moment", "precision", "edtf"),
    [
        ("+1952-03-11", 11, "1952-03-11"),
        ("+1952-03-00", 10, "1952-03"),
        ("+1952-00-00", 9, "1952"),
        ("+1950-00-00", 8, "195X"),
    ],
)
def test_times_keep_their_precision(tmp_path: Path, moment: str, precision: int, edtf: str) -> None:
    main = wikidata.time("P580", moment, precision)
    run(tmp_path, only("P580", wikidata.statement("a", main)))
    assert Assertion.objects.get().edtf == edtf


REJECTED = {
    "century": (wikidata.time("P580", "+1900-00-00", 7), "precise to a century"),
    "hour": (wikidata.time("P580", "+1900-01-01", 12), "has the precision 12"),
    "before our era": (wikidata.time("P580", "-0044-03-15"), "outside the years 1 to 9999"),
    "far away": (wikidata.time("P580", "+13798000000-00-00", 9), "outside the years"),
    "Julian": (wikidata.time("P580", "+1582-10-04", 11, "Q1985786"), "the Julian calendar"),
    "no time": (wikidata.text("P580", "yesterday"), "began takes a date; this is string"),
    "no value": ({"snaktype": "value", "property": "P580"}, "this is no value"),
}


@pytest.mark.parametrize("name", REJECTED)
def test_value_that_is_no_date_is_rejected_and_the_others_kept(tmp_path: Path, name: str) -> None:
    bad, words = REJECTED[name]
    good = wikidata.statement("b", wikidata.time("P580", "+1987-05-04"))
    summary, said, code = run(tmp_path, only("P580", wikidata.statement("a", bad), good))
    assert (code, summary["added"], summary["rejected"]) == (3, 1, 1)
    assert "Q1001 P580 Q1001$a: " in said
    assert words in said


@pytest.mark.parametrize("amount", ["many", "NaN", "1_000", ""])
def test_amount_that_is_no_number_is_rejected(tmp_path: Path, amount: str) -> None:
    main = wikidata.quantity("P1120", amount)
    _, said, code = run(tmp_path, only("P1120", wikidata.statement("a", main)))
    assert (code, "is no number" in said) == (3, True)
    assert not Claim.objects.exists()


@pytest.mark.parametrize(("kind", "state"), [("somevalue", "unknown"), ("novalue", "none")])
def test_unknown_and_no_value_are_told_apart(tmp_path: Path, kind: str, state: str) -> None:
    main = {"snaktype": kind, "property": "P1120"}
    run(tmp_path, only("P1120", wikidata.statement("a", main)))
    assert Assertion.objects.get().value_state == state


def test_items_are_parties_found_by_their_number(tmp_path: Path) -> None:
    known = make.party("J. Holt", wikidata_qid=wikidata.HOLT)
    rows = [wikidata.item("P8031", wikidata.HOLT), wikidata.item("P8031", "Q77")]
    told = [wikidata.statement(str(n), one) for n, one in enumerate(rows)]
    run(tmp_path, only("P8031", *told))
    first, second = Assertion.objects.order_by("pk")
    assert first.party_links.get().party == known
    other = second.party_links.get().party
    assert (other.name, other.wikidata_qid) == ("Q77", "Q77")
    assert Party.objects.count() == 2


def test_texts_and_units_come_in(tmp_path: Path) -> None:
    words = wikidata.snak("P1451", "monolingualtext", {"language": "la", "text": "Fluctuat"})
    run(tmp_path, only("P1451", wikidata.statement("a", words)))
    assert Assertion.objects.get().text == "Fluctuat"
    unit = "http://www.wikidata.org/entity/Q712226"
    area = wikidata.quantity("P2046", "+12.5", unit=unit)
    run(tmp_path, only("P2046", wikidata.statement("b", area)))
    assert Claim.objects.get(measure__slug="area").unit == "Q712226"


FORMS = {
    "one entity": lambda one: json.dumps(one["entities"][wikidata.ARDEN]),
    "a list": lambda one: json.dumps(list(one["entities"].values())),
    "a dump": lambda one: "[\n" + ",\n".join(map(json.dumps, one["entities"].values())) + "\n]\n",
    "lines": lambda one: "\n".join(map(json.dumps, one["entities"].values())) + "\n",
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_of_a_file_is_read(tmp_path: Path, name: str) -> None:
    summary, said, code = run(tmp_path, FORMS[name](wikidata.entity()))
    assert (code, summary["added"]) == (0, 4), said


REFUSED = {
    "": "line 1: this is no JSON",
    "{": "line 1: this is no JSON",
    '{"a": 1}': "this is no Wikidata entity",
    "[3]": "this is no Wikidata entity",
    '{"claims": {}}': "an entity has no id",
    "[" * 100_000: "nests too deeply",
    '{"id": "Q1", "claims": {}, "x": NaN}': "NaN is no JSON",
}


@pytest.mark.parametrize("text", REFUSED, ids=range(len(REFUSED)))
def test_other_files_are_refused(tmp_path: Path, text: str) -> None:
    summary, said, code = run(tmp_path, text)
    assert (code, summary["added"]) == (1, 0)
    assert REFUSED[text] in said


def test_missing_file_is_named_and_the_others_are_imported(tmp_path: Path) -> None:
    path, lost = tmp_path / "entities.json", tmp_path / "lost.json"
    path.write_text(json.dumps(wikidata.entity()))
    summary, said, code = run_command("import_entities", lost, path)
    assert (code, summary["added"], summary["files"]) == (1, 4, 1)
    assert "lost.json does not exist" in said
