"""Wikitext: what is shown, which references stand behind a figure, which works are cited."""

from decimal import Decimal

import pytest

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


def _cited_by_figures(text: str) -> list[tuple[str, ...]]:
    return [one.citations for one in read_article(text, format="wikitext").figures]


MAY, JUNE = (
    "{{cite web|title=May|url=http://ex.org/m}}",
    "{{cite web|title=June|url=http://ex.org/j}}",
)


@pytest.mark.parametrize(
    ("first", "second", "again"),
    [
        ("<ref name=bbc/may>%s</ref>", "<ref name=bbc/june>%s</ref>", '<ref name="bbc/june" />'),
        ("<ref name=a/b>%s</ref>", "<ref name=a/c>%s</ref>", "<ref name=a/c/>"),
        ("<ref name=x group=n>%s</ref>", "<ref name=x>%s</ref>", "<ref name=x />"),
        ("<ref name=x>%s</ref>", "<REF group=n name='x'>%s</REF>", "<Ref name=x group=n/>"),
        ("<ref>%s</ref>", "{{#tag:ref|%s|name=x}}", "<ref name=x />"),
    ],
)
def test_a_reference_is_known_by_its_whole_name(first: str, second: str, again: str) -> None:
    text = f"It killed 97 men.{first % MAY} It hurt 40 men.{second % JUNE} 30 men fled.{again}"
    assert _cited_by_figures(text) == [(MAY,), (JUNE,), (JUNE,)]


def test_a_short_note_leads_to_its_book_and_a_note_to_its_text() -> None:
    book = "{{cite book|last=Moor|first=Ann|title=The War|year=1974|isbn=978-0-306-40615-7}}"
    plain = "{{cite book|last1=Orr|last2=Lund|title=Peace|date=May 1980}}"
    own = "{{cite news|title=Radio|date=1975|ref={{harvid|BBC|1975}}}}"
    text = (
        "The raid of the army killed 640 men.{{sfn|Moor|1974|p=88}} "
        "And 70 men fled from the town.{{efn|name=guns}} "
        "There were 20 men who fell ({{harvtxt|Orr|Lund|1980}}). "
        "The other 30 men left.{{harvnb|BBC|1975|p=9}} In the end 50 men came.{{sfn|Orr|1980}}\n\n"
        "{{notelist|refs={{efn|name=guns|So the army.}}}}\n\n"
        f"* {book}\n* {plain}\n* {own}\n"
    )
    assert _cited_by_figures(text) == [
        (f"{{{{sfn|Moor|1974|p=88}}}} {book}",), ("So the army.",), (plain,), (own,),
        ("{{sfn|Orr|1980}}",),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "doi"),
    [
        ("https://doi.org/10.1000/abc.12", "10.1000/abc.12"),
        ("doi:10.1000/abc.12", "10.1000/abc.12"),
        ("10.1000%2Fabc.12", "10.1000/abc.12"),
        ("10.1000/abc.12/abstract", "10.1000/abc.12"),
        ("10.1002/(SICI)63:1<112::AID-3>3.0.CO;2-2", "10.1002/(SICI)63:1<112::AID-3>3.0.CO;2-2"),
        ("10.1002/63:1&lt;112::AID&gt;3", "10.1002/63:1<112::AID>3"),
    ],
)
def test_a_doi_is_kept_whole_and_by_itself(written: str, doi: str) -> None:
    (source,) = read_article(f"A.<ref>{{{{cite journal|title=T|doi={written}}}}}</ref>").sources
    assert source.doi == doi


@pytest.mark.parametrize(
    ("written", "issued"),
    [("2012-02", "2012-02"), ("2011a", "2011"), ("c. 1912", "1912~"), ("3 May 2011", "2011-05-03")],
)
def test_the_date_of_a_work_is_kept(written: str, issued: str) -> None:
    (source,) = read_article(f"A.<ref>{{{{cite news|title=T|date={written}}}}}</ref>").sources
    assert source.issued == issued


@pytest.mark.parametrize(
    "copy",
    [
        "https://archive.today/2012.01.02-120000/http://ex.org/z",
        "https://web.archive.org/web/20120101id_/https://www.ex.org/z",
        "http://www.webcitation.org/5abc?url=http%3A%2F%2Fex.org%2Fz",
        "https://webcache.googleusercontent.com/search?q=cache:http://ex.org/z",
        "https://archive.wikiwix.com/cache/?url=http://ex.org/z",
    ],
)
def test_a_copy_in_an_archive_is_the_work(copy: str) -> None:
    (source,) = read_article(f"A.<ref>{copy}</ref> B.<ref>[http://ex.org/z Z]</ref>").sources
    assert (source.key, source.cited) == ("url:ex.org/z", 2)


@pytest.mark.parametrize(
    ("reference", "url", "status"),
    [
        ("{{cite web|title=W|url=//ex.org/a}}", "http://ex.org/a", "unknown"),
        ("{{cite web|title=W|url=http://ex.org/a}} {{dead link}}", "http://ex.org/a", "dead"),
        ("{{cite web|title=W|url=http://ex.org/a|deadurl=yes}}", "http://ex.org/a", "dead"),
        ("{{cite web|title=W|url=http://e.org/?a=1&amp;b=2}}", "http://e.org/?a=1&b=2", "unknown"),
    ],
)
def test_an_address_is_read_without_markup(reference: str, url: str, status: str) -> None:
    (source,) = read_article(f"A.<ref>{reference}</ref>").sources
    assert (source.url, source.url_status) == (url, status)


def test_a_bare_isbn_is_a_book_and_a_page_no_title() -> None:
    book = "Moor, ''The War'', ISBN 0-306-40615-2, p. 5."
    text = f"A.<ref>{book}</ref> B.<ref>[http://e.org page 4]</ref>"
    page, work = read_article(text, format="wikitext").sources
    assert (work.key, work.title) == ("isbn:9780306406157", "Moor, The War")
    assert (page.url, page.title) == ("http://e.org", "")
