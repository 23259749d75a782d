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
    passages = lay_out(TEXT, [], "plain").passages

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
    paragraph = lay_out(TEXT, marked("counted 97 dead"), "plain").passages[1].pieces[0]

    assert [(run.text, run.marks, run.ends) for run in paragraph.runs] == [
        ("The river rose on 3 May. Officials ", (), ()),
        ("counted 97 dead", (0,), (0,)),
        (".", (), ()),
    ]


def test_lay_out_widens_a_mark_to_whole_words():
    paragraph = lay_out(TEXT, marked("unted 97 de"), "plain").passages[1].pieces[0]

    assert paragraph.runs[1].text == "counted 97 dead"


def test_lay_out_marks_overlapping_passages():
    marks = marked("Officials counted 97") + marked("97 dead")

    runs = lay_out(TEXT, marks, "plain").passages[1].pieces[0].runs

    assert [(run.text, run.marks, run.ends) for run in runs if run.marks] == [
        ("Officials counted ", (0,), ()),
        ("97", (0, 1), (0,)),
        (" dead", (1,), (1,)),
    ]


def test_lay_out_marks_a_table_cell():
    runs = all_runs(lay_out(TEXT, marked("12"), "plain").passages)

    assert [run.text.strip() for run in runs if run.marks] == ["12"]


def test_lay_out_shows_wikitext_without_markup_and_marks_it():
    text = "The '''flood''' killed [[Ford|about 60]] people.<ref>Report, 97</ref>"
    start = text.index("about 60")

    page = lay_out(text, [(start, start + 8), (text.index("97"), text.index("97") + 2)], "auto")

    runs = page.passages[0].pieces[0].runs
    assert "".join(run.text for run in runs) == "The flood killed about 60 people."
    assert [run.text for run in runs if run.marks] == ["about 60"]


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=6))
def test_lay_out_loses_and_doubles_no_word(spans):
    marks = [(min(pair), max(pair)) for pair in spans]

    shown = "".join(run.text for run in all_runs(lay_out(TEXT, marks, "plain").passages))

    assert shown == "".join(run.text for run in all_runs(lay_out(TEXT, [], "plain").passages))


@given(st.text(max_size=300), st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300))))
def test_lay_out_takes_any_text_and_marks(text, spans):
    marks = [(min(pair), max(pair)) for pair in spans]

    shown = all_runs(lay_out(text, marks, "auto").passages)

    assert all(run.text for run in shown)


def test_pages_show_plain_text_as_it_was_written():
    """Whatever reading leaves out or writes in another way: tags, footnote marks, digit gaps."""
    for text in (
        "a <b>bold</b> x [12]",
        "<script>alert(1)</script> end",
        "About 1\u202f000 \u2013 or \u22125 people.[3] It <i>fell</i>.",
    ):
        assert "".join(run.text for run in all_runs(lay_out(text, [], "plain").passages)) == text


def test_pages_show_what_wikitext_sets_apart():
    text = (
        "'''Bold''' and ''italic'', [[Upper Ford|a town]] and [https://a.example the report]."
        "<ref name=a>Smith 2031</ref> More.<ref name=a /> {{Odd thing|40}}"
    )
    page = lay_out(text, [], "wikitext")
    runs = page.passages[0].pieces[0].runs

    assert [run.text for run in runs if run.bold] == ["Bold"]
    assert [run.text for run in runs if run.italic] == ["italic"]
    assert [(run.text, run.page) for run in runs if run.page] == [("a town", "Upper Ford")]
    assert [run.address for run in runs if run.address] == ["https://a.example"]
    assert [run.notes for run in runs if run.notes] == [(1,), (1,)]
    assert [run.gaps for run in runs if run.gaps] == [("odd thing",)]
    assert page.notes == ("Smith 2031",)


def test_quotations_show_their_words_and_whose_they_are():
    text = "They fled. {{Quote|text=Two hundred were in the cellar.|author=Sara Benn}} End."
    runs = all_runs(lay_out(text, [], "wikitext").passages)

    assert "".join(run.text for run in runs) == (
        "They fled. Two hundred were in the cellar. \u2014 Sara Benn End."
    )


def test_headings_with_nothing_below_them_are_left_out():
    text = "== A ==\n=== B ===\nWords.\n== C ==\n=== D ===\n== References ==\n{{reflist}}\n"
    passages = lay_out(text, [], "wikitext").passages

    assert ["".join(run.text for run in one.pieces[0].runs) for one in passages] == [
        "A",
        "B",
        "Words.",
    ]


def test_infoboxes_tell_what_their_fields_are_and_leave_pictures_out():
    text = (
        "{{Infobox event|reported_deaths=40|casualties2=9|image=X.jpg|caption=A bridge|odd_one=x}}"
    )
    (box,) = lay_out(text, [], "wikitext").passages

    assert [piece.label for piece in box.pieces] == [
        "Deaths reported",
        "Losses 2",
        "Picture",
        "Odd one",
    ]


def test_a_hostile_line_of_emphasis_and_links_is_cut_in_a_straight_time():
    text = "'''" + "[[a|b]] ''c'' <ref>d</ref>" * 3_000
    assert len(all_runs(lay_out(text, [], "wikitext").passages)) > 3_000
