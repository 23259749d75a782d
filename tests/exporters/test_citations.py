"""Citations of a version."""

from __future__ import annotations

from typing import Any

import mwparserfromhell
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mwparserfromhell.nodes import HTMLEntity, Text

from claims.exporters import citations

BASE = "https://facts.example/"


@pytest.fixture
def document() -> dict[str, Any]:
    return {
        "ref": "C1",
        "version": 3,
        "question": "Cost: 50% & {more}_\nthan | planned?",
        "sha256": "ab" * 32,
        "licence": "CC-BY-4.0",
        "review": {"published_at": "2026-11-22T13:00:00Z"},
        "links": {"version": "/claims/C1/v/3/"},
    }


def test_each_form_points_at_the_version(document: dict[str, Any]) -> None:
    forms = (citations.plain_citation, citations.bibtex, citations.ris, citations.wikitext)
    for form in forms:
        assert "https://facts.example/claims/C1/v/3/" in form(document, BASE)
    assert citations.csl(document, BASE)["URL"] == "https://facts.example/claims/C1/v/3/"


def test_bibtex_keeps_tex_from_reading_the_question(document: dict[str, Any]) -> None:
    entry = citations.bibtex(document, BASE)
    assert r"title = {{Cost: 50\% \& \{more\}\_ than | planned?}}" in entry
    assert entry.startswith("@misc{factbase-C1-v3,\n")
    assert "month = {11}" in entry


def test_the_licence_stands_where_a_format_has_room_for_it(document: dict[str, Any]) -> None:
    assert "copyright = {CC-BY-4.0}" in citations.bibtex(document, BASE)
    assert citations.csl(document, BASE)["custom"] == {"license": "CC-BY-4.0"}


def test_ris_is_one_record_of_whole_lines(document: dict[str, Any]) -> None:
    lines = citations.ris(document, BASE).split("\r\n")
    assert lines[0] == "TY  - ELEC"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(line[2:6] == "  - " for line in lines[:-1])


def title_in(reference: str) -> str:
    """The title as a wiki shows it: one reference with one template, whose title is plain text."""
    (ref,) = mwparserfromhell.parse(reference).filter_tags(matches="ref", recursive=False)
    assert reference == str(ref)
    (template,) = ref.contents.filter_templates()
    assert [str(one.name) for one in template.params] == [
        *("title", "website", "date", "version", "url")
    ]
    value = template.get("title").value
    assert {type(node) for node in value.nodes} <= {Text, HTMLEntity}
    return str(value.strip_code(collapse=False)).strip(" ")  # as wikis do


@pytest.mark.parametrize(
    "question",
    [
        "than | planned?",
        "{{Infobox}} or {{{1}}}, }} or {|",
        "[[Gao]] and [https://a.example here]",
        "<ref>x</ref> <nowiki> </ref> <!-- hidden -->",
        "a = b, 1=2",
        "''quiet'' '''loud''' and the army's own",
        "signed ~~~~ in __NOTOC__",
        "&amp; is &#124; & so on",
        "https://example.org/a|b",
    ],
)
def test_wikitext_gives_the_question_back(document: dict[str, Any], question: str) -> None:
    assert title_in(citations.wikitext(document | {"question": question}, BASE)) == question


@given(st.text("ab {}[]|<>='~_&#124;:/!-", min_size=1).map(str.strip).filter(bool))
def test_wikitext_gives_any_question_back(question: str) -> None:
    document: Any = {
        "ref": "C1",
        "version": 3,
        "question": question,
        "review": {"published_at": "2026-11-22T13:00:00Z"},
        "links": {"version": "/claims/C1/v/3/"},
    }
    reference = citations.wikitext(document, BASE)
    assert title_in(reference) == question


def test_csl_gives_the_date_in_parts(document: dict[str, Any]) -> None:
    assert citations.csl(document, BASE)["issued"] == {"date-parts": [[2026, 11, 22]]}
