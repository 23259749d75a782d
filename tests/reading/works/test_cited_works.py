"""Wikitext: what is shown, which references stand behind a figure, which works are cited."""

from decimal import Decimal

from claims.domain.quantity import Figure
from claims.reading.article import read_article

REPORT = (
    "{{cite web |url=http://www.example.org/a/?utm_source=x |title=Quake toll |date=5 March 2010 "
    "|website=Example News |access-date=2010-04-01 |archive-url=http://web.archive.org/web/2010/"
    "http://example.org/a |archive-date=1 May 2010}}"
)


def test_template_figures_are_quoted_whole() -> None:
    figure = read_article("It lies {{convert|12|to|15|km|mi}} away.").figures[0]
    assert (figure.quote, figure.figure) == (
        "{{convert|12|to|15|km|mi}}",
        Figure(low=Decimal(12), high=Decimal(15)),
    )


def test_a_range_split_by_references_is_two_figures_with_two_sources() -> None:
    figures = read_article("It killed 45<ref>A</ref>\u201350<ref>B</ref> [[people]].").figures
    assert [(f.figure.point, f.citations) for f in figures] == [(45, ("A",)), (50, ("B",))]


def test_comments_notes_and_references_hold_no_figures() -> None:
    text = "Some {{efn|99 men}} died.<!-- 98 men --><ref>97 men</ref> {{sfn|Weir|1998|p=96}} ''x''"
    assert read_article(text, format="wikitext").figures == ()


def test_named_references_are_found_wherever_they_are_defined() -> None:
    text = "At least 7 men died.<ref name=a/>\n\n{{reflist|refs=<ref name=a>Report 3</ref>}}"
    assert read_article(text).figures[0].citations == ("Report 3",)


def test_one_work_cited_twice_is_one_source() -> None:
    text = f"A.<ref>{REPORT}</ref> B.<ref>{{{{cite web|url=https://example.org/a|title=Q}}}}</ref>"
    (source,) = read_article(text).sources
    assert (source.key, source.cited) == ("url:example.org/a", 2)


def test_a_cited_page_becomes_a_source_with_csl_fields() -> None:
    source = read_article(f"A.<ref>{REPORT}</ref>").sources[0]
    assert source.csl_type == "webpage"
    assert (source.title, source.publisher, source.issued) == (
        "Quake toll",
        "Example News",
        "2010-03-05",
    )
    assert (source.accessed, source.archived) == ("2010-04-01", "2010-05-01")


def test_old_and_new_isbn_are_one_book() -> None:
    text = "{{cite book|title=B|isbn=0-306-40615-2}} {{cite book|title=B|isbn=978-0-306-40615-7}}"
    assert [s.key for s in read_article(text).sources] == ["isbn:9780306406157"]


def test_table_cells_are_read_under_their_headers() -> None:
    text = '{| class="wikitable"\n! Town !! Deaths\n|-\n| Foo || style="x" | 45\n|}\nAfter.'
    figure = read_article(text).figures[0]
    assert (figure.figure.point, figure.event, figure.place) == (45, "killed", "Foo")
