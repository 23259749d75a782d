"""What spreadsheet programs write comes in as it was meant, or is refused by its cause."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import transaction

from claims.exporters.streams import stream
from claims.exporters.whole_files import Tally, Wanted
from claims.importers.figures.load import KEPT
from claims.importers.figures.sheet import Sheet
from claims.models import Assertion, Claim
from tests import factories as make
from tests.importers.figures.tables import LEAST, ROW, run, table, written

pytestmark = pytest.mark.django_db
SEPARATORS = {"commas": ",", "semicolons": ";", "tabs": "\t", "bars": "|"}


def edited(path: Path, before: str, after: str) -> Path:
    text = path.read_bytes().decode("utf-8")
    assert before in text
    path.write_bytes(text.replace(before, after).encode("utf-8"))
    return path


@pytest.mark.parametrize("separator", SEPARATORS.values(), ids=SEPARATORS)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["bare", "marked"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("declared", [False, True])
def test_separators_marks_and_line_ends_come_in(
    tmp_path: Path, separator: str, mark: bytes, end: str, declared: bool
) -> None:
    rows = [ROW | {"quote": f"one{separator} two"}, ROW | {"point": "60"}]
    path = written(tmp_path, *rows, delimiter=separator, lineterminator=end)
    first = f"sep={separator}{end}".encode() if declared else b""
    path.write_bytes(mark + first + path.read_bytes())
    summary, said, code = run(path)
    assert (code, summary["added"]) == (0, 2), said
    assert Assertion.objects.order_by("pk")[0].quote == f"one{separator} two"


@pytest.mark.parametrize("blank", ["\r\n", "  \r\n", "\t \r\n", f"{',' * 43}\r\n", " , , \r\n"])
@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_lines_without_a_word_are_skipped(tmp_path: Path, blank: str, place: int) -> None:
    path = table(tmp_path, {}, {"point": "60"})
    lines = path.read_bytes().decode().splitlines(keepends=True)
    lines.insert(place, blank)
    path.write_bytes("".join(lines).encode())
    summary, said, code = run(path)
    assert (code, summary["added"], summary["rows"]) == (0, 2, 2), said


def test_lines_are_counted_as_in_the_file(tmp_path: Path) -> None:
    path = table(tmp_path, {}, {"point": "many"})
    data = path.read_bytes().replace(b"\r\nC1", b"\r\n\r\nC1", 1)
    path.write_bytes(b"sep=,\r\n\r\n" + data)
    _, said, code = run(path)
    assert code == 3
    assert "line 6: point 'many' is no number" in said


@pytest.mark.parametrize("words", ["TRUE", "True", " true "])
def test_yes_and_no_in_capitals_are_taken(tmp_path: Path, words: str) -> None:
    cells = {"approximate": words, "high_open": words.swapcase(), "stance": "Asserts"}
    cells |= {"point": "", "low": "97", "high": "120"}
    _, said, code = run(table(tmp_path, cells))
    assert code == 0, said
    row = Assertion.objects.get()
    assert (row.approximate, row.high_open, row.low_strict) == (True, True, False)


def test_yes_in_another_language_is_refused(tmp_path: Path) -> None:
    _, said, _ = run(table(tmp_path, {"approximate": "WAHR"}))
    assert "approximate 'wahr' is one of true, false" in said


@pytest.mark.parametrize("name", ["Claim_Ref", "claim_ref ", "CLAIM REF", " Claim-ref"])
def test_capitals_and_blanks_in_names_of_columns_are_nothing(tmp_path: Path, name: str) -> None:
    path = edited(table(tmp_path, {}), "claim_ref", name)
    assert run(path)[0]["added"] == 1


REFUSED = {
    "doubled": (
        "low_strict",
        "Point ",
        r"line 1 names the column point 2 times \(columns 13, 16\)",
    ),
    "misspelled": (",quote,", ",qoute,", "the column qoute is unknown; is it quote"),
    "nameless": (",asserted_on,", ",,", "'2012' in column 39, which has no name"),
    "odd separator": ("claim_ref", "sep=:\r\nclaim_ref", "declares the separator ':'; known: com"),
    "more cells": (
        "\r\nC1,",
        "\r\nC1,,,",
        f"line 2 has {len(ROW) + 2} cells; {len(ROW)} are named",
    ),
    "one cell": ("\r\nC1,", "\r\nx\r\nC1,", f"line 2 has 1 cell; {len(ROW)} are named"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_other_tables_are_refused_by_their_cause(tmp_path: Path, name: str) -> None:
    before, after, words = REFUSED[name]
    path = table(tmp_path, {"asserted_on": "2012", "quote": "Said.", "updated": "2012"})
    with pytest.raises(CommandError, match=words):
        run(edited(path, before, after))
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("x".encode("utf-16"), "is UTF-16, not UTF-8"),
        (b"PK\x03\x04rest", "is the file of a spreadsheet, or packed"),
        (b"\xd0\xcf\x11\xe0rest", "is the file of a spreadsheet"),
        (b"\x1f\x8brest", "is packed"),
    ],
)
def test_other_files_are_refused_by_name(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(data)
    with pytest.raises(CommandError, match=words):
        run(path)


def test_columns_without_a_name_and_a_word_count_for_nothing(tmp_path: Path) -> None:
    path = table(tmp_path, {"updated": "2012"})
    path.write_bytes(path.read_bytes().replace(b"\r\n", b",,\r\n"))
    assert run(path)[0]["added"] == 1


@pytest.mark.parametrize("needless", sorted(set(ROW) - set(LEAST)))
def test_each_other_column_may_be_missing(tmp_path: Path, needless: str) -> None:
    row = {name: cell for name, cell in ROW.items() if name != needless}
    assert run(written(tmp_path, row))[0]["added"] == 1


def test_the_least_columns_are_a_table(tmp_path: Path) -> None:
    other = {"question": "When?", "measure": "opened", "point": "", "source_title": "Report"}
    rows = [LEAST | {"date": ""}, LEAST | {"date": "", "point": "60"}, LEAST | {"date": "1987"}]
    rows[2] |= other
    summary, said, code = run(written(tmp_path, *rows))
    assert (code, summary["added"], summary["claims_drafted"]) == (0, 3, 2), said
    assert {one.measure.value_kind for one in Claim.objects.all()} == {"quantity", "date"}
    assert {one.aggregation for one in Claim.objects.all()} == {"event"}


@pytest.mark.parametrize("missing", ["question", "subject", "measure"])
def test_a_needed_column_is_named_when_it_is_missing(tmp_path: Path, missing: str) -> None:
    row = {name: cell for name, cell in LEAST.items() if name != missing}
    with pytest.raises(CommandError, match=f"lacks the column {missing}; needed are question"):
        run(written(tmp_path, row))


def test_other_columns_are_left_out_and_named(tmp_path: Path) -> None:
    _, said, code = run(written(tmp_path, LEAST | {"colour": "red", "page": "3"}))
    assert (code, "left out: colour, page" in said) == (0, True)


def publish_formulas() -> None:
    claim = make.claim("text", question="=How many?", population="@all")
    for text in ("=SUM(1;2)", "'=x", "''-x", "'quoted'", "+1", "-1", "@a", "plain"):
        figure = {"text": text, "quote": f"{text} in words", "asserted_on": "2012"}
        make.figure(claim, speaker=make.party(f"-{text}", description=text), **figure)
    make.approve(claim)
    below = make.claim(measure=make.measure(slug="degrees", is_count=False))
    make.figure(below, "-5")
    make.approve(below)


@pytest.mark.parametrize("excel", [True, False])
def test_table_for_a_spreadsheet_comes_back_identical(tmp_path: Path, excel: bool) -> None:
    def exported() -> list[dict[str, str]]:
        chunks = list(stream(Wanted("csv", excel=excel), Tally()))
        (tmp_path / "out.csv").write_bytes(b"".join(chunks))
        with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    with transaction.atomic():
        publish_formulas()
        before = exported()
        transaction.set_rollback(True)
    summary, said, code = run(tmp_path / "out.csv", kind="auto" if excel else "plain")
    assert (code, summary["added"]) == (0, 9), said
    for claim in Claim.objects.order_by("pk"):
        make.approve(claim)
    kept = [{name: row[name] for name in KEPT} for row in before]
    assert [{name: row[name] for name in KEPT} for row in exported()] == kept


def test_a_sign_that_may_be_text_is_asked_about(tmp_path: Path) -> None:
    path = table(tmp_path, {"quote": "'-5 degrees"})
    with pytest.raises(CommandError, match=r"quote \"'-5 degrees\" begins with '.*--for excel"):
        run(path)
    run(path, kind="plain")
    assert Assertion.objects.get().quote == "'-5 degrees"


def test_without_a_sign_it_is_not_asked(tmp_path: Path) -> None:
    run(table(tmp_path, {"quote": "'so', he said"}), kind="excel")
    assert Assertion.objects.get().quote == "'so', he said"


def test_same_row_thrice_is_one_statement(tmp_path: Path) -> None:
    summary, _, _ = run(table(tmp_path, {}, {}, {"point": "97.0"}))
    assert (summary["added"], summary["known"]) == (1, 2)
    assert Assertion.objects.count() == 1


def test_scope_that_is_written_otherwise_is_the_same_claim(tmp_path: Path) -> None:
    run(table(tmp_path, {"unit": "people"}))
    summary, said, code = run(
        table(tmp_path, {"unit": " People", "question": "how many were KILLED?"})
    )
    assert (code, summary["known"]) == (0, 1), said


def test_questions_of_other_times_are_other_claims(tmp_path: Path) -> None:
    run(table(tmp_path, {"as_of": "2012"}))
    assert run(table(tmp_path, {"as_of": "2013"}))[0]["claims_drafted"] == 1


def test_a_file_and_its_bytes_are_the_same_sheet(tmp_path: Path) -> None:
    path = table(tmp_path, {}, {"point": "60"})
    held, there = Sheet("a", data=path.read_bytes()), Sheet("a", path)
    assert list(held.records()) == list(there.records())
    assert (held.sha256(), held.header()) == (there.sha256(), there.header())
