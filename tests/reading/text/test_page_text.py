"""Articles laid out for readers, with marked passages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claims.reading.text.page_text import Passage, Run, lay_out

TEXT = """= Flood =

Infobox
- Date: 3 May 2031
- Deaths: about 60

The river rose on 3 May. Officials counted 97 dead.

==Towns==
| Town | Dead |
| Upper Ford | 12 |
| Lower Ford | ? |
"""


def marked(quote: str) -> list[tuple[int, int]]:
    start = TEXT.index(quote)
    return [(start, start + len(quote))]


def all_runs(passages: list[Passage]) -> list[Run]:
    pieces = [piece for one in passages for piece in one.pieces]
    pieces += [cell for one in passages for row in one.rows for cell in row]
    return [run for piece in pieces for run in piece.runs]


def test_lay_out_keeps_headings_lists_and_tables_apart():
    passages = lay_out(TEXT, [], "plain")

    assert [one.kind for one in passages] == ["infobox", "paragraph", "heading", "table"]
    assert [piece.label for piece in passages[0].pieces] == ["Date", "Deaths"]
    table = passages[3]
    assert [row[0].runs[0].text.strip() for row in table.rows] == [
        "Town",
        "Upper Ford",
        "Lower Ford",
    ]
    assert (table.head, [cell.label for cell in table.rows[1]]) == (1, ["Town", "Dead"])


def test_lay_out_cuts_the_words_where_a_mark_begins_and_ends():
    paragraph = lay_out(TEXT, marked("counted 97 dead"), "plain")[1].pieces[0]

    assert [(run.text, run.marks, run.ends) for run in paragraph.runs] == [
        ("The river rose on 3 May. Officials ", (), ()),
        ("counted 97 dead", (0,), (0,)),
        (".", (), ()),
    ]


def test_lay_out_widens_a_mark_to_whole_words():
    paragraph = lay_out(TEXT, marked("unted 97 de"), "plain")[1].pieces[0]

    assert paragraph.runs[1].text == "counted 97 dead"


def test_lay_out_marks_overlapping_passages():
    marks = marked("Officials counted 97") + marked("97 dead")

    runs = lay_out(TEXT, marks, "plain")[1].pieces[0].runs

    assert [(run.text, run.marks, run.ends) for run in runs if run.marks] == [
        ("Officials counted ", (0,), ()),
        ("97", (0, 1), (0,)),
        (" dead", (1,), (1,)),
    ]


def test_lay_out_marks_a_table_cell():
    runs = all_runs(lay_out(TEXT, marked("12"), "plain"))

    assert [run.text.strip() for run in runs if run.marks] == ["12"]


def test_lay_out_shows_wikitext_without_markup_and_marks_it():
    text = "The '''flood''' killed [[Ford|about 60]] people.<ref>Report, 97</ref>"
    start = text.index("about 60")

    passages = lay_out(text, [(start, start + 8), (text.index("97"), text.index("97") + 2)], "auto")

    runs = passages[0].pieces[0].runs
    assert "".join(run.text for run in runs) == "The flood killed about 60 people."
    assert [run.text for run in runs if run.marks] == ["about 60"]


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=6))
def test_lay_out_loses_and_doubles_no_word(spans):
    marks = [(min(pair), max(pair)) for pair in spans]

    shown = "".join(run.text for run in all_runs(lay_out(TEXT, marks, "plain")))

    assert shown == "".join(run.text for run in all_runs(lay_out(TEXT, [], "plain")))


@given(st.text(max_size=300), st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300))))
def test_lay_out_takes_any_text_and_marks(text, spans):
    shown = all_runs(lay_out(text, [(min(pair), max(pair)) for pair in spans], "auto"))

    assert all(run.text for run in shown)
