"""Exports: stored text verbatim, an end that shows a cut stream, a table that opens safely."""

from __future__ import annotations

import csv
import hashlib
import io
import json

import pytest

from claims.choices import VersionOp
from claims.domain.documents import read_document, verify_seal
from claims.domain.tidy import COLUMNS
from claims.exporters.formats import formats_of
from claims.exporters.streams import manifest, stream
from claims.exporters.whole_files import Tally, Wanted
from claims.models import ClaimVersion
from tests import factories
from tests.kept import made_once

pytestmark = pytest.mark.django_db


def exported(kind: str, *contentions: str, excel: bool = False, base: str = "") -> bytes:
    return b"".join(stream(Wanted(kind, contentions, excel=excel, base=base), Tally()))


@made_once
def three() -> list[ClaimVersion]:
    """Two disputed claims and one that is not, in the order of their numbers."""
    return [factories.published_claim(*points) for points in [(60, 97), (400,), (10, 30)]]


def test_ndjson_is_the_stored_documents_and_an_end_record(three) -> None:
    *lines, end = exported("ndjson").decode().splitlines()
    assert lines == [version.payload for version in three]
    hashes = "".join(f"{version.sha256}\n" for version in three)
    assert read_document(end) == {
        "type": "end",
        "count": 3,
        "hashes_sha256": hashlib.sha256(hashes.encode()).hexdigest(),
        "sequence": three[-1].sequence,
    }


def test_each_exported_line_proves_itself(three) -> None:
    for line in exported("ndjson").decode().splitlines()[:-1]:
        assert verify_seal(line)
        assert not verify_seal(line.replace('"point":', '"point":1'))


def test_json_is_one_document_with_the_same_hash(three) -> None:
    whole = json.loads(exported("json"))
    end = read_document(exported("ndjson").splitlines()[-1])
    assert [row["ref"] for row in whole["results"]] == [f"C{one.claim_id}" for one in three]
    assert whole["end"] == end


def test_csv_is_one_row_a_statement(three) -> None:
    body = exported("csv").decode()
    rows = list(csv.DictReader(io.StringIO(body, newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert [row["point"] for row in rows] == ["60", "97", "400", "10", "30"]
    assert body.count("\r\n") == 6


def test_csv_for_excel_disarms_formulas(db: None) -> None:
    claim = factories.claim(question="@SUM(1)?")
    factories.figure(claim, 97, quote="+97 dead")
    factories.approve(claim)
    body = exported("csv", excel=True).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(body, newline=""))
    assert (row["question"], row["quote"], row["point"]) == ("'@SUM(1)?", "'+97 dead", "97")
    assert exported("csv", excel=True).startswith(b"\xef\xbb\xbf")
    assert not exported("csv").startswith(b"\xef\xbb\xbf")


def test_jsonld_is_one_graph_that_tells_its_size(three) -> None:
    graph = json.loads(exported("jsonld", base="https://facts.example.org"))
    *reviews, size = graph["@graph"]
    assert graph["@context"] == "https://schema.org"
    assert [review["@type"] for review in reviews] == ["ClaimReview"] * 3
    assert reviews[0]["url"] == f"https://facts.example.org/claims/C{three[0].claim_id}/"
    assert (size["@type"], size["size"]) == ("Dataset", "3")


def test_only_the_states_asked_for_are_exported(three) -> None:
    for kind in formats_of("whole"):
        body = exported(kind, "disputed").decode()
        assert f"C{three[1].claim_id}/" not in body
        assert f"C{three[1].claim_id}," not in body
    assert len(exported("ndjson", "disputed").splitlines()) == 3
    assert len(exported("ndjson", "disputed", "single_origin").splitlines()) == 4


def test_only_what_is_current_and_public_is_exported(three) -> None:
    factories.submitted_claim(1, 2)
    factories.figure(three[0].claim, 82)
    newer = factories.approve(three[0].claim)
    factories.retire(three[1].claim, "Twice asked.")
    lines = exported("ndjson").decode().splitlines()
    assert lines[:-1] == [newer.payload, three[2].payload]
    assert read_document(lines[-1])["sequence"] == newer.sequence + 1
    assert ClaimVersion.objects.filter(op=VersionOp.TOMBSTONE).count() == 1


@pytest.mark.parametrize("kind", formats_of("whole"))
def test_an_empty_newspaper_exports_whole_files(db: None, kind: str) -> None:
    body = exported(kind).decode()
    if kind == "csv":
        assert body == ",".join(COLUMNS) + "\r\n"
    else:
        assert json.loads(body)


@pytest.mark.parametrize("kind", formats_of("whole"))
def test_a_manifest_is_true_of_the_file(three, kind: str) -> None:
    wanted, tally = Wanted(kind), Tally(whole=True)
    body = b"".join(stream(wanted, tally))
    told = manifest("claims", wanted, tally)
    assert (told["bytes"], told["sequence"]) == (len(body), three[-1].sequence)
    assert told["count"] == (5 if kind == "csv" else 3)
    assert told["sha256"] == hashlib.sha256(body).hexdigest()
