"""What was published in an earlier format is read by every page, route, exporter and verify.py."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claims.audit.findings import Report
from claims.audit.index_rows import verify_index_rows
from claims.audit.versions import verify_versions
from claims.choices import VersionOp
from claims.domain.document_format import FORMAT, format_of, read_claim
from claims.domain.documents import read_document, verify_seal
from claims.domain.tidy import COLUMNS
from claims.exporters.formats import formats_of
from claims.exporters.streams import stream
from claims.exporters.whole_files import Tally, Wanted
from claims.models import ClaimVersion, PublishedFigure
from tests.documents import stored
from tests.documents.walk import numbered, samples
from tests.kept import undone_after
from tests.public_answers import CLAIM_FORMATS, answer, public_addresses
from tests.verifier.conftest import examine

pytestmark = pytest.mark.django_db
# What tells the same document from itself in a newer format: hashes, and the numbers of anchors,
# which PostgreSQL counts on when the first of two databases is undone.
HASHES = re.compile(r"[0-9a-f]{64}|[0-9a-f]{12}|#anchor-\d+")
# Answers that are documents as they were sealed, alone or in a list, or that count their bytes.
SEALED = re.compile(
    r"^/claims/C\d+\.json$|^/api/v1/claims(/C\d+)?(/versions/\d+)?(/|\.json|\.ndjson)$"
    r"|^/api/v1/exports/claims\.(json|ndjson)"
)
type Answers = dict[str, tuple[int, str]]


@pytest.fixture(scope="module", params=sorted(stored.folders()))
def folder(request: pytest.FixtureRequest) -> Path:
    return stored.folders()[request.param]


@pytest.fixture(scope="module")
def todays(folder: Path, django_db_setup: None, django_db_blocker: Any) -> Answers:
    """What readers would get had the same documents been published in today's format."""
    with undone_after(django_db_blocker):
        stored.load(folder, stored.upgraded_payloads(folder))
        return walk()


@pytest.fixture(scope="module")
def world(todays: Answers, folder: Path, django_db_blocker: Any) -> Iterator[list[ClaimVersion]]:
    """The versions of the folder in the database, made once: the tests only read."""
    with undone_after(django_db_blocker):
        yield stored.load(folder, stored.payloads(folder))


@pytest.fixture(scope="module")
def answers(world: list[ClaimVersion]) -> Answers:
    return walk()


def walk() -> Answers:
    """Every public address for every claim, version and format, with what it answers."""
    addresses = numbered([one for rows in samples() for one in public_addresses(rows)])
    return {address: answer(address) for address in dict.fromkeys(addresses)}


def is_sealed(address: str, status: int) -> bool:
    """Whether the answer is made of documents; of a retired claim the API gives its tombstone."""
    return bool(SEALED.match(address)) or (status == 410 and address.startswith("/api/"))


def current(versions: list[ClaimVersion], op: VersionOp) -> list[ClaimVersion]:
    return [one for one in versions if one.is_current and one.op == op]


def test_every_format_before_today_s_was_frozen() -> None:
    assert sorted(stored.folders()) == list(range(1, FORMAT))


def test_a_folder_holds_documents_of_its_format(folder: Path) -> None:
    texts = stored.payloads(folder)
    assert {f"format-{format_of(read_document(text))}" for text in texts} == {folder.name}
    assert all(verify_seal(text) for text in texts)


def test_the_rows_drawn_from_them_are_what_an_audit_expects(world: list[ClaimVersion]) -> None:
    report = Report()
    verify_versions(report)
    verify_index_rows(report)
    assert report.bad == []
    assert report.checked[ClaimVersion._meta.db_table] == len(world)
    assert report.checked[PublishedFigure._meta.db_table] > 0


def test_every_address_answers_as_for_the_same_document_of_today(
    answers: Answers, todays: Answers
) -> None:
    """Pages, tables, citations, feeds, lists: letter by letter, but for hashes."""
    assert answers.keys() == todays.keys()
    differing = [
        address
        for address, (status, body) in answers.items()
        if status != todays[address][0]
        or not (is_sealed(address, status) or _without(body) == _without(todays[address][1]))
    ]
    assert differing == []


def _without(body: str) -> str:
    return HASHES.sub("", body)


def test_what_is_published_is_there_in_every_format(
    world: list[ClaimVersion], answers: Answers
) -> None:
    for version in current(world, VersionOp.PUBLISH):
        ref = f"C{version.claim_id}"
        wanted = [f"/claims/{ref}/", f"/claims/{ref}/v/1/", f"/claims/{ref}/history/"]
        wanted += [f"/claims/{ref}.{suffix}" for suffix in CLAIM_FORMATS]
        wanted += [f"/embed/claims/{ref}/", f"/api/v1/claims/{ref}/"]
        assert {answers[address][0] for address in wanted} == {200}
    for version in current(world, VersionOp.TOMBSTONE):
        ref = f"C{version.claim_id}"
        assert answers[f"/claims/{ref}/"][0] == answers[f"/api/v1/claims/{ref}/"][0] == 410
        assert answers[f"/claims/{ref}/v/1/"][0] in (200, 410)  # taken down: no word of it
    assert answers["/claims/C1/compare/1...2/"][0] == 200


def test_a_document_is_given_as_it_was_sealed(world: list[ClaimVersion], answers: Answers) -> None:
    whole = answers["/api/v1/exports/claims.ndjson"][1]
    for version in current(world, VersionOp.PUBLISH):
        ref = f"C{version.claim_id}"
        for address in (f"/claims/{ref}.json", f"/api/v1/claims/{ref}/"):
            assert answers[address][1] == version.payload
        assert version.payload in whole
        assert version.payload in answers["/api/v1/claims/"][1]


def test_feeds_are_whole(answers: Answers) -> None:
    feeds = {one: body for one, (status, body) in answers.items()
             if one.endswith(".atom") and status == 200}  # fmt: skip
    assert {"/changes.atom", "/disputes.atom"} <= feeds.keys()
    for body in feeds.values():
        assert ET.fromstring(body).tag == "{http://www.w3.org/2005/Atom}feed"


@pytest.mark.parametrize("kind", formats_of("whole"))
def test_an_export_has_all_that_is_published(world: list[ClaimVersion], kind: str) -> None:
    tally = Tally()
    body = b"".join(stream(Wanted(kind=kind), tally)).decode()
    shown = current(world, VersionOp.PUBLISH)
    figures = [one for version in shown for one in read_claim(version.payload)["figures"]]
    assert tally.count == (len(figures) if kind == "csv" else len(shown))
    for version in shown:
        assert f"/claims/C{version.claim_id}/" in body or kind == "csv"


def test_a_table_has_the_columns_of_today(world: list[ClaimVersion]) -> None:
    for excel in (False, True):
        body = b"".join(stream(Wanted(kind="csv", excel=excel), Tally())).decode("utf-8-sig")
        header, *rows = csv.reader(io.StringIO(body, newline=""))
        assert tuple(header) == COLUMNS
        assert {len(row) for row in rows} == {len(COLUMNS)}


@pytest.mark.parametrize("kind", ["ndjson", "json"])
def test_verify_py_finds_an_export_of_them_sound(world: list[ClaimVersion], kind: str) -> None:
    report = examine(b"".join(stream(Wanted(kind=kind), Tally())))
    assert [fault.sentence for fault in report.faults] == []
    assert f"{len(current(world, VersionOp.PUBLISH))} documents: sealed with" in str(report.held)


def test_verify_py_follows_their_chain(folder: Path) -> None:
    texts = stored.payloads(folder)
    report = examine("\n".join(texts).encode(), part=True)
    assert [fault.sentence for fault in report.faults] == []
    assert f"{len(texts)} documents: sealed with" in str(report.held)
