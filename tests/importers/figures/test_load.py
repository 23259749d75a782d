"""The tidy table goes out and comes back as drafts; what cannot is named by line and column."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import transaction

from claims.domain.document_format import read_claim
from claims.domain.tidy import COLUMNS
from claims.exporters.streams import stream
from claims.exporters.whole_files import Tally, Wanted
from claims.importers.figures.load import KEPT
from claims.models import Assertion, Claim, ClaimVersion, Dispute, Measure, Party, Source, Subject
from claims.workflow.evidence import reject_assertion, withdraw_assertion
from tests import factories as make
from tests.importers.desk_content import besides_record, content
from tests.importers.figures.tables import run, table

pytestmark = pytest.mark.django_db

HEADER = ",".join(COLUMNS)


def publish_one_of_each() -> None:
    """Published claims with every kind of value, stance and status that a table can hold."""
    there = {"place": "Arden", "country": "FR", "latitude": "1.5", "longitude": "-2"}
    there |= {"wikidata_id": "Q7", "when": "1987-05-04"}
    flood = make.subject("Flood, the great \u201cone\u201d", **there)
    killed = make.measure(slug="killed")
    numbers = make.claim(subject=flood, measure=killed, population="people, all", unit="persons")
    holt = make.party("Jane Holt", description="mayor, of Arden")
    post = make.party("Arden Post", kind="outlet")
    chain = [
        {"party": holt, "role": "speaker", "mode": "claimed"},
        {"party": post, "role": "publisher", "mode": "reported"},
    ]
    linked = make.source("A", url="https://a.example.org/?a=1,2", url_status="live")
    make.figure(numbers, 60, approximate=True, attributions=chain, quote='"about 60",\nshe said')
    make.figure(numbers, "97", source=linked)
    make.figure(numbers, low=50, high=101)
    make.figure(numbers, low=200, low_strict=True)
    make.figure(numbers, high=400, high_strict=True)
    make.figure(numbers, low=1000, high=1500, high_open=True)
    make.figure(numbers, vague_term="dozens", citation_needed=True, source=None)
    make.figure(numbers, value_state="unknown", asserted_on="1987-05~")
    make.figure(numbers, 97, stance="denies", extent="whole")
    make.figure(numbers, stance="denies", extent="whole", ground="")
    make.figure(numbers, stance="doubts")
    signed = {"by": make.contributor(), "reason": "Misread."}
    withdraw_assertion(assertion=make.figure(numbers, 9), **signed)
    reject_assertion(assertion=make.figure(numbers, 8), **signed)
    make.approve(numbers)
    cost = make.claim(measure=make.measure(slug="cost", is_count=False), unit="euro", as_of="1988")
    make.figure(cost, "2.50")
    make.approve(cost)
    damage = make.claim("money", unit="USD", measure=make.measure("money", slug="damage"))
    make.figure(damage, "1200000000", approximate=True)
    make.figure(damage, "-0.75")
    make.figure(damage, vague_term="millions")
    make.approve(damage)
    dates = make.claim("date", aggregation="stock")
    make.figure(dates, edtf="1987-05~")
    make.approve(dates)
    for mode in ("joint", "either", "unspecified"):
        who = make.claim("party")
        make.figure(who, parties=[holt, post], party_mode=mode)
        make.approve(who)
    held = make.claim("boolean")
    make.figure(held, boolean=False)
    make.approve(held)
    words = make.claim("text")
    make.figure(words, text="=SUM(1;2)  spaces ")
    make.approve(words)


def exported(path: Path) -> list[dict[str, str]]:
    """Write the public table to the file; return its rows."""
    path.write_bytes(b"".join(stream(Wanted("csv"), Tally())))
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_table_comes_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with transaction.atomic():
        publish_one_of_each()
        before = exported(path)
        transaction.set_rollback(True)
    assert not Claim.objects.exists()
    assert len(before) == 23
    summary, said, code = run(path, username=make.contributor().username)
    assert (code, summary["added"], summary["rejected"]) == (0, len(before), 0), said
    for claim in Claim.objects.order_by("pk"):
        make.approve(claim)
    after = exported(tmp_path / "back.csv")
    for one, other in zip(before, after, strict=True):
        assert {name: one[name] for name in KEPT} == {name: other[name] for name in KEPT}
        assert one["contention"] == other["contention"]
        assert one["severity"] == other["severity"]


def test_table_becomes_drafts_and_nothing_public(tmp_path: Path) -> None:
    run(table(tmp_path, {}, {"point": "60", "speaker": "An officer", "speaker_kind": "unnamed"}))
    claim = Claim.objects.get()
    assert (claim.state, claim.contention, claim.assertions.count()) == ("draft", "disputed", 2)
    assert not ClaimVersion.objects.exists()
    assert claim.history.latest().history_user.username == "importer"


def test_table_imported_again_adds_nothing(tmp_path: Path) -> None:
    path = table(tmp_path, {}, {"point": "60.0"}, {"claim_ref": "C2", "population": "cattle"})
    run(path)
    before = besides_record()
    summary, _, code = run(path)
    assert (code, summary["added"], summary["known"]) == (0, 0, 3)
    assert besides_record() == before


def test_new_row_extends_the_claim_that_asks_it(tmp_path: Path) -> None:
    run(table(tmp_path, {}))
    summary, _, _ = run(table(tmp_path, {}, {"point": "60"}))
    assert (summary["claims_drafted"], summary["claims_extended"]) == (0, 1)
    assert (summary["added"], summary["known"]) == (1, 1)
    assert Claim.objects.count() == 1
    assert Source.objects.count() == Party.objects.count() == Subject.objects.count() == 1


REJECTED = {
    "no number": ({"point": "many"}, "point 'many' is no number"),
    "underscore": ({"point": "1_000"}, "point '1_000' is no number"),
    "other digits": ({"point": "١٢"}, "point '١٢' is no number"),
    "infinite": ({"point": "Infinity"}, "point 'Infinity' is no number"),
    "too long": ({"point": "1234567890123456"}, "point '1234567890123456' "),
    "fewer than none": ({"point": "-3"}, "point '-3' "),
    "ends crossed": (
        {"point": "", "low": "1500", "high": "1000"},
        "low, high '1500, 1000' The low 1500 is above the high 1000.",
    ),
    "power of ten": ({"point": "1.2E+09"}, "point '1.2E+09' is shortened to a power of ten"),
    "rewritten date": ({"asserted_on": "24/01/2012"}, "(did a spreadsheet rewrite it?)"),
    "flag": ({"approximate": "maybe"}, "approximate 'maybe' is one of true, false"),
    "stance": ({"stance": "shouts"}, "stance 'shouts' is one of"),
    "date": ({"asserted_on": "yesterday"}, "asserted_on 'yesterday' is no EDTF date"),
    "no question": ({"question": " "}, "question ' ' must not be empty"),
    "other question": ({"question": "Who?"}, "question 'Who?' differs from line 2"),
    "no source": ({"source_title": ""}, "source_title '' Name the source"),
    "address": ({"source_url": "ftp://x.example.org"}, "source_url"),
    "status": ({"status": "dead"}, "status 'dead' is one of live, superseded"),
    "control character": ({"quote": "a\u0001b"}, "quote 'a\\x01b' "),
    "no value": ({"point": ""}, "Give the quantity"),
}


@pytest.mark.parametrize("name", REJECTED)
def test_bad_row_is_named_and_the_others_are_kept(tmp_path: Path, name: str) -> None:
    cells, words = REJECTED[name]
    make.measure(slug="killed")
    summary, said, code = run(table(tmp_path, {}, cells, {"point": "60"}))
    assert (code, summary["added"], summary["rejected"]) == (3, 2, 1)
    assert "figures.csv: line 3: " in said
    assert words in said
    assert Assertion.objects.count() == 2


@pytest.mark.parametrize("status", ["superseded", "withdrawn", "rejected"])
def test_row_that_no_longer_stands_comes_in_so_and_no_dispute_rests_on_it(
    tmp_path: Path, status: str
) -> None:
    file = table(tmp_path, {}, {"point": "9000", "status": status})
    summary, _, code = run(file)
    assert (code, summary["added"]) == (0, 2)
    row = Assertion.objects.get(point=9000)
    assert (row.status, bool(row.status_reason)) == (status, True)
    assert not Dispute.objects.exists()
    assert row.claim.contention == "single_origin"
    summary, _, _ = run(file)
    assert (summary["added"], summary["known"]) == (0, 2)
    version = make.approve(row.claim, by=make.second_editor())
    assert "9,000" not in read_claim(version.payload)["summary"]


def test_claim_without_a_good_row_is_not_drafted(tmp_path: Path) -> None:
    summary, _, code = run(table(tmp_path, {"source_title": ""}))
    assert (code, summary["rejected"], summary["claims_drafted"]) == (3, 1, 0)
    assert not Claim.objects.exists()


def test_claim_asked_in_other_words_is_refused(tmp_path: Path) -> None:
    run(table(tmp_path, {}))
    summary, said, _ = run(table(tmp_path, {"question": "How many died?"}))
    assert summary["rejected"] == 1
    assert "line 2: question 'How many died?' C" in said


def test_measure_that_counts_is_told_from_one_that_weighs(tmp_path: Path) -> None:
    rows = [{}, {"claim_ref": "C2", "measure": "cost"}, {"claim_ref": "C3", "measure": "cost"}]
    rows[2] |= {"point": "2.5", "population": "roads"}
    summary, _, code = run(table(tmp_path, *rows))
    assert (code, summary["added"]) == (0, 3)
    assert dict(Measure.objects.values_list("slug", "is_count")) == {"killed": True, "cost": False}


def test_dry_run_keeps_nothing(tmp_path: Path) -> None:
    before = content()
    summary, said, _ = run(table(tmp_path, {}), dry_run=True)
    assert summary["added"] == 1
    assert "nothing was kept" in said
    assert content() == before


REFUSED = {
    "empty": (b"", "the header lacks the column question.*Found: none"),
    "other columns": (b"a,b\n1,2\n", "the header lacks the column question.*Found: a, b"),
    "short row": (f"{HEADER}\nC1,2\n".encode(), "line 2 has 2 cells"),
    "latin 1": (f"{HEADER}\nC\xe9".encode("latin-1"), "not UTF-8"),
    "open quote": (f'{HEADER}\n"C1,'.encode(), "no CSV"),
    "nul": (f"{HEADER}\n\0".encode(), "has 1 cell;"),
    "endless cell": (f"{HEADER}\n{'x' * 200_000}".encode(), "no CSV"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_file_that_is_no_table_is_refused_whole(tmp_path: Path, name: str) -> None:
    data, words = REFUSED[name]
    path = tmp_path / "figures.csv"
    path.write_bytes(data)
    before = content()
    with pytest.raises(CommandError, match=words) as refused:
        run(path)
    assert refused.value.returncode == 1
    assert "\n" not in str(refused.value)
    assert content() == before
