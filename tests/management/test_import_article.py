"""The command that imports articles."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from io import BytesIO, StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from claims.management.commands import import_article
from claims.models import Article, Claim
from tests import factories as make
from tests.importers.test_articles import FLOOD

pytestmark = pytest.mark.django_db

SHARED = Path(__file__).resolve().parents[3] / "shared"
SAMPLE = SHARED / "data/tuareg-rebellion-2012.txt"
with_sample = pytest.mark.skipif(
    not SAMPLE.is_file(), reason="the reference article lies in ../shared, outside the repository"
)


def run(*arguments: str | Path) -> tuple[str, str, int]:
    """Return stdout, stderr and the exit code."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_article", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as end:
        return out.getvalue(), err.getvalue(), int(str(end.code))
    return out.getvalue(), err.getvalue(), 0


@pytest.fixture
def flood(tmp_path: Path) -> Path:
    path = tmp_path / "flood.txt"
    path.write_text(FLOOD, encoding="utf-8")
    return path


def test_import_article_lists_what_it_drafted(flood):
    out, err, code = run(flood)

    assert (err, code) == ("", 0)
    assert "Flood of Arden (1987), revision 1" in out
    for claim in Claim.objects.all():
        assert f"{claim.ref} " in out
        assert claim.question in out


def test_import_article_signs_with_the_account_that_is_named(flood):
    run(flood, "--as", make.editor().username)

    assert {claim.last_edited_by for claim in Claim.objects.all()} == {make.editor()}


def test_import_article_signs_as_importer_when_no_account_is_named(flood):
    run(flood)

    account = Claim.objects.first().last_edited_by
    assert account.username == "importer"
    assert not account.has_usable_password()


def test_import_article_refuses_an_unknown_account(flood):
    out, err, code = run(flood, "--as", "nobody")

    assert (out, code) == ("", 1)
    assert err.strip() == f"{flood}: There is no account nobody."


def test_import_article_prints_a_summary_for_programs(flood):
    out, _, _ = run(flood, "--output", "json")

    summary = json.loads(out)
    assert summary["claims_drafted"] == [claim.ref for claim in Claim.objects.order_by("pk")]
    assert summary["article"]["title"] == "Flood of Arden (1987)"


@pytest.mark.parametrize("output", ["table", "json"])
def test_a_dry_run_stores_nothing(flood, output):
    out, _, code = run(flood, "--dry-run", "--output", output)

    assert out
    assert code == 0
    assert not Article.objects.exists()


def test_a_dry_run_as_json_is_the_reading(tmp_path):
    path = tmp_path / "flood.txt"
    path.write_bytes(FLOOD.replace("\n", "\r\n").encode())

    reading = json.loads(run(path, "--dry-run", "--output", "json")[0])

    text = path.read_text(encoding="utf-8", newline="")
    assert set(reading) == {
        *("article", "figures", "dates", "attributions", "conflicts", "sources")
    }
    for figure in reading["figures"]:
        assert text[figure["char_start"] : figure["char_end"]] == figure["quote"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        ("Über 60 Tote".encode("latin-1"), "not UTF-8"),
        (b"x" * (50 * 1024 * 1024), "limit"),
        ("Über".encode("utf-16"), "UTF-16"),
    ],
    ids=["empty", "binary", "latin-1", "50 MB", "utf-16"],
)
def test_bad_files_get_one_line_and_store_nothing(tmp_path, content, words):
    path = tmp_path / "bad.txt"
    path.write_bytes(content)

    out, err, code = run(path)

    assert (out, code) == ("", 1)
    assert err.count("\n") == 1
    assert err.startswith(f"{path}: ")
    assert words in err
    assert not Article.objects.exists()


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_the_table_counts_disputes_and_doubts(tmp_path, options):
    path = tmp_path / "flood.txt"
    path.write_text(FLOOD + "\nDozens of people were injured on 6 May.\n", encoding="utf-8")

    lines = run(path, *options)[0].splitlines()

    counts = {line[2:26].strip(): line[26:].strip() for line in lines}
    assert (counts["conflicts"], counts["disputes open"], counts["doubts"]) == ("1", "1", "1")
    assert lines[-1] == "  review them at /admin/claims/claim/?queue=imported"


def test_the_table_marks_what_is_disputed(flood):
    lines = run(flood)[0].splitlines()

    killed = Claim.objects.get(measure__slug="killed")
    marked = (
        f"  {killed.ref:<6} disputed  /admin/claims/claim/{killed.pk}/change/  {killed.question}"
    )
    assert [line for line in lines if " disputed " in line and "/admin/" in line] == [marked]


def test_missing_files_and_directories_get_one_line_each(tmp_path, flood):
    _, err, code = run(tmp_path / "none.txt", tmp_path, flood)

    assert code == 1
    assert len(err.splitlines()) == 2
    assert Article.objects.count() == 1  # the good file among them is taken in


def test_left_out_figures_are_named_and_end_with_code_3(tmp_path):
    path = tmp_path / "flood.txt"
    path.write_text(FLOOD + "\nA model gave 500 (+/- 600) dead.\n", encoding="utf-8")

    _, err, code = run(path)

    assert code == 3
    assert err.startswith(f"{path}: character {len(FLOOD) + 14}: '500 (+/- 600)'")


@with_sample
def test_the_sample_is_read_well_enough_through_the_command(tmp_path):
    prediction = tmp_path / "prediction.json"
    prediction.write_text(run(SAMPLE, "--dry-run", "--output", "json")[0], encoding="utf-8")

    scorer = [sys.executable, str(SHARED / "tools/score_reading.py"), "--gold"]
    scorer += [str(SAMPLE.with_suffix(".gold.json")), "--pred", str(prediction)]
    done = subprocess.run(
        [*scorer, "--require", "figures_exact_value.f1=0.85"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


@with_sample
def test_the_sample_disputes_the_dead_of_aguelhok():
    run(SAMPLE)

    killed = Claim.objects.disputed().get(measure__slug="killed")
    points = killed.assertions.filter(stance="asserts").values_list("point", flat=True)
    assert set(points) == {60, 97}
    assert set(killed.disputes.values_list("kind", flat=True)) == {"value", "denial"}


@with_sample
def test_the_sample_disputes_who_executed_them_and_when_menaka_fell():
    run(SAMPLE)

    kinds = {
        claim.measure.slug: set(claim.disputes.values_list("kind", flat=True))
        for claim in Claim.objects.disputed().exclude(measure__slug="killed")
    }
    assert kinds == {
        "perpetrator": {"attribution", "denial"},
        "date_captured": {"date"},
        "account": {"denial"},
    }
    assert Claim.objects.filter(measure__slug="held_by").count() == 3


@with_sample
def test_the_sample_is_taken_in_within_ten_seconds():
    start = time.monotonic()
    run(SAMPLE)

    assert time.monotonic() - start < 10


def test_import_article_reads_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(FLOOD.encode())))

    out, err, code = run("-")

    assert (err, code) == ("", 0)
    assert "Flood of Arden (1987), revision 1" in out


def test_import_article_asks_for_the_title_of_a_stream_without_one(monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(b"Ten people died.")))

    out, err, code = run("-")

    assert (out, code) == ("", 1)
    assert err.strip() == "-: The text does not name itself: give its --title."
    assert not Article.objects.exists()


def test_import_article_refuses_a_stream_over_the_limit(monkeypatch, settings):
    settings.FACTBASE_LIMITS = {**settings.FACTBASE_LIMITS, "article_bytes": 5}
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(b"Ten people died.")))

    _, err, code = run("-", "--title", "Flood")

    assert (code, "the limit is 5" in err) == (1, True)


def test_import_article_uses_the_title_that_is_given(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Ten people were killed in Arden on 4 May 1987.")

    run(path, "--title", "Flood of Arden")

    assert Article.objects.get().title == "Flood of Arden"


def test_import_article_tells_how_far_it_is_with_a_long_text(tmp_path, monkeypatch):
    monkeypatch.setattr(import_article, "LONG", 50)
    path = tmp_path / "flood.txt"
    path.write_text(FLOOD)

    _, err, code = run(path)

    assert code == 0
    assert f"{path}: reading {len(FLOOD):,} characters ..." in err
    assert "storing what" in err


def test_a_title_for_several_files_is_refused_before_any_is_read(flood):
    out, err, code = run(flood, flood, "--title", "Flood")

    assert (out, code) == ("", 2)
    assert err.strip() == "--title is for one PATH, and 2 are given."
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("title", "words"),
    [("x" * 301, "301 characters"), ("a\x01b", "U+0001"), ("a\udcff", "not UTF-8")],
    ids=["long", "control", "not UTF-8"],
)
def test_a_title_that_cannot_be_kept_is_refused_in_one_line(flood, title, words):
    out, err, code = run(flood, "--title", title)

    assert (out, code, err.count("\n")) == ("", 1, 1)
    assert "--title: " in err
    assert words in err
    err.encode()


def test_a_path_that_is_not_utf8_gets_one_line(tmp_path):
    name = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")
    Path(name).write_text(FLOOD)

    out, err, code = run(name)

    assert (out, code, err.count("\n")) == ("", 1, 1)
    assert "The path is not UTF-8" in err
    err.encode()


def test_a_file_may_be_named_with_a_dash(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", None)
    Path("-").write_text(FLOOD)

    assert run("./-")[1:] == ("", 0)
    assert run("-")[1:] == ("-: Standard input is closed.\n", 1)


def test_a_pipe_is_read_as_a_stream(tmp_path):
    path = tmp_path / "flood"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=(FLOOD,), daemon=True)
    writer.start()

    assert run(path)[1:] == ("", 0)
    assert Article.objects.get().title == "Flood of Arden (1987)"
