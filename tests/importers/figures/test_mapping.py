"""Tables with other columns come in by a mapping; what is wrong with one is named by its place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError

from claims.importers.figures.mapping_file import TARGETS, read_mapping
from claims.models import Assertion, Claim, ImportedTable, Source, Subject
from tests.importers.desk_content import besides_record, content
from tests.importers.figures.tables import run, written

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent / "data"
PLAIN = """
[constants]
measure = "killed"
source_title = "Report"
[templates]
question = "How many died at {Place}?"
subject = "{place} ({year})"
event_date = "{from}/{to}"
[columns]
point = "Deaths, total"
"""
DEATHS = {
    "Place": "Arden",
    "Year": "1987",
    "from": "1987-05",
    "to": "1987-05",
    "Deaths, total": "9",
}


def mapped(folder: Path, text: str, *rows: dict[str, str], **options: Any) -> Any:
    (folder / "map.toml").write_text(text, encoding="utf-8")
    path = written(folder, *(rows or (DEATHS,)))
    return run(path, mapping=str(folder / "map.toml"), **options)


def refusal(text: str) -> str:
    with pytest.raises(Exception, match=r"^map\.toml") as refused:
        read_mapping(text, name="map.toml", folder=DATA)
    assert type(refused.value).__name__ == "ImportRefusedError"
    return str(refused.value)


def civil_war(name: str, **options: Any) -> Any:
    tables = {"kennedy": "kennedy1997_forces.csv", "cwsac": "cwsac_forces.csv"}
    return run(DATA / tables[name], mapping=str(DATA / f"{name}.toml"), **options)


def test_civil_war_tables_come_in_without_a_script() -> None:
    first, said, code = civil_war("kennedy")
    assert (code, first["added"], first["rejected"], first["empty"]) == (3, 19, 1, 2), said
    assert "line 16: low, high '1500, 1000' The low 1500 is above the high 1000." in said
    second, said, code = civil_war("cwsac")
    assert (code, second["added"], second["empty"]) == (0, 18, 18), said

    joint = Subject.objects.get(title__contains="Chancellorsville")
    assert joint.title == "Battle of Chancellorsville and Salem Church and Fredericksburg II"
    assert joint.when == "1863-04-30/1863-05-06"
    one = Claim.objects.get(
        question__startswith="How many casualties did the Union side have at Mo"
    )
    assert (one.population, one.subject.when) == ("Union side", "1864-08-02/1864-08-23")
    assert (one.contention, one.assertions.count()) == ("disputed", 2)
    assert Subject.objects.get(title="Battle of Day's Gap").when == "1863-04-30"
    ranged = Assertion.objects.get(claim__question__contains="Confederate side have at Spotsyl")
    assert (ranged.point, ranged.low, ranged.high) == (None, 9000, 10000)
    strength = Assertion.objects.get(claim__measure__slug="strength", point=1700)
    assert strength.approximate


def test_one_source_stands_for_the_whole_file() -> None:
    civil_war("kennedy")
    source = Source.objects.get()
    assert source.title.startswith("The Civil War Battlefield Guide")
    assert (source.publisher.name, source.issued) == ("Houghton Mifflin", "1998")
    assert set(Assertion.objects.values_list("origin", flat=True)) == {source.ref}
    assert 'licence = "ODC-BY-1.0"' in ImportedTable.objects.get().mapping
    assert set(Source.objects.values_list("work_licence", flat=True)) == {"ODC-BY-1.0"}


@pytest.mark.parametrize("name", ["kennedy", "cwsac"])
def test_mapped_table_imported_again_adds_nothing(name: str) -> None:
    added = civil_war(name)[0]["added"]
    before = besides_record()
    again = civil_war(name)[0]
    assert (again["added"], again["known"]) == (0, added)
    assert besides_record() == before


def test_dry_run_of_a_mapping_keeps_nothing() -> None:
    before = content()
    assert civil_war("cwsac", dry_run=True)[0]["added"] == 18
    assert content() == before


def test_columns_are_found_whatever_their_case(tmp_path: Path) -> None:
    summary, said, code = mapped(tmp_path, PLAIN)
    assert (code, summary["added"]) == (0, 1), said
    claim = Claim.objects.get()
    assert (claim.question, claim.subject.title) == ("How many died at Arden?", "Arden (1987)")
    assert claim.subject.when == "1987-05"


@pytest.mark.parametrize(
    ("start", "end", "when"),
    [("1987-05", "1987-06", "1987-05/1987-06"), ("1987", "", "1987"), ("", "", "")],
)
def test_days_that_lack_an_end_are_the_other(
    tmp_path: Path, start: str, end: str, when: str
) -> None:
    mapped(tmp_path, PLAIN, DEATHS | {"from": start, "to": end})
    assert Subject.objects.get().when == when


def test_rows_without_a_value_are_counted_and_passed_over(tmp_path: Path) -> None:
    rows = [DEATHS, DEATHS | {"Place": "Corvin", "Deaths, total": " "}]
    summary, _, code = mapped(tmp_path, PLAIN, *rows)
    assert (code, summary["added"], summary["empty"]) == (0, 1, 1)


def test_gap_in_a_question_is_named(tmp_path: Path) -> None:
    summary, said, _ = mapped(tmp_path, PLAIN, DEATHS | {"Place": ""})
    assert summary["rejected"] == 1
    assert "line 2: place '' is empty; question is made of it" in said


def test_words_of_the_file_become_ours_and_others_stay(tmp_path: Path) -> None:
    text = PLAIN + '[values.place]\nArden = "Arden on Sea"\n'
    rows = [DEATHS, DEATHS | {"Place": "Corvin"}]
    mapped(tmp_path, text, *rows)
    titles = {one.title for one in Subject.objects.all()}
    assert titles == {"Arden on Sea (1987)", "Corvin (1987)"}


def test_braces_in_a_question_are_written_twice(tmp_path: Path) -> None:
    mapped(tmp_path, PLAIN.replace("died at", "{{died}} at"))
    assert Claim.objects.get().question == "How many {died} at Arden?"


def test_key_that_the_joined_file_lacks_is_named(tmp_path: Path) -> None:
    text = PLAIN + '[[join]]\nfile = "more.csv"\non = {place = "town"}\ncolumns = ["country"]\n'
    written(tmp_path, {"town": "Corvin", "country": "Elbonia"}, name="more.csv")
    summary, said, _ = mapped(tmp_path, text)
    assert summary["rejected"] == 1
    assert "place 'Arden' names 'Arden', which more.csv lacks" in said


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{"city": "Arden", "country": "E"}], "more.csv: there is no column town"),
        ([{"town": "Arden", "land": "E"}], "more.csv: there is no column country"),
        ([{"town": "A", "country": "E"}] * 2, "line 3: town 'A' stands there twice"),
    ],
)
def test_joined_file_is_checked(tmp_path: Path, rows: list[dict[str, str]], words: str) -> None:
    text = PLAIN + '[[join]]\nfile = "more.csv"\non = {place = "town"}\ncolumns = ["country"]\n'
    written(tmp_path, *rows, name="more.csv")
    with pytest.raises(CommandError, match=words):
        mapped(tmp_path, text)


REFUSED = {
    "no TOML": ("[columns", "this is no TOML"),
    "unknown table": ("[column]", "column is unknown; is it columns?"),
    "unknown target": ('[columns]\npoit = "n"', "columns: poit is unknown; is it point?"),
    "a target of ours": ('[columns]\nfigure_ref = "n"', "columns: figure_ref is unknown"),
    "twice": ('[columns]\nunit = "u"\n[constants]\nunit = "u"', "stands in columns and in const"),
    "twice again": ('[constants]\nunit = "u"\n[templates]\nunit = "u"', "in constants and in temp"),
    "a float": ("[constants]\npoint = 1.5", "constants.point: must be a text; put it in quotes"),
    "no table": ("columns = 3", r"columns: must be a table, \[columns\]"),
    "no list": ('[[join]]\nfile = "a"\non = {a = "b"}\ncolumns = "c"', "must be a list"),
    "one brace": ('[templates]\nquestion = "{a"', "write {{ for a brace"),
    "a format": ('[templates]\nquestion = "{a:>9}"', "name a column in braces, and nothing else"),
    "an attribute": ('[templates]\nquestion = "{a!r}"', "name a column in braces, and nothing"),
    "no question": ("", "question: give it a column, a constant or a template"),
    "no title": ('[source]\nurl = "https://a.example"', "source.title: give the work's title"),
    "no address": ('[source]\ntitle = "A"\nurl = "ftp://a.example"', "source.url: "),
    "no date": ('[source]\ntitle = "A"\nissued = "soon"', "source.issued: "),
    "no day": ('[source]\ntitle = "A"\naccessed_on = "2012"', "source.accessed_on: give a day"),
    "no type": ('[source]\ntitle = "A"\ncsl_type = "song"', "source.csl_type: known: article"),
    "unknown member": ('[source]\ntitel = "A"', "source: titel is unknown; is it title?"),
    "two sources": (PLAIN + '[source]\ntitle = "A"', "source_title: .source. says it"),
    "no file": ("[[join]]\nfile = 'a'", "join 1: give file"),
    "a folder": ("[[join]]\nfile = '../a'\non = {a = 'b'}", "join 1.file: name a file beside"),
    "too long": ("#" * 70_000, "a mapping has at most 64 KB"),
    "statement": ("[[statement]]\nsource = 1", "statement 1: source is unknown"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_with_a_mapping_is_named_by_its_place(name: str) -> None:
    text, words = REFUSED[name]
    assert re.search(words, refusal(text))


def test_upload_joins_nothing() -> None:
    text = PLAIN + '[[join]]\nfile = "a.csv"\non = {a = "b"}\n'
    with pytest.raises(Exception, match="an upload joins no other file"):
        read_mapping(text, name="map.toml")


def test_column_that_the_file_lacks_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no column place; is it places"):
        mapped(tmp_path, PLAIN, {"places" if k == "Place" else k: v for k, v in DEATHS.items()})


def test_file_that_is_no_mapping_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, DEATHS)
    with pytest.raises(CommandError, match="is no file; give the mapping"):
        run(path, mapping=str(tmp_path))
    (tmp_path / "map.toml").write_bytes(b"\xff")
    with pytest.raises(CommandError, match=r"map\.toml is not UTF-8"):
        run(path, mapping=str(tmp_path / "map.toml"))


@pytest.mark.parametrize("target", TARGETS)
def test_every_column_of_the_tidy_table_can_be_filled(target: str) -> None:
    needed = {"question": "q", "subject": "s", "measure": "m"}
    told = "\n".join(f'{name} = "{column}"' for name, column in {**needed, target: "x"}.items())
    mapping = read_mapping(f"[columns]\n{told}", name="map.toml")
    (cells,) = mapping.apply({"q": "Q?", "s": "S", "m": "m", "x": "1987"})
    assert isinstance(cells, dict)
    assert cells[target] == "1987"
