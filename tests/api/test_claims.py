"""One claim: its exact bytes, its versions, its formats, and what hides it."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.domain.documents import verify_seal
from claims.domain.tidy import csv_header
from claims.models import ClaimVersion, PublishedFigure
from claims.workflow.claims import edit_claim
from claims.workflow.evidence import change_assertion
from tests import factories

pytestmark = pytest.mark.django_db


def ref(version: ClaimVersion) -> str:
    return f"C{version.claim_id}"


@pytest.fixture
def corrected(disputed: ClaimVersion) -> ClaimVersion:
    """The second version of the disputed claim: 97 became 82."""
    figure = disputed.claim.assertions.get(point=97)
    change_assertion(assertion=figure, by=factories.contributor(), reason="Misread.", point=82)
    return factories.approve(disputed.claim)


@pytest.fixture
def retired(disputed: ClaimVersion) -> ClaimVersion:
    """A tombstone."""
    tombstone = factories.retire(disputed.claim, "Twice asked.")
    assert tombstone is not None
    return tombstone


def test_a_claim_is_its_stored_document(client: Client, disputed) -> None:
    body = client.get(f"/api/v1/claims/{ref(disputed)}/").content.decode()
    assert body == disputed.payload
    assert verify_seal(body)


def test_a_claim_costs_one_query(client: Client, disputed) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/api/v1/claims/{ref(disputed)}/")
    assert len(queries) == 1


def test_the_suffix_decides_before_format_and_accept(client: Client, disputed) -> None:
    address = f"/api/v1/claims/{ref(disputed)}"
    json, ld = "application/json", "application/ld+json"
    assert (
        client.get(f"{address}.jsonld?format=csv", headers={"Accept": json})["Content-Type"] == ld
    )
    assert client.get(f"{address}/?format=jsonld", headers={"Accept": json})["Content-Type"] == ld
    assert client.get(f"{address}/", headers={"Accept": ld})["Content-Type"] == ld
    assert (
        client.get(f"{address}/", headers={"Accept": "text/html,*/*;q=0.8"})["Content-Type"] == json
    )


def test_a_format_that_nobody_has_is_not_acceptable(get, disputed) -> None:
    problem = get(f"claims/{ref(disputed)}/", 406, Accept="image/png")
    assert problem["code"] == "not-acceptable"
    assert "text/csv" in problem["available"]
    assert get("claims/?format=xml", 400)["parameter"] == "format"


def test_csv_of_a_claim_is_its_rows_of_the_tidy_table(client: Client, disputed) -> None:
    body = client.get(f"/api/v1/claims/{ref(disputed)}.csv").content.decode()
    lines = PublishedFigure.objects.order_by("assertion_id").values_list("csv_line", flat=True)
    assert body == "".join(f"{line}\r\n" for line in [csv_header(), *lines])
    assert client.get("/api/v1/claims.csv").content.decode() == body
    assert client.get("/api/v1/figures/?format=csv").content.decode() == body


def test_csv_for_excel_has_its_mark_and_no_formula(client: Client) -> None:
    claim = factories.claim(question="=1+1?")
    factories.figure(claim, 97)
    factories.approve(claim)
    for address in ("figures.csv", f"claims/C{claim.pk}.csv", "claims.csv", "exports/claims.csv"):
        body = client.get(f"/api/v1/{address}?for=excel").getvalue().decode()
        assert body.startswith("\ufeffclaim_ref,"), address
        (row,) = csv.DictReader(io.StringIO(body.removeprefix("\ufeff"), newline=""))
        assert (row["question"], row["point"]) == ("'=1+1?", "97")
        plain = client.get(f"/api/v1/{address}").getvalue().decode()
        assert ",=1+1?," in plain


def test_fields_go_with_json_only(get, disputed) -> None:
    assert list(get(f"claims/{ref(disputed)}/?fields=question")) == ["question"]
    assert get(f"claims/{ref(disputed)}.csv?fields=question", 400)["parameter"] == "fields"
    assert get("claims/?fields=questoin", 400)["did_you_mean"] == ["question"]
    assert get("claims/?fields=,", 400)["parameter"] == "fields"


def test_every_version_keeps_its_address_and_bytes(client: Client, disputed, corrected) -> None:
    for version in (disputed, corrected):
        response = client.get(f"/api/v1/claims/{ref(version)}/versions/{version.number}/")
        assert response.content.decode() == version.payload
        assert "immutable" in response["Cache-Control"]


def test_versions_are_listed_newest_first_in_a_chain(get, disputed, corrected) -> None:
    newest, oldest = get(f"claims/{ref(disputed)}/versions/")["results"]
    assert (newest["version"], oldest["version"]) == (corrected.number, disputed.number)
    assert newest["previous_sha256"] == oldest["sha256"]


def test_a_difference_names_the_figure_that_changed(get, disputed, corrected) -> None:
    figure = f"F{disputed.claim.assertions.get(point=82).pk}"
    address = f"claims/{ref(disputed)}/diff/"
    found = get(f"{address}?from={disputed.number}&to={corrected.number}")
    assert found == get(address)
    changed = {one["path"]: (one["before"], one["after"]) for one in found["changes"]}
    assert changed[f"figures/{figure}/point"] == (97, 82)
    assert changed["range/high"] == (97, 82)
    assert get(f"{address}?from=7", 404)["code"] == "not-found"


def test_an_edit_on_the_desk_shows_nowhere_until_it_is_approved(client: Client, disputed) -> None:
    before = client.get("/api/v1/claims/").content
    edit_claim(claim=disputed.claim, by=factories.contributor(), reason="Better.", question="New?")
    assert client.get("/api/v1/claims/").content == before
    factories.approve(disputed.claim)
    assert b"New?" in client.get("/api/v1/claims/").content


HIDDEN = [
    *("claims/{}/", "claims/{}.csv", "claims/{}.jsonld", "claims/{}/versions/"),
    *("claims/{}/versions/1/", "claims/{}/diff/", "claims/{}/?as_of=2026-01-01"),
]


@pytest.mark.parametrize("address", HIDDEN)
def test_an_unpublished_claim_answers_as_a_missing_one(client: Client, address: str) -> None:
    draft = factories.submitted_claim(60, 97)
    hidden = client.get(f"/api/v1/{address.format(draft.ref)}")
    missing = client.get(f"/api/v1/{address.format('C99999')}")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content
    assert hidden.headers == missing.headers


def test_an_unpublished_claim_is_in_no_list_count_search_or_export(client: Client) -> None:
    article = factories.article(text="Soldiers of Xanadu: 4242 fell.\n")
    claim = factories.claim(
        question="How many fell at Xanadu?", subject=factories.subject("Xanadu")
    )
    anchors = [{"revision": article, "start": 21, "end": 25}]
    paper = factories.source("Xanadu Herald")
    figure = factories.figure(claim, 4242, anchors=anchors, source=paper)
    factories.figure(claim, 7)
    for name in ("claims", "figures", "disputes", "sources", "subjects", "changes"):
        assert client.get(f"/api/v1/{name}/").json()["results"] == [], name
    lists = ("claims/?include=total", "stats/", "search/?q=xanadu", "search/?q=4242")
    for address in (*lists, f"articles/A{article.article_id}/annotations/"):
        assert b"Xanadu?" not in client.get(f"/api/v1/{address}").content, address
    assert client.get("/api/v1/claims/?include=total").json()["meta"]["total"] == 0
    hits = client.get("/api/v1/search/?q=xanadu").json()["results"]
    assert [hit["type"] for hit in hits] == ["article"]  # whose text somebody approved
    for noun, row in (("figures", figure), ("sources", paper), ("subjects", claim.subject)):
        assert client.get(f"/api/v1/{noun}/{row.ref}/").status_code == 404
    dispute = claim.disputes.get()
    assert client.get(f"/api/v1/disputes/{dispute.ref}/").status_code == 404
    for kind in ("ndjson", "csv", "json", "jsonld"):
        assert b"Xanadu" not in client.get(f"/api/v1/exports/claims.{kind}").getvalue()


def test_a_retired_claim_is_gone_with_its_tombstone(get, disputed, retired) -> None:
    for address in (f"claims/{ref(retired)}/", f"claims/{ref(retired)}.csv"):
        problem = get(address, 410)
        assert (problem["code"], problem["tombstone"]["status"]) == ("gone", "retired")
        assert problem["tombstone"]["review"]["reason"] == "Twice asked."
        assert problem["tombstone"]["sha256"] == retired.sha256


def test_a_retired_claim_leaves_lists_and_keeps_its_history(get, refs, disputed, retired) -> None:
    for name in ("claims", "figures", "disputes", "sources", "subjects"):
        assert get(f"{name}/")["results"] == [], name
    assert get("stats/")["results"] == []
    assert [row["op"] for row in get("changes/")["results"]] == ["publish", "tombstone"]
    versions = get(f"claims/{ref(retired)}/versions/")["results"]
    assert [row["op"] for row in versions] == ["tombstone", "publish"]
    assert get(f"claims/{ref(retired)}/versions/1/")["sha256"] == disputed.sha256
