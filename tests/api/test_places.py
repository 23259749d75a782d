"""Where subjects are: the tree, the country, the place, as filters and as columns."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import claims.importers.demo
from claims.audit.verification import verify_everything
from claims.domain.corrections import correct
from claims.domain.countries import COUNTRIES
from claims.domain.document_format import read_claim
from claims.domain.documents import dump_document, read_document
from claims.models import ClaimVersion, Correction, Subject, VersionKey
from claims.workflow.corrections import approve_correction
from claims.workflow.subjects import edit_subject
from tests import factories as make
from tests.kept import made_once

pytestmark = pytest.mark.django_db


@made_once
def tree() -> dict[str, Any]:
    """A conflict in Mali, a town below it, an event in the town; a claim about each."""
    war = make.subject("War", kind="conflict", country="ML", place="Northern Mali")
    town = make.subject("Town", kind="place", parent=war, place="Niafunké, Timbuktu Region",
                        latitude="15.93", longitude="-3.99", wikidata_id="Q1")  # fmt: skip
    event = make.subject("Event", parent=town)
    subjects = {"war": war, "town": town, "event": event}
    claims = {name: make.published_claim(60, 97, subject=one) for name, one in subjects.items()}
    make.published_claim(7)
    return {"subjects": subjects, "claims": {name: one.claim.ref for name, one in claims.items()}}


@pytest.mark.parametrize("name", ["claims", "figures", "disputes", "stats"])
def test_a_subject_stands_for_its_tree(get, tree, name: str) -> None:
    def found(subject: str) -> int:
        ref = tree["subjects"][subject].ref
        results = get(f"{name}/?subject={ref}")["results"]
        return results[0]["claims"] if name == "stats" else len(results)

    each = 2 if name == "figures" else 1
    assert [found(one) for one in ("war", "town", "event")] == [3 * each, 2 * each, each]


def test_the_tree_holds_in_exports_and_at_any_time(client: Client, refs, tree) -> None:
    town = tree["subjects"]["town"].ref
    lines = client.get(f"/api/v1/exports/claims.csv?subject={town}").getvalue().splitlines()
    assert len(lines) == 1 + 4
    assert refs(f"claims/?subject={town}&as_recorded=2050-01-01") == refs(f"claims/?subject={town}")


def test_the_tree_is_that_of_each_document(get, refs, tree) -> None:
    """A subject moved on the desk stays where readers have it until that is approved."""
    town, event = tree["subjects"]["town"], tree["subjects"]["event"]
    edit_subject(subject=event, by=make.contributor(), reason="Elsewhere.", parent=None)
    assert tree["claims"]["event"] in refs(f"claims/?subject={town.ref}")
    moved = ClaimVersion.objects.public().get(subject=event)
    make.approve(moved.claim)
    assert tree["claims"]["event"] not in refs(f"claims/?subject={town.ref}")
    before = moved.published_at.isoformat().replace("+00:00", "Z")
    assert tree["claims"]["event"] in refs(f"claims/?subject={town.ref}&as_recorded={before}")


def test_subjects_are_found_by_an_index(tree) -> None:
    versions = VersionKey.objects.versions_of("subject", ["1"])
    plan = ClaimVersion.objects.public().filter(pk__in=versions).order_by("claim_id").explain()
    if connection.vendor == "sqlite":
        assert "versionkey" in plan
        assert "SCAN" not in plan.replace("SCAN CONSTANT ROW", ""), plan


def test_the_country_is_its_own_or_the_nearest_one_above(get, tree) -> None:
    documents = {name: get(f"claims/{ref}/")["subject"] for name, ref in tree["claims"].items()}
    war = tree["subjects"]["war"].ref
    for name in ("war", "town", "event"):
        assert documents[name]["country"] == {"code": "ML", "from": war}
    assert (documents["war"]["country_code"], documents["event"]["country_code"]) == ("ML", "")
    assert documents["town"]["coordinates"] == {
        "latitude": Decimal("15.93"),
        "longitude": Decimal("-3.99"),
    }
    assert (documents["town"]["wikidata_qid"], documents["event"]["coordinates"]) == ("Q1", None)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("country=ML", ["war", "town", "event"]),
        ("country=FR", []),
        ("country=FR&country=ML", ["war", "town", "event"]),
        ("place=NIAFUNKÉ", ["town"]),
        ("place=niafunke", ["town"]),
        ("place=Timbuktu%20region", ["town"]),
        ("place=Niafunké,%20Timbuktu%20Region", ["town"]),
        ("place=Niafun", []),
        ("place=Northern%20Mali&place=Niafunké", ["war", "town"]),
    ],
)
def test_claims_are_found_by_country_and_place(refs, tree, query: str, names: list[str]) -> None:
    found = [tree["claims"][name] for name in names]
    assert refs(f"claims/?{query}") == found
    assert len(refs(f"figures/?{query}")) == 2 * len(found)
    assert len(refs(f"disputes/?{query}")) == len(found)


def test_counts_by_country(get, tree) -> None:
    rows = get("stats/?group_by=country")["results"]
    assert rows == [
        {"country": "", "claims": 1, "figures": 1, "live_figures": 1},
        {"country": "ML", "claims": 3, "figures": 6, "live_figures": 6},
    ]
    assert get("stats/?group_by=country&known_on=2012-01-01")["results"] == []


def test_rows_of_the_tidy_table_say_where(client: Client, tree) -> None:
    town = tree["subjects"]["town"].ref
    body = client.get(f"/api/v1/figures.csv?subject={town}").content.decode()
    row = next(csv.DictReader(io.StringIO(body, newline="")))
    # Columns that came later stand behind these; nothing ever comes before them.
    assert list(row)[45:50] == ["place", "country", "latitude", "longitude", "subject_wikidata_qid"]
    assert list(row.values())[45:50] == ["Niafunké, Timbuktu Region", "ML", "15.93", "-3.99", "Q1"]


def test_a_country_that_is_corrected_reaches_the_whole_tree_as_one_item(refs, get, tree) -> None:
    war = tree["subjects"]["war"]
    edit_subject(subject=war, by=make.contributor(), reason="A slip.", country="NE")
    assert len(refs("claims/?country=ML")) == 3
    approve_correction(correction=Correction.objects.get(), by=make.editor(), reason="So it is.")
    assert len(refs("claims/?country=NE")) == 3
    assert refs("claims/?country=ML") == []
    assert get(f"claims/{tree['claims']['event']}/")["subject"]["country"]["from"] == war.ref
    assert verify_everything().bad == []


def test_a_document_from_before_places_is_corrected_whole(tree) -> None:
    version = ClaimVersion.objects.public().get(subject=tree["subjects"]["event"])
    document = read_document(version.payload)
    kept = ("ref", "title", "kind", "place", "when", "when_words", "belligerents")
    old = {name: document["subject"][name] for name in kept}
    path = document["subject"]["path"]
    old["path"] = [{"ref": one["ref"], "title": one["title"]} for one in path]
    before = read_claim(dump_document({**document, "format": 1, "subject": old}))
    assert before["subject"]["country"] is None
    war = tree["subjects"]["war"]
    entry = {"title": "War", "country_code": "NE", "coordinates": None, "wikidata_qid": ""}
    subject = correct(before, "subject", war.ref, entry).after["subject"]
    assert subject["country"] == {"code": "NE", "from": war.ref}
    assert subject.keys() == document["subject"].keys()


def test_every_code_is_two_letters_with_a_name() -> None:
    assert len(COUNTRIES) == 249
    assert all(len(code) == 2 and code.isupper() and name for code, name in COUNTRIES.items())
    assert sorted(COUNTRIES) == list(COUNTRIES)


def test_a_subject_keeps_what_it_is_given(tree) -> None:
    town = Subject.objects.get(title="Town")
    assert (town.latitude, town.longitude, town.wikidata_id) == (
        Decimal("15.93"),
        Decimal("-3.99"),
        "Q1",
    )


def test_places_counts_the_claims_and_subjects_of_each_country(get, tree) -> None:
    make.published_claim(5, subject=make.subject("Elsewhere", country="NE"))
    make.published_claim(6, subject=tree["subjects"]["town"], population="soldiers")
    assert get("places/")["results"] == [
        {"code": "ML", "name": "Mali", "claims": 4, "subjects": 3},
        {"code": "NE", "name": "Niger", "claims": 1, "subjects": 1},
    ]


def test_places_of_then_are_those_of_the_documents_of_then(get, tree) -> None:
    war = tree["subjects"]["war"]
    sealed = ClaimVersion.objects.public().latest("sequence").published_at
    edit_subject(subject=war, by=make.contributor(), reason="A slip.", country="NE")
    approve_correction(correction=Correction.objects.get(), by=make.editor(), reason="So it is.")
    then = sealed.isoformat().replace("+00:00", "Z")
    assert [one["code"] for one in get("places/")["results"]] == ["NE"]
    assert [one["code"] for one in get(f"places/?as_recorded={then}")["results"]] == ["ML"]


def test_a_retired_claim_is_in_no_country(get, tree) -> None:
    claim = ClaimVersion.objects.public().get(subject=tree["subjects"]["war"]).claim
    make.retire(claim)
    assert [one["claims"] for one in get("places/")["results"]] == [2]


def test_subjects_are_found_by_country_place_and_tree(get, tree) -> None:
    def found(asked: str) -> set[str]:
        return {one["title"] for one in get(f"subjects/?{asked}")["results"]}

    assert found("country=ML") == {"War", "Town", "Event"}
    assert found("country=NE") == set()
    assert found("place=timbuktu region") == {"Town"}
    assert found(f"subject={tree['subjects']['town'].ref}") == {"Town", "Event"}


def test_the_page_of_places_leads_from_countries_to_subjects(client: Client, tree) -> None:
    far = make.subject("Far", country="NE", latitude="14.5", longitude="2.25")
    make.published_claim(5, subject=far)
    page = client.get("/places/").content.decode()
    for words in ("Mali", "Niger", '/claims/?country=ML">3 claims', "15.93, -3.99", "14.5, 2.25"):
        assert words in page
    narrowed = client.get("/places/?country=NE").content.decode()
    assert f"/subjects/{far.ref}/" in narrowed
    assert f"/subjects/{tree['subjects']['town'].ref}/" not in narrowed
    assert client.get("/places/?country=XX").status_code == 400
    for name in ("claims/" + tree["claims"]["town"], "subjects/" + tree["subjects"]["town"].ref):
        assert "/places/?country=ML" in client.get(f"/{name}/").content.decode()


def test_the_page_of_places_costs_the_same_for_one_place_and_for_nine(client: Client, tree) -> None:
    counts = []
    for more in (0, 8):
        for number in range(more):
            fields = {"country": "NE", "latitude": "14.5", "longitude": f"{number}"}
            make.published_claim(5, subject=make.subject(**fields))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/places/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


# South, north, west, east of a country, in whole degrees outwards.
BOXES = {"ML": (10, 25, -13, 5), "MR": (14, 28, -18, -4), "DZ": (18, 38, -9, 12)}


def test_places_of_the_demo_lie_in_their_country() -> None:
    folder = Path(claims.importers.demo.__file__).parent
    rows = {one["key"]: one for one in json.loads((folder / "subjects.json").read_text("utf-8"))}
    located = [one for one in rows.values() if one.get("latitude")]
    assert len(located) >= 12
    for one in located:
        above = one
        while not above.get("country"):
            above = rows[above["parent"]]
        south, north, west, east = BOXES[above["country"]]
        assert south < float(one["latitude"]) < north, one["title"]
        assert west < float(one["longitude"]) < east, one["title"]
