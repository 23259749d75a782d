"""The command that imports articles."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

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

    text = path.read_bytes().decode()
    assert set(reading) == {
        *("article", "figures", "dates", "attributions", "conflicts", "sources", "unkept")
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
