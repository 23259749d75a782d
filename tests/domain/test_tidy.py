"""The tidy table: one row a statement, RFC 4180, safe in spreadsheets."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.origins import REASONS
from claims.domain.tidy import (
    COLUMNS,
    csv_header,
    csv_line,
    spreadsheet_row,
    tidy_row,
)

NOT_TEXT = {"claim_version", "point", "low", "high"}


def document(**changes: Any) -> dict[str, Any]:
    figure = {
        **dict.fromkeys(("stance", "kind", "words", "vague_term", "text", "status"), ""),
        **dict.fromkeys(("asserted_on", "quote", "quote_language", "edtf"), ""),
        **dict.fromkeys(("low_strict", "high_strict", "high_open", "approximate"), False),
        "point": Decimal(97),
        "low": None,
        "high": None,
        "boolean": None,
        "citation_needed": False,
        "ref": "F2",
        "parties": [{"ref": "P1", "name": "MNLA"}, {"ref": "P2", "name": "AQIM"}],
        "source": "S1",
        "origin": "P3",
        "speaker": {"ref": "P3", "name": "An officer", "kind": "unnamed", "description": "army"},
        "attribution": [{"name": "AFP", "role": "publisher"}, {"name": "X", "role": "speaker"}],
    }
    return {
        **dict.fromkeys(("severity", "unit", "population", "aggregation", "as_of"), ""),
        "ref": "C1",
        "version": 3,
        "contention": "disputed",
        "question": 'How many, "in all"?',
        "subject": {
            "ref": "T4",
            "title": "Aguelhok",
            "when": "2012-01-24",
            "place": "Kidal",
            "country": None,
            "coordinates": None,
            "wikidata_qid": "",
        },
        "measure": {"slug": "executed"},
        "figures": [{**figure, **changes}],
        "origins": [{"origin": "P7", "counted": "F9", "figures": ["F9", "F2"]}],
        "excluded": [],
        "sources": [
            {
                "ref": "S1",
                "title": "RFI report",
                "url": "",
                "issued": "2012-02-13",
                "publisher": {"ref": "P9", "name": "RFI"},
            }
        ],
        "disputes": [{"ref": "D1", "figures": ["F2"]}, {"ref": "D2", "figures": ["F9"]}],
        "review": {"published_at": "2026-11-22T13:00:00Z"},
    }


def row(**changes: Any) -> dict[str, Any]:
    whole = document(**changes)
    return tidy_row(whole, whole["figures"][0])


def test_a_row_has_every_column_in_its_place() -> None:
    assert tuple(row()) == COLUMNS
    assert csv_header().split(",") == list(COLUMNS)


def test_a_row_names_whom_the_statement_goes_back_to() -> None:
    assert row()["origin"] == "P7"
    assert row(ref="F3")["origin"] == "P3"  # a denial, of which no answer counts
    whole: Any = document(ref="F3")
    whole["excluded"] = [{"figure": "F3", "reason": REASONS["rests_on_others"]}]
    assert tidy_row(whole, whole["figures"][0])["origin"] == ""


def test_a_row_names_speaker_outlet_source_and_disputes() -> None:
    cells = row()
    assert (cells["speaker"], cells["role"], cells["outlet"]) == ("An officer", "army", "AFP")
    assert (cells["source_title"], cells["published"]) == ("RFI report", "2012-02-13")
    assert (cells["parties"], cells["dispute_refs"]) == (["MNLA", "AQIM"], ["D1"])


def test_without_a_relaying_outlet_the_publisher_of_the_source_is_named() -> None:
    assert row(attribution=[])["outlet"] == "RFI"


def test_the_article_s_own_voice_has_neither_source_nor_speaker() -> None:
    cells = row(source=None, speaker=None, attribution=[], citation_needed=True)
    names = ("speaker", "role", "outlet", "source_ref", "source_title", "published")
    assert {cells[name] for name in names} == {""}


def test_a_preview_without_version_has_a_row_too() -> None:
    whole = document()
    whole["version"], whole["review"] = 0, {"published_at": ""}
    cells = tidy_row(whole, whole["figures"][0])
    assert (cells["claim_version"], cells["updated"]) == (0, "")


def test_a_line_quotes_what_needs_it_and_joins_lists() -> None:
    (read,) = csv.DictReader(io.StringIO(f"{csv_header()}\r\n{csv_line(row())}\r\n", newline=""))
    assert read["question"] == 'How many, "in all"?'
    assert (read["parties"], read["dispute_refs"]) == ("MNLA; AQIM", "D1")
    assert (read["point"], read["low"], read["citation_needed"]) == ("97", "", "false")


@given(quote=st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])))
def test_any_quote_comes_back_from_the_line(quote: str) -> None:
    text = f"{csv_line(row(quote=quote))}\r\n"
    (cells,) = csv.reader(io.StringIO(text, newline=""))
    assert cells[COLUMNS.index("quote")] == quote


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_spreadsheet_gets_no_formula(start: str) -> None:
    assert spreadsheet_row(row(quote=f"{start}1+1"))["quote"] == f"'{start}1+1"


def test_a_spreadsheet_keeps_numbers_and_plain_text() -> None:
    cells = spreadsheet_row(row(point=Decimal(-5), quote="97 - dead"))
    assert (cells["point"], cells["quote"]) == (Decimal(-5), "97 - dead")


def test_a_party_that_looks_like_a_formula_is_disarmed_in_the_line() -> None:
    cells = spreadsheet_row(row(parties=[{"ref": "P1", "name": "=HYPERLINK()"}]))
    assert "'=HYPERLINK()" in csv_line(cells)
