"""The command line: what it says, its exit codes, whole files, chains and sums."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from claims.domain.documents import dump_document, read_document, seal
from claims.exporters.streams import manifest, stream
from claims.exporters.whole_files import Tally, Wanted
from claims.models import Claim, ClaimVersion
from claims.verifier.build import BUILT
from claims.verifier.command import main
from claims.workflow.claims import edit_claim, relate_claims
from tests import factories as make
from tests.kept import made_once
from tests.verifier.conftest import examine

pytestmark = pytest.mark.django_db


def export(path: Path, kind: str = "ndjson") -> dict[str, Any]:
    """Write an export with its manifest beside it; return the manifest."""
    wanted, tally = Wanted(kind=kind), Tally(whole=True)
    path.write_bytes(b"".join(stream(wanted, tally)))
    told = manifest(path.name, wanted, tally)
    path.with_suffix(".manifest").write_text(dump_document(told))
    return told


def ended(documents: list[dict[str, Any]]) -> bytes:
    """An export of these documents, sealed anew, with an end record as earlier releases had it."""
    body = "".join(f"{seal(one)[0]}\n" for one in documents).encode()
    digest = hashlib.sha256(body).hexdigest()
    end = {"type": "end", "count": len(documents), "sha256": digest, "sequence": 99}
    return body + dump_document(end).encode() + b"\n"


@made_once
def versions() -> list[ClaimVersion]:
    """Three versions in a row: a claim, its second version, another claim retired."""
    first = make.published_claim(60, 97).claim
    edit_claim(claim=first, by=make.contributor(), reason="Narrower.", population="soldiers")
    make.approve(first)
    other = make.published_claim(5).claim
    make.retire(other)
    return list(ClaimVersion.objects.order_by("sequence"))


def written(tmp_path: Path, versions: list[ClaimVersion]) -> list[str]:
    paths = [tmp_path / f"{one.sequence}.json" for one in versions]
    for path, version in zip(paths, versions, strict=True):
        path.write_text(version.payload)
    return [str(path) for path in paths]


def test_several_files_are_one_chain(
    tmp_path: Path, versions: list[ClaimVersion], capsys: Any
) -> None:
    assert main(written(tmp_path, versions)[::-1]) == 0
    assert f"{len(versions) - 1} links between versions in a row: right." in capsys.readouterr().out


def test_a_broken_link_is_named(tmp_path: Path, versions: list[ClaimVersion], capsys: Any) -> None:
    paths = written(tmp_path, versions)
    document = read_document(versions[0].payload)
    document["question"] = "How many were there at another event?"
    Path(paths[0]).write_text(seal(document)[0])
    for some in (paths, paths[::-1]):
        assert main(some) == 1
        out = capsys.readouterr().out
        ref = read_document(versions[1].payload)["ref"]
        what = "previous_sha256 is not the hash of the version with sequence 1."
        assert f"{paths[1]}: {ref}: {what}" in out


def test_two_documents_of_one_sequence_are_named(
    tmp_path: Path, versions: list[ClaimVersion], capsys: Any
) -> None:
    document = read_document(versions[0].payload) | {"previous_sha256": "0" * 64}
    (tmp_path / "forged.json").write_text(seal(document)[0])
    assert main([*written(tmp_path, versions), str(tmp_path / "forged.json")]) == 1
    assert "another document has its sequence 1 too" in capsys.readouterr().out
    assert main([str(tmp_path / "forged.json")]) == 1
    assert "the first version of all, yet names one before it" in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["ndjson", "json"])
def test_an_export_holds_with_its_manifest(
    tmp_path: Path, versions: list[ClaimVersion], kind: str, capsys: Any
) -> None:
    path = tmp_path / f"claims.{kind}"
    told = export(path, kind)
    assert main([str(path), "--manifest", str(path.with_suffix(".manifest"))]) == 0
    out = capsys.readouterr().out
    assert f"The file is what its manifest says: {told['bytes']} bytes." in out.replace(",", "")
    assert "The file is whole: the end record counts every document and hashes their hashes." in out
    lines = "".join(
        f"{one.payload}\n" for one in ClaimVersion.objects.public().order_by("claim_id")
    )
    earlier = told | {"sha256": hashlib.sha256(lines.encode()).hexdigest()}
    path.with_suffix(".manifest").write_text(dump_document(earlier))
    assert main([str(path), "--manifest", str(path.with_suffix(".manifest"))]) == 0
    path.write_bytes(path.read_bytes() + b"\n")
    assert main([str(path), "--manifest", str(path.with_suffix(".manifest"))]) == 1
    assert "The manifest's bytes says" in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["csv", "jsonld"])
def test_a_table_is_compared_with_its_manifest(
    tmp_path: Path, versions: list[ClaimVersion], kind: str, capsys: Any
) -> None:
    path = tmp_path / f"claims.{kind}"
    export(path, kind)
    words = [str(path), "--manifest", str(path.with_suffix(".manifest"))]
    assert main(words) == 0
    path.write_bytes(path.read_bytes().replace(b"60", b"61"))
    assert main(words) == 1
    assert "The manifest's sha256 says" in capsys.readouterr().out
    path.with_suffix(".manifest").write_text('{"type":"end"}')
    assert main(words) == 1
    assert "The manifest is none." in capsys.readouterr().out


WRONG_ENDS = {"count": 5, "sha256": "0" * 64, "hashes_sha256": "0" * 64, "sequence": 1}


@pytest.mark.parametrize("name", WRONG_ENDS)
def test_a_wrong_end_record_is_named(versions: list[ClaimVersion], name: str) -> None:
    *lines, last = b"".join(stream(Wanted(), Tally())).splitlines()
    end = read_document(last) | {name: WRONG_ENDS[name]}
    report = examine(b"\n".join([*lines, dump_document(end).encode()]))
    assert [fault.sentence.partition(" says")[0] for fault in report.faults] == [
        f"The end record's {name}"
    ]


def test_an_end_record_without_a_hash_is_named(versions: list[ClaimVersion]) -> None:
    *lines, last = b"".join(stream(Wanted(), Tally())).splitlines()
    end = {name: value for name, value in read_document(last).items() if "sha256" not in name}
    (fault,) = examine(b"\n".join([*lines, dump_document(end).encode()])).faults
    assert fault.sentence.startswith("The end record's hashes_sha256 says")


@pytest.mark.parametrize("change", ["swapped", "replaced"])
def test_lines_that_hold_by_themselves_are_not_the_file(change: str) -> None:
    for points in ((60, 97), (400,)):
        make.published_claim(*points)
    first, second, end = b"".join(stream(Wanted(), Tally())).splitlines()
    other, _ = seal(read_document(second) | {"question": "How many others?"})
    lines = {"swapped": [second, first, end], "replaced": [first, other.encode(), end]}[change]
    sentences = [fault.sentence for fault in examine(b"\n".join(lines)).faults]
    assert [one.partition(" says")[0] for one in sentences] == ["The end record's hashes_sha256"]


@made_once
def sum_documents() -> list[dict[str, Any]]:
    """A total of two parts, and its parts."""
    whole = make.claim()
    make.figure(whole, 97)
    drafts = []
    for number in (60, 37):
        part = make.claim()
        make.figure(part, number)
        more: dict[str, Any] = {"kind": "part_of_total", "exhaustive": True, "scope_exact": True}
        relate_claims(from_claim=part, to_claim=whole, by=make.contributor(), reason="A.", **more)
        make.approve(part)
        drafts.append(part)
    make.approve(whole)
    current = ClaimVersion.objects.current().order_by("claim_id")
    return [read_document(one.payload) for one in current]


def test_sums_are_done_again_inside_a_whole_export(sum_documents: list[dict[str, Any]]) -> None:
    assert "One sum of parts against their total: right." in examine(ended(sum_documents)).held
    sum_documents[0]["arithmetic"][0]["sum_high"] = Decimal(98)
    report = examine(ended(sum_documents))
    ref = sum_documents[0]["ref"]
    sentence = f"{ref}: arithmetic.sum_high says 98; its parts give 97."
    assert [fault.sentence for fault in report.faults] == [sentence]


def test_sums_are_not_judged_by_parts_that_are_newer_or_not_here(
    sum_documents: list[dict[str, Any]],
) -> None:
    why = "one sum: a part is not in the file, or is newer than the total."
    assert why in examine(ended(sum_documents[:2])).unchecked
    assert why in examine(seal(sum_documents[0])[0].encode()).unchecked
    sum_documents[1]["sequence"] = 50
    assert why in examine(ended(sum_documents)).unchecked


def test_the_report_for_programs(tmp_path: Path, versions: list[ClaimVersion], capsys: Any) -> None:
    document = read_document(versions[1].payload) | {"severity": "minor"}
    path = tmp_path / "C1.json"
    path.write_text(seal(document)[0])
    assert main([str(path), "--output", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["holds"], told["documents"], told["fault_count"]) == (False, 1, 1)
    (fault,) = told["faults"]
    ref = document["ref"]
    assert fault == {
        "aspect": "derived",
        "sentence": f"{ref}: severity says minor; its figures give major.",
        "file": "",
        "line": 1,
        "ref": ref,
        "figure": "",
        "member": "severity",
        "says": "minor",
        "gives": "major",
    }


def test_a_document_that_is_spelt_another_way_is_known_by_its_seal(
    tmp_path: Path, versions: list[ClaimVersion], capsys: Any
) -> None:
    path = tmp_path / "C1.json"
    path.write_text(json.dumps(json.loads(versions[0].payload), indent=2, ensure_ascii=True))
    assert main([str(path)]) == 0
    answer = {"results": [json.loads(one.payload) for one in versions], "meta": {}}
    path.write_text(json.dumps(answer, indent=2))
    assert main([str(path)]) == 0
    assert f"{len(versions)} documents: sealed with the right hash." in capsys.readouterr().out


def test_a_part_of_a_document_cannot_be_checked(
    tmp_path: Path, versions: list[ClaimVersion], capsys: Any
) -> None:
    path = tmp_path / "C1.json"
    document = read_document(versions[0].payload)
    path.write_text(dump_document({name: document[name] for name in ("ref", "type", "range")}))
    assert main([str(path)]) == 1
    assert (
        f"Line 1: {document['ref']} is here only in part: it has no sha256."
        in capsys.readouterr().out
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--key", "x", "a"], "--key goes with --proof"),
        (["--manifest", "m"], "--manifest goes with one FILE"),
        (["--manifest", "m", "-"], "--manifest goes with one FILE"),
        (["--nothing"], "unrecognized arguments"),
    ],
)
def test_a_wrong_usage_ends_with_code_2(words: list[str], said: str, capsys: Any) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(words)
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("words", [["nowhere.json"], ["/"], ["--proof", "nowhere"]])
def test_what_cannot_be_read_ends_with_code_2(words: list[str], capsys: Any) -> None:
    assert main(words) == 2
    assert f"{words[-1]} cannot be read: " in capsys.readouterr().err


def test_a_reader_that_goes_away_leaves_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "bad").write_text('{"type":"claim"}\n' * 200_000)
    command = f"{sys.executable} {BUILT} --part bad | head -n 1"
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.startswith("Line 1: its ref is not that of a claim")
    assert done.stderr == ""


def test_a_claim_without_figures_holds(versions: list[ClaimVersion]) -> None:
    draft = Claim.objects.get(pk=versions[0].claim_id)
    assert draft.assertions.exists()
    document = read_document(versions[0].payload) | {"figures": [], "inputs": [], "excluded": []}
    report = examine(seal(document)[0].encode())
    assert {"contention", "range", "summary"} <= {f.member.split(".")[0] for f in report.faults}
