"""What becomes public stands on the review page: every member, by construction."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.admin import facts
from claims.admin.column_words import words_of_name
from claims.admin.members import plain_member, sections_of, web_address
from claims.domain.documents import dump_document, read_document
from claims.models import Claim, ClaimVersion
from claims.workflow.candidate import read_candidate
from claims.workflow.comments import write_comment
from tests import factories as make
from tests.admin.rich import SAID, change_registers, rich_claim

pytestmark = pytest.mark.django_db

# Members that no reviewer has to read, each with the reason.
NOT_READ = {
    "type": "the same for every claim",
    "format": "the same for every new document",
    "version": "given by the approval",
    "sequence": "given by the approval",
    "review": "given by the approval",
    "links": "made of the reference",
    "sha256": "a hash of what is shown",
    "previous_sha256": "a hash of the version before",
    "fingerprint": "a hash of figures that are shown",
}
Pair = tuple[str, str]


def leaves(name: str, value: Any) -> Iterator[Pair]:
    """(member, its words) of everything that a document says."""
    if name in NOT_READ or value in (None, "", False, []):
        return
    if isinstance(value, dict):
        for inner, one in value.items():
            yield from leaves(inner, one)
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for one in value:
            yield from leaves(name, one)
    elif isinstance(value, list):
        yield name, "; ".join(str(one) for one in value)
    else:
        yield name, name if value is True else str(value)


def said(page: str, *, without: str) -> tuple[set[Pair], str]:
    """(label, words) of each member of the page, and all its text; without "ins" or "del"."""
    page = re.sub(r'<span class="visually-hidden"> (added|removed): </span>', "", page)
    page = re.sub(rf"<{without}>.*?</{without}>", "", page, flags=re.DOTALL)
    page = re.sub(r"</?(ins|del|mark|a)\b[^>]*>", "", page)
    pairs = re.findall(r"<dt>(.*?)</dt>\s*<dd\b[^>]*>(.*?)</dd>", page, flags=re.DOTALL)
    return {(plain(label), plain(words)) for label, words in pairs}, plain(page)


def plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def unsaid(document: dict[str, Any], page: str, *, without: str) -> list[Pair]:
    """What the document says and the page does not."""
    pairs, text = said(page, without=without)
    marked = {word for label, words in pairs if label == "marked" for word in words.split("; ")}
    found = []
    for name, words in leaves("", document):
        label, wanted = words_of_name(name), plain(html.escape(words))
        is_there = (label, wanted) in pairs or label in marked & {wanted.replace("_", " ")}
        if not is_there and not (name == "ref" and wanted in text):
            found.append((name, words))
    return found


def page_of(client: Client, claim: Claim) -> str:
    page: bytes = client.get(reverse("admin:claims_claim_review", args=[claim.pk])).content
    return page.decode()


@pytest.fixture
def rich() -> Claim:
    return rich_claim()


@pytest.fixture
def reviewer(signed_in: Any) -> Client:
    client: Client = signed_in(make.account("editor", "third_editor"))
    return client


def document_of(claim: Claim) -> dict[str, Any]:
    return read_document(dump_document(read_candidate(claim).document))


def test_the_first_review_shows_all_that_becomes_public(reviewer: Client, rich: Claim) -> None:
    document = document_of(rich)
    wanted = dict(leaves("", document))
    assert len(wanted) > 60, "the claim is no longer rich"
    assert unsaid(document, page_of(reviewer, rich), without="del") == []


def test_a_review_of_changed_registers_shows_old_and_new(reviewer: Client, rich: Claim) -> None:
    make.approve(rich, by=make.account("editor", "fourth_editor"))
    rich = change_registers(rich)
    page = page_of(reviewer, rich)
    public = read_document(ClaimVersion.objects.get(claim=rich, is_current=True).payload)
    changed = document_of(rich)
    for name in ("url", "doi", "isbn", "authors", "archived_on", "publisher", "url_status"):
        assert changed["sources"][0][name] != public["sources"][0][name]
    assert unsaid(changed, page, without="del") == []
    assert unsaid(public, page, without="ins") == []


def test_a_member_that_nobody_thought_of_is_shown_too(
    reviewer: Client, rich: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = document_of(rich)
    document["weather"] = "rain all day"
    document["figures"][0]["handwriting"] = {"style": "a shaky hand"}
    document["sources"][0]["shelf"] = ["third room", "upper row"]
    document["omens"] = [{"kind": "a comet"}]
    monkeypatch.setattr(facts, "as_published", lambda candidate: document)
    page = page_of(reviewer, rich)
    assert unsaid(document, page, without="del") == []
    for words in ("rain all day", "a shaky hand", "third room; upper row", "a comet"):
        assert words in page


def test_addresses_are_links_that_tell_nobody_where_one_came_from(
    reviewer: Client, rich: Claim
) -> None:
    page = page_of(reviewer, rich)
    for address in (
        "https://post.example/mill?page=1&amp;part=2",
        "https://archive.example/mill",
        "https://doi.org/10.1234/mill",
    ):
        assert f'<a href="{address}" rel="noopener noreferrer">' in page


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//x.example", ""])
def test_other_schemes_lead_nowhere(address: str) -> None:
    assert web_address(address) == ""
    member = plain_member("url", "https://old.example", address)
    assert member is None or member.url == ""


def test_the_sentence_of_the_article_stands_there(reviewer: Client, rich: Claim) -> None:
    page = page_of(reviewer, rich)
    assert f"<q>The mayor said that <mark>{SAID}</mark> there.</q>" in page
    assert "nobody has approved this text yet" not in page


def test_a_text_that_nobody_approved_is_marked_as_such(reviewer: Client) -> None:
    text = "Seven men died. It was told that 47 women died there too. The end."
    start = text.index("47 women")
    draft = make.article("Yard", text, approved=False)
    claim = make.claim()
    place = {"revision": draft, "start": start, "end": start + 8}
    make.figure(claim, 47, anchors=[place])
    page = page_of(reviewer, claim)
    assert "It was told that <mark>47 women</mark> died there too." in page
    assert "nobody has approved this text yet" in page


def test_reason_authors_and_comments_stand_there(reviewer: Client, rich: Claim) -> None:
    page = page_of(reviewer, rich)
    pairs, _ = said(page, without="del")
    reason = read_candidate(rich).reason
    assert ("The reason that readers will read", reason) in pairs
    authors = dict(pairs)["Written or changed by, since it was last approved"].split(", ")
    assert {"contributor", "editor", "second_editor"} <= set(authors)
    assert "third_editor" not in authors
    assert "Ask the parish for its list." in page


def test_doubts_of_an_import_lead_to_the_dispute_they_propose(reviewer: Client) -> None:
    claim = make.submitted_claim(60)
    body = "To confirm: figures disagree; two numbers. “60”; “97”"
    write_comment(claim=claim, by=make.contributor(), body=body)
    page = page_of(reviewer, claim)
    assert "two numbers" in page
    assert f"/admin/claims/claim/{claim.pk}/dispute/?kind=value&amp;reason=figures" in page


def test_unchanged_members_stay_readable_but_folded(reviewer: Client, rich: Claim) -> None:
    make.approve(rich, by=make.account("editor", "fourth_editor"))
    document = document_of(Claim.objects.get(pk=rich.pk))
    public = read_document(ClaimVersion.objects.get(claim=rich, is_current=True).payload)
    sections = sections_of(public, document)
    assert [section.is_open for section in sections] == [False] * len(sections)
    assert unsaid(document, page_of(reviewer, rich), without="del") == []
