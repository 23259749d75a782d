"""What rows are known by is the same however it is written, and differs where they differ."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.identity import (
    address_key,
    doi_key,
    isbn_key,
    key_of_folded,
    match_key,
    slug_key,
    unit_key,
    work_keys,
)
from claims.models import SourceTitle
from claims.reading.text.wiki_tokens import Parts
from claims.reading.works.cited_works import cited_works, source_key
from claims.workflow.identity import source_traits
from tests import factories as make

CLAIMS = Path(__file__).resolve().parents[2] / "claims"

ALIKE = [
    (match_key, "AFP", "afp"),
    (match_key, "Agence  Zed", "Agence Zed"),
    (match_key, "Péna Post", "Pena Post"),
    (match_key, "The Arden Post", "Arden Post"),
    (match_key, "Arden\u200b Post", "Arden Post"),
    (match_key, "Аrden Post", "Arden Post"),
    (match_key, "Arden Post.", "Arden Post"),
    (match_key, "l’Azawad", "l'Azawad"),
    (address_key, "http://example.org/a", "https://www.example.org/a/"),
    (address_key, "https://example.org/a?utm_source=x&b=1", "https://example.org/a?b=1#top"),
    (address_key, "https://example.org/a?a=1&b=2", "https://example.org/a?b=2&a=1"),
    (address_key, "https://EXAMPLE.org:443", "http://example.org:80/"),
    (address_key, "https://example.org/a%20b", "https://example.org/a b"),
    (doi_key, "10.1000/AbC", "https://doi.org/10.1000/abc"),
    (doi_key, "doi:10.1000/abc", "http://dx.doi.org/10.1000/abc"),
    (doi_key, "DOI: 10.1000/abc.", "info:doi/10.1000/abc"),
    (doi_key, "https://doi.org/10.1000%2Fabc", "10.1000/abc"),
    (isbn_key, "0-306-40615-2", "9780306406157"),
    (isbn_key, "ISBN-13: 978-0-306-40615-7", "ISBN 0306406152"),
    (isbn_key, "080442957x", "9780804429573"),
    (unit_key, "persons", "people"),
    (unit_key, "Person", "People"),
    (slug_key, "boats_lost", "Boats-lost"),
]
OTHERS = [
    (match_key, "Theodor", "odor"),
    (match_key, "Arden Post", "Arden Times"),
    (match_key, "йод", "иод"),
    (address_key, "https://example.org/a", "https://example.org/A"),
    (address_key, "https://example.org/a?id=1", "https://example.org/a?id=2"),
    (address_key, "https://example.org/a", "https://example.com/a"),
    (address_key, "https://example.org:8443/", "https://example.org/"),
    (address_key, "https://example.org/#!one", "https://example.org/#!two"),
    (address_key, f"https://example.org/{'a' * 400}", f"https://example.org/{'a' * 399}b"),
    (doi_key, "10.1000/abc", "10.1000/abd"),
    (isbn_key, "0306406152", "0306406153"),
    (unit_key, "people", "cattle"),
    (slug_key, "killed", "wounded"),
]


@pytest.mark.parametrize(("key", "one", "other"), ALIKE)
def test_one_thing_has_one_key(key, one, other):
    assert key(one) == key(other) != ""


@pytest.mark.parametrize(("key", "one", "other"), OTHERS)
def test_two_things_have_two_keys(key, one, other):
    assert key(one) != key(other)


@pytest.mark.parametrize("text", ["", "mailto:a@example.org", "http://[", "example.org", "//x"])
def test_no_address_has_no_key(text):
    assert address_key(text) == ""


@pytest.mark.parametrize("text", ["", "10.1000", "abc", "https://example.org/10.1000/abc"])
def test_no_doi_has_no_key(text):
    assert doi_key(text) == ""


@given(st.text(max_size=400))
def test_keys_fit_their_columns_and_hold(text):
    for key in (match_key, address_key, doi_key, isbn_key):
        assert len(key(text)) <= 300
    assert key_of_folded(match_key(text)) == key_of_folded(key_of_folded(match_key(text)))


def test_a_work_is_known_alike_to_the_reading_to_imports_and_to_the_desk(db):
    """Each way of writing a work gives one key, and who reads, finds and stores asks for it."""
    cited = "title=The Book |isbn=0-306-40615-2 |doi=doi:10.1000/ABC"
    text = f"<ref>{{{{cite book |{cited} |url=http://www.a.org/b/?utm_x=1}}}}</ref>"
    [work] = cited_works(text, Parts(text).all)
    told = {"isbn": "9780306406157", "url": "https://a.org/b", "doi": "10.1000/abc"}
    row = make.source("The Book", url_status="live", **told)
    wanted = work_keys("book", **told)
    assert work_keys(work.title, url=work.url, doi=work.doi, isbn=work.isbn) == wanted
    assert source_traits(row).keys == wanted
    stored = SourceTitle.objects.get(source=row)
    assert {name: getattr(stored, name) for name in wanted} == wanted
    assert source_key(work) == f"doi:{wanted['doi']}"


def test_nobody_else_puts_the_keys_of_a_work_together():
    """address_key, doi_key and isbn_key meet in work_keys alone."""
    callers = {
        str(path.relative_to(CLAIMS))
        for path in CLAIMS.rglob("*.py")
        if not {"static", "migrations"} & set(path.parts)
        for name in ("doi_key", "isbn_key")
        if name in path.read_text(encoding="utf-8")
    }
    assert callers == {"domain/identity.py"}
