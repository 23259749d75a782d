"""A correction publishes what its approver has read, and nothing else of any claim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import nullcontext
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.admin.column_words import words_of_name
from claims.admin.members import UNREAD
from claims.audit.verification import verify_everything
from claims.choices import CorrectionState
from claims.domain.document_format import read_claim
from claims.errors import StaleRevisionError
from claims.models import Claim, ClaimVersion, Correction
from claims.workflow import correction_candidate
from claims.workflow.articles import edit_article
from claims.workflow.correction_candidate import correction_witness, read_correction
from claims.workflow.corrections import approve_correction
from claims.workflow.measures import edit_measure
from claims.workflow.parties import edit_party
from claims.workflow.published_columns import published_columns
from claims.workflow.sources import edit_source
from claims.workflow.subjects import edit_subject
from tests import factories as make
from tests.earlier import WRONG, format_one

pytestmark = pytest.mark.django_db
EDITS = {
    "source": edit_source,
    "party": edit_party,
    "subject": edit_subject,
    "measure": edit_measure,
    "article": edit_article,
}
# Another value of each column that a correction gives readers.
VALUES: dict[str, dict[str, Any]] = {
    "source": {
        "csl_type": "book",
        "title": "Another title",
        "publisher": None,
        "authors": "Somebody Else",
        "issued": "1999-01",
        "url": "https://new.example.org/a",
        "archive_url": "https://web.archive.org/web/2001/https://new.example.org/a",
        "archived_on": "2001-02-03",
        "accessed_on": "2001-02-03",
        "url_status": "dead",
        "language": "fr",
        "doi": "10.5555/12345678",
        "isbn": "9780306406157",
        "work_licence": "CC BY 4.0",
    },
    "party": {"name": "Another name", "kind": "unnamed", "description": "another one"},
    "subject": {
        "title": "Another event",
        "kind": "conflict",
        "place": "Arden",
        "country": "NE",
        "latitude": Decimal("14.5"),
        "longitude": Decimal("2.25"),
        "wikidata_id": "Q42",
        "when": "2011-11",
    },
    "measure": {"label": "another label"},
    "article": {
        "title": "Another title",
        "language": "fr",
        "origin_url": "https://new.example.org/b",
        "licence": "CC0",
    },
}
# Columns that a correction leaves to the review of each claim, or that no edit changes.
ELSEWHERE = {
    "source": {"reliability", "reliability_note", "withdrawn_on", "withdrawal_note"},
    "subject": {"parent"},
    "measure": {"slug", "value_kind", "is_count", "wikidata_property"},
    "article": {"slug"},
}
# Each column by itself, and all of a register at once in documents of an older format.
CASES = [
    *((noun, (column,), False) for noun, values in VALUES.items() for column in values),
    *((noun, tuple(values), True) for noun, values in VALUES.items()),
]


def test_every_correctable_column_has_a_case() -> None:
    for noun, values in VALUES.items():
        model, _ = correction_candidate.HISTORIES[noun]
        columns = {name.removesuffix("_id") for name in published_columns(model)}
        columns |= {"wikidata_id"} if noun == "subject" else set()  # which is no key
        columns -= {"wikidata"}
        assert values.keys() | ELSEWHERE.get(noun, set()) == columns, noun


def rows(*, old: bool) -> dict[str, Any]:
    """One row of each register, shown by two public claims; old ones have a wrong headline."""
    revision = make.article("The mill", "In all 100 died.")
    speaker = make.party("The mayor")
    war = make.subject("The war", country="ML", latitude=Decimal(1), longitude=Decimal(2))
    fields = {"url": "https://old.example/a", "url_status": "live", "issued": "2012"}
    source = make.source("Old words", publisher=make.party("The post", kind="outlet"), **fields)
    claim = make.claim(subject=make.subject("The fire", parent=war, belligerents=[(speaker, "m")]))
    place = {"revision": revision, "start": 7, "end": 10}
    make.figure(claim, 100, speaker=speaker, source=source, anchors=[place])
    make.figure(claim, low=Decimal(1000), source=source)
    above = make.claim(subject=war, measure=claim.measure)
    make.figure(above, 100, source=source)
    make.figure(above, low=Decimal(1000), source=source)
    with format_one() if old else nullcontext():
        for one in (claim, above):
            make.approve(one, by=make.second_editor())
    found = {"source": source, "party": speaker, "subject": war}
    return {**found, "measure": claim.measure, "article": revision.article}


def edited(noun: str, *columns: str, old: bool) -> Correction:
    row = rows(old=old)[noun]
    change = {name: VALUES[noun][name] for name in columns}
    if "publisher" in change:
        change["publisher"] = make.party("An agency", kind="outlet")
    if "archived_on" in change:
        change["archive_url"] = VALUES[noun]["archive_url"]
    EDITS[noun](**{noun: row}, **change, by=make.contributor(), reason="A slip.")
    return Correction.objects.get()


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Each plain member that a reviewer has to read, with its words; marks are yes or ''."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in UNREAD:
                yield from leaves(inner, f"{path}/{name}")
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for number, one in enumerate(value):
            yield from leaves(one, f"{path}/{one.get('ref') or number}")
    elif isinstance(value, bool):
        yield path, "yes" if value else ""
    elif isinstance(value, list):
        yield path, "; ".join(map(str, value))
    else:
        yield path, "" if value is None else str(value)


def changed(before: Any, after: Any) -> dict[str, tuple[str, str]]:
    """{path: (words before, words after)} of every leaf that differs."""
    old, new = dict(leaves(before)), dict(leaves(after))
    pairs = {path: (old.get(path, ""), new.get(path, "")) for path in {**old, **new}}
    return {path: pair for path, pair in pairs.items() if pair[0] != pair[1]}


def shown(page: str) -> set[tuple[str, str, str]]:
    """(label, words before, words after) of each member on the page."""
    found = set()
    for label, inner in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page, re.DOTALL):
        inner = re.sub(r'<span class="visually-hidden">.*?</span>', "", inner)
        old, new = re.sub(r"<ins>.*?</ins>", "", inner), re.sub(r"<del>.*?</del>", "", inner)
        words = [unescape(re.sub(r"<[^>]*>", "", one)).strip() for one in (old, new)]
        found.add((unescape(label), *words))
    return found


def is_shown(path: str, before: str, after: str, page: set[tuple[str, str, str]]) -> bool:
    name = words_of_name(path.rpartition("/")[2])
    if (name, before, after) in page:
        return True
    marks = [(old.split("; "), new.split("; ")) for label, old, new in page if label == "marked"]
    if {before, after} == {"yes", ""}:
        return any((name in old, name in new) == (bool(before), bool(after)) for old, new in marks)
    return False


def public(claim: int) -> Any:
    return read_claim(ClaimVersion.objects.public().get(claim=claim).payload)


def all_public() -> dict[int, Any]:
    versions = ClaimVersion.objects.public().order_by("claim_id")
    return {one.claim_id: read_claim(one.payload) for one in versions}


@pytest.mark.parametrize(("noun", "columns", "old"), CASES)
def test_each_leaf_that_differs_was_on_the_page_of_the_approval(
    noun: str, columns: tuple[str, ...], old: bool, client: Client
) -> None:
    item, before = edited(noun, *columns, old=old), all_public()
    client.force_login(make.editor())
    url = reverse("admin:claims_correction_review", args=[item.pk])
    page = client.get(url)
    words, witness = shown(page.content.decode()), page.context["form"].initial["witness"]

    seen = {"witness": witness, "decision": "approve", "reason": "Looked up."}
    assert client.post(url, seen).status_code == 302

    item.refresh_from_db()
    assert item.state == CorrectionState.PUBLISHED
    found = changed(before, all_public())
    assert found or (noun == "article" and "title" not in columns)  # which its own page shows
    assert {path: pair for path, pair in found.items() if not is_shown(path, *pair, words)} == {}
    assert verify_everything().bad == []


def test_a_headline_that_follows_todays_rules_is_read_before_it_is_published(
    client: Client,
) -> None:
    item = edited("source", "title", old=True)
    number = min(all_public())
    assert public(number)["summary"] == WRONG
    client.force_login(make.editor())
    url = reverse("admin:claims_correction_review", args=[item.pk])
    page = shown(client.get(url).content.decode())

    approve_correction(correction=item, by=make.editor(), reason="Read.")

    assert ("summary", WRONG, public(number)["summary"]) in page
    assert public(number)["range"]["words"] == "100 to 1,000 or more"


def citing(*, old: int, new: int) -> list[int]:
    """Claims that cite one source, sealed under the rules of format 1 and of today."""
    source, found = make.source("Old words"), []
    for number in range(old + new):
        claim = make.claim()
        make.figure(claim, 100, source=source)
        make.figure(claim, low=Decimal(1000))
        with format_one() if number >= new else nullcontext():
            found.append(make.approve(claim).claim_id)
    edit_source(source=source, title="New words", by=make.contributor(), reason="A slip.")
    return found


def test_what_was_not_read_and_repeats_no_words_waits_by_itself(monkeypatch) -> None:
    monkeypatch.setattr(correction_candidate, "READ", 1)
    claims = citing(new=2, old=2)
    item = Correction.objects.get()
    assert list(read_correction(item).changes) == claims[:1]

    approve_correction(correction=item, by=make.editor(), reason="Right.")

    assert [public(one)["sources"][0]["title"] for one in claims] == [
        *("New words", "New words"),
        *("Old words", "Old words"),
    ]
    assert [public(one)["summary"] == WRONG for one in claims] == [False, False, True, True]
    rest = Correction.objects.waiting().get()
    assert (rest.reason, rest.edited_by, read_correction(rest).claims) == (
        *(item.reason, item.edited_by),
        2,
    )
    approve_correction(correction=rest, by=make.editor(), reason="Right.")
    last = Correction.objects.waiting().get()
    approve_correction(correction=last, by=make.editor(), reason="Right.")
    assert not Correction.objects.waiting().exists()
    assert all(public(one)["sources"][0]["title"] == "New words" for one in claims)
    assert verify_everything().bad == []


def test_the_witness_covers_what_changes_in_each_claim() -> None:
    (number,) = citing(old=0, new=1)
    item = Correction.objects.get()
    seen = correction_witness(item)
    claim = Claim.objects.get(pk=number)
    make.figure(claim, 105)
    assert correction_witness(item) == seen  # what waits on the desk is no part of it
    version = ClaimVersion.objects.public().get(claim=claim)
    stale = version.payload.replace('"severity":"major"', '"severity":"minor"')
    assert stale != version.payload
    ClaimVersion.objects.filter(pk=version.pk).update(payload=stale)

    with pytest.raises(StaleRevisionError):
        approve_correction(correction=item, by=make.editor(), reason="Right.", witness=seen)
