"""export_claims: data to stdout, words to stderr, whole files, plain exit codes."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests import factories
from tests.kept import made_once

pytestmark = pytest.mark.django_db


@made_once
def claims() -> None:
    """One disputed claim and one that is not."""
    factories.published_claim(60, 97)
    factories.published_claim(400)


def test_data_goes_to_stdout_and_words_to_stderr(claims, capsysbinary) -> None:
    call_command("export_claims", contention=["disputed"])
    out, err = capsysbinary.readouterr()
    *lines, end = out.decode().splitlines()
    assert len(lines) == json.loads(end)["count"] == 1
    assert err.decode().startswith("1 claims, ")


@pytest.mark.parametrize("kind", ["csv", "jsonld"])
def test_a_file_of_a_silent_format_has_its_manifest_beside_it(
    claims, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"claims.{kind}"
    call_command("export_claims", format=kind, output=path)
    told = json.loads((tmp_path / f"claims.{kind}.manifest.json").read_text())
    assert told["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert told["name"] == path.name


@pytest.mark.parametrize("kind", ["ndjson", "json"])
def test_a_file_that_tells_its_own_end_needs_no_manifest(claims, tmp_path: Path, kind: str) -> None:
    call_command("export_claims", format=kind, output=tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_file_that_cannot_be_written_is_one_clear_line(claims, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written: No such file"):
        call_command("export_claims", output=tmp_path / "missing" / "out")


def test_excel_goes_with_csv_only(claims) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("export_claims", "--for", "excel")
    assert refused.value.returncode == 2


def test_a_reader_that_goes_away_ends_the_export_quietly(claims, monkeypatch, capfd) -> None:
    class Gone:
        def writelines(self, chunks) -> None:
            next(iter(chunks))
            raise BrokenPipeError

        def fileno(self) -> int:
            return 1

    stdout = type("Stdout", (), {"buffer": Gone(), "fileno": lambda self: 1})()
    monkeypatch.setattr(sys, "stdout", stdout)
    monkeypatch.setattr("os.dup2", lambda *_: None)
    with pytest.raises(SystemExit) as ended:
        call_command("export_claims")
    assert ended.value.code == 1
    assert capfd.readouterr().err == ""


def test_claims_of_a_tree_and_of_a_day(tmp_path: Path) -> None:
    war = factories.subject(country="ML")
    event = factories.subject(parent=war)
    claim = factories.claim(subject=event)
    factories.figure(claim, 60, asserted_on="2012-02-13")
    factories.figure(claim, 97, asserted_on="2012-03-02")
    factories.approve(claim)
    factories.published_claim(7)
    path = tmp_path / "claims.csv"
    call_command("export_claims", "--subject", war.ref, "--format", "csv", "-o", str(path))
    assert len(path.read_text().splitlines()) == 3
    asked = ("--country", "ML", "--known-on", "2012-03-01", "--format", "csv", "-o", str(path))
    call_command("export_claims", *asked)
    assert len(path.read_text().splitlines()) == 2
    told = json.loads((tmp_path / "claims.csv.manifest.json").read_text())
    assert (told["country"], told["known_on"]) == (["ML"], "2012-03-01")


def test_an_option_is_refused_as_a_parameter_is(claims) -> None:
    with pytest.raises(CommandError, match="is no day of the calendar; one is 2012-01-24"):
        call_command("export_claims", "--known-on", "2012-02-30")
