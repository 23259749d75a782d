"""What is published of a source stands in every place that docs/guide-source-fields.md names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from claims.domain.corrections import _NAMES
from claims.domain.documents import dump_document, read_document
from claims.domain.published_figures import SourceEntry
from claims.domain.tidy import tidy_row
from claims.forms.source import SourceForm
from claims.models import Claim, ClaimVersion, PublishedSource, Source
from claims.workflow.published_columns import published_columns
from claims.workflow.sources import FIELDS
from tests import factories as make
from tests.kept import made_once

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent
MEMBERS = tuple(name for name in SourceEntry.__annotations__ if name != "ref")
# What editors do not type into the form: a verb of its own, with other rights, writes it.
OWN_VERBS = {
    "reliability": "rate_source",
    "reliability_note": "rate_source",
    "withdrawn_on": "withdraw_source",
    "withdrawal_note": "withdraw_source",
}
NOT_IN_THE_TABLE = "a row names the work and where it is; sources/ of the API has the rest"
LEFT_OUT_OF_THE_TABLE = dict.fromkeys(
    set(MEMBERS) - {"title", "url", "issued", "publisher"}, NOT_IN_THE_TABLE
)
# Every member said, and another word for each.
SAID: dict[str, Any] = {
    "csl_type": "report",
    "title": "A work",
    "publisher": {"ref": "P999", "name": "The Post"},
    "authors": "J. Harper",
    "issued": "1903-05-13",
    "url": "https://post.example.org/1",
    "archive_url": "https://archive.example.org/1",
    "archived_on": "2001-01-01",
    "accessed_on": "2002-02-02",
    "url_status": "live",
    "language": "en",
    "doi": "10.5555/one",
    "isbn": "9780000000002",
    "work_licence": "ODC-BY-1.0",
    "reliability": "B",
    "reliability_note": "Careful.",
    "withdrawn_on": "2003-03-03",
    "withdrawal_note": "Recalled.",
}
ANOTHER: dict[str, Any] = {
    **{name: f"{value}9" for name, value in SAID.items() if isinstance(value, str)},
    "publisher": {"ref": "P999", "name": "The Echo"},
    "url_status": "none",
    "language": "fr",
    "issued": "1904",
}


@made_once
def version() -> ClaimVersion:
    claim = make.claim()
    make.figure(claim, 60)
    return make.approve(Claim.objects.get(pk=claim.pk))


def test_a_document_shows_the_public_columns_of_a_source() -> None:
    columns = {name.removesuffix("_id") for name in published_columns(Source)}
    assert set(MEMBERS) == columns


def test_a_verb_writes_each_member() -> None:
    assert FIELDS | OWN_VERBS.keys() == set(MEMBERS)
    assert not FIELDS & OWN_VERBS.keys()


def test_the_form_asks_for_what_the_verb_takes() -> None:
    assert set(SourceForm.Meta.fields) == FIELDS


def test_a_correction_carries_each_member() -> None:
    assert set(_NAMES["source"]) == set(MEMBERS)


def test_both_examples_say_every_member() -> None:
    assert set(SAID) == set(ANOTHER) == set(MEMBERS)
    assert all(SAID[name] != ANOTHER[name] for name in MEMBERS)


def test_the_page_of_a_source_shows_each_member(version: ClaimVersion) -> None:
    row = PublishedSource.objects.get(version=version)
    entry = read_document(row.record)

    def page(**members: Any) -> str:
        PublishedSource.objects.filter(pk=row.pk).update(
            record=dump_document({**entry, **SAID, **members})
        )
        return Client().get(f"/sources/S{row.source_id}/").content.decode()

    whole = page()
    assert [name for name in MEMBERS if page(**{name: ANOTHER[name]}) == whole] == []


def test_the_table_of_figures_shows_a_member_or_says_why_not(version: ClaimVersion) -> None:
    document: Any = read_document(version.payload)
    figure = {**document["figures"][0], "attribution": []}

    def row(**members: Any) -> Any:
        source = {**document["sources"][0], **SAID, **members}
        return tidy_row({**document, "sources": [source]}, figure)

    silent = {name for name in MEMBERS if row(**{name: ANOTHER[name]}) == row()}
    assert silent == LEFT_OUT_OF_THE_TABLE.keys()


def test_the_guide_names_places_that_are_there() -> None:
    guide = (ROOT / "docs/guide-source-fields.md").read_text(encoding="utf-8")
    places = re.findall(r"^\| `([^`]+)`", guide, re.MULTILINE)
    assert len(places) >= 10
    assert [one for one in places if not (ROOT / one).exists()] == []
