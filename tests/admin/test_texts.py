"""Approving an article's text: all that readers will get is on the page, and nothing else goes."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import ArticleRevision
from claims.workflow.articles import add_article, edit_article
from tests import factories as make
from tests.admin.conftest import as_seen, hidden_of

pytestmark = pytest.mark.django_db
WIKI = "{{Infobox mill\n| place = Arden\n}}\nThe '''mill''' burned. Some 47 men died.\n"
BY: dict[str, Any] = {"reason": "As it is."}


def url_of(revision: ArticleRevision) -> str:
    return reverse("admin:claims_articlerevision_approve", args=[revision.pk])


def added(text: str, **fields: Any) -> ArticleRevision:
    by = make.contributor()
    fields = {"title": "Mill", "slug": "mill", **fields}
    return add_article(text=text, by=by, **fields, **BY)


def test_a_first_text_is_shown_whole_rendered_and_raw(editor: Client) -> None:
    revision = added(WIKI, format="wikitext", licence="CC0", origin_url="https://origin.example/a")
    start = WIKI.index("47 men")
    claim = make.claim()
    figure = make.figure(
        claim, 47, anchors=[{"revision": revision, "start": start, "end": start + 6}]
    )
    page = editor.get(url_of(revision))
    html = page.content.decode()
    for words in ("Mill", "CC0", "wikitext", "{{Infobox mill", "everything here is new"):
        assert words in html
    assert '<a href="https://origin.example/a" rel="noopener noreferrer">' in html
    assert f'<mark>47 men</mark><sup><a href="#mark-{figure.ref}">{figure.ref}</a></sup>' in html
    assert "<dt>Place</dt><dd>Arden" in html
    assert page.context["raw"] == WIKI


def test_a_later_text_is_compared_with_what_readers_have(editor: Client) -> None:
    make.article("Mill", "The mill burned. Seven men died.")
    slug = ArticleRevision.objects.get().article.slug
    article = ArticleRevision.objects.get().article
    edit = {"licence": "CC-BY-4.0", "origin_url": "https://new.example/", "title": "The mill"}
    edit_article(article=article, by=make.contributor(), **edit, **BY)
    revision = added("The mill burned. Eight men died.", title="The mill", slug=slug)
    page = as_seen(editor.get(url_of(revision)))
    assert "<del>Seven</del><ins>Eight</ins>" in page
    assert "Compared with revision 1" in page
    assert "<ins>CC-BY-4.0</ins>" in page
    assert "<ins>https://new.example/</ins>" in page
    assert "<ins>The</ins>" in page or "<ins>The mill</ins>" in page


def test_data_that_nobody_saw_are_not_approved(editor: Client) -> None:
    revision = added("One man died in a mill.", licence="CC0")
    seen = hidden_of(editor.get(url_of(revision)))
    change = {"origin_url": "https://evil.example/phish", "licence": "All rights evil"}
    edit_article(article=revision.article, by=make.second_editor(), **change, **BY)
    refused = editor.post(url_of(revision), {**seen, "reason": "I read it."})
    assert b"changed since you read it" in refused.content
    assert b"evil.example" in refused.content
    assert editor.post(url_of(revision), {"reason": "I read nothing."}).status_code == 200
    revision.refresh_from_db()
    assert revision.approved_at is None
    seen = hidden_of(editor.get(url_of(revision)))
    assert editor.post(url_of(revision), {**seen, "reason": "I read it."}).status_code == 302


def test_authors_see_the_page_and_why_there_is_no_button(editor: Client) -> None:
    own = add_article(title="Own", text="Mine.", by=make.editor(), **BY)
    edited = added("Theirs.")
    edit_article(article=edited.article, by=make.editor(), licence="CC0", **BY)
    for revision in (own, edited):
        page = editor.get(url_of(revision))
        assert page.status_code == 200
        assert revision.text.encode() in page.content
        assert b"Somebody else must approve it" in page.content
        assert b'name="reason"' not in page.content


def test_an_older_text_says_that_readers_keep_the_newer(editor: Client) -> None:
    old = added("An old text.")
    make.article("Mill", "A newer text.")
    page = editor.get(url_of(old)).content.decode()
    assert "Readers have revision 2, which is newer" in page
