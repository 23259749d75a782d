"""Tables of wikitext with cells that span columns and rows, and tables inside tables."""

from __future__ import annotations

import pytest

from claims.reading.text.layout import take_apart
from claims.reading.text.page_text import lay_out
from claims.reading.text.wiki_tables import MOST_COLUMNS, CellSpan, Grid, span_in

REPORTS = """{| class="wikitable"
! Source !! Date !! Soldiers !! Rebels !! Civilians
|-
| Ministry of Works || 16 May 2031 || 23 || 110 || 0
|-
| rowspan="2" | Harbour Wire || 18 May 2031 || 64 || colspan="2" | unknown
|-
| 20 May 2031 || 66 || 41 || 58
|-
| Red Crescent || 21 May 2031 || 70 || 44 || 60
|}"""


def headed(text: str) -> list[list[tuple[str, str]]]:
    """Each cell with the header above it."""
    layout = take_apart(text, "wikitext")
    return [
        [(cell.header, layout.plain.text[cell.start : cell.end]) for cell in block.cells]
        for block in layout.blocks
        if block.cells
    ]


def test_a_cell_stands_under_the_header_of_its_column_whatever_reaches_down_to_its_row() -> None:
    rows = headed(REPORTS)
    assert rows[2] == [
        ("Source", "Harbour Wire"),
        ("Date", "18 May 2031"),
        ("Soldiers", "64"),
        ("Rebels", "unknown"),
    ]
    assert rows[3] == [
        ("Date", "20 May 2031"),
        ("Soldiers", "66"),
        ("Rebels", "41"),
        ("Civilians", "58"),
    ]
    assert [header for header, _ in rows[4]] == [
        "Source",
        "Date",
        "Soldiers",
        "Rebels",
        "Civilians",
    ]


def test_headers_of_two_rows_keep_what_reaches_down() -> None:
    rows = headed(
        "{|\n! rowspan=2 | Town !! colspan=2 | Dead\n|-\n! Men !! Women\n"
        "|-\n| Upper Ford || 3 || 4\n|}"
    )
    assert rows[2] == [("Town", "Upper Ford"), ("Men", "3"), ("Women", "4")]


def test_a_span_over_columns_moves_the_cells_behind_it() -> None:
    rows = headed("{|\n! A !! B !! C\n|-\n| colspan=2 | both || 7\n|}")
    assert rows[1] == [("A", "both"), ("C", "7")]


def test_a_table_in_a_cell_has_headers_of_its_own() -> None:
    rows = headed(
        "{|\n! Town !! Counts\n|-\n| Upper Ford ||\n{|\n! Men !! Women\n|-\n| 3 || 4\n|}\n"
        "|-\n| Lower Ford || 9\n|}"
    )
    assert [("Men", "3"), ("Women", "4")] in rows
    assert rows[-1] == [("Town", "Lower Ford"), ("Counts", "9")]


def test_pages_lay_the_spans_out() -> None:
    (table,) = lay_out(REPORTS, [], "wikitext").passages
    assert (table.kind, table.head, len(table.rows)) == ("table", 1, 5)
    assert [cell.heads for cell in table.rows[0]] == [True] * 5
    assert [(cell.rows, cell.columns) for cell in table.rows[2]] == [(2, 1), (1, 1), (1, 1), (1, 2)]


def test_two_tables_that_follow_one_another_stay_two() -> None:
    both = lay_out("{|\n| a || b\n|}\n{|\n| c || d\n|}", [], "wikitext").passages
    assert [one.kind for one in both] == ["table", "table"]


@pytest.mark.parametrize(
    ("attributes", "columns", "rows"),
    [
        ('rowspan="2" |', 1, 2),
        ("colspan=3|", 3, 1),
        ("class=x ROWSPAN = '4' colspan='2' |", 2, 4),
        ('rowspan="0" |', 1, 1),
        ('colspan="9999" |', MOST_COLUMNS, 1),
        ('data-rowspans="2" |', 1, 1),
        ("", 1, 1),
    ],
)
def test_spans_are_read_from_attributes(attributes: str, columns: int, rows: int) -> None:
    assert span_in(attributes) == CellSpan(columns, rows)


def test_a_hostile_table_takes_no_more_columns_than_people_read() -> None:
    grid = Grid()
    for _ in range(5_000):
        grid.place(CellSpan(MOST_COLUMNS, 1000))
    grid.end_row()
    assert len(grid.covered) <= 2 * MOST_COLUMNS
