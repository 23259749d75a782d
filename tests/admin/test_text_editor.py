"""The article as a wiki page: opened as it stands, previewed, submitted, merged, gone back to."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from claims.importers.articles import import_text
from claims.models import Anchor
from claims.workflow.articles import add_article
from claims.workflow.texts import approve_revision, text_witness
from tests import factories as make
from tests.admin.article_texts import QUAKE, SECTIONS, anchored, flood, opened, page_of, submitted
from tests.admin.conftest import messages_of

pytestmark = pytest.mark.django_db


def test_the_editor_opens_the_text_as_it_stands_in_its_own_format(contributor: Client) -> None:
    done = import_text(QUAKE, by=make.contributor())
    form = opened(contributor, page_of(done.revision.article))
    assert (form["text"], form["format"], form["base"]) == (QUAKE, "wikitext", 1)


def test_format_licence_and_origin_stay_and_readers_get_no_markup(
    contributor: Client, client: Client
) -> None:
    fields = {"licence": "CC0", "origin_url": "https://origin.example/q", "format": "wikitext"}
    by = {"by": make.contributor(), "reason": "New."}
    first = add_article(title="Small quake", text=QUAKE, **fields, **by)
    approve_revision(revision=first, by=make.editor(), reason="Read.")
    submitted(contributor, first.article, QUAKE.replace("people", "men"))
    newest = first.article.revisions.get(number=2)
    assert newest.format == "wikitext"
    assert b"12 people" in client.get("/articles/small-quake/").content  # until it is approved
    approve_revision(revision=newest, by=make.editor(), reason="Read.")
    page = client.get("/articles/small-quake/").content
    assert b"12 men" in page
    assert b"{{Infobox" not in page
    assert b"CC0" in page
    assert b"https://origin.example/q" in page


def test_a_lost_statement_is_listed_as_after_an_import(contributor: Client) -> None:
    revision = make.article("Ambush", "= Ambush =\n\nThe army lost 97 soldiers near the ford.\n")
    claim = anchored(revision, "97 soldiers", 97)
    changed = revision.text.replace("97 soldiers", "88 soldiers")
    url = page_of(revision.article)
    data = {**opened(contributor, url), "text": changed, "act": "preview"}
    preview = contributor.post(url, data)
    assert [one.assertion.claim for one in preview.context["fates"].lost] == [claim]
    assert claim.question in preview.content.decode()
    assert not Anchor.objects.lost().exists()  # nothing is written by looking
    assert revision.article.revisions.count() == 1
    submitted(contributor, revision.article, changed)
    assert [one.assertion.claim for one in Anchor.objects.lost()] == [claim]
    lost = contributor.get(reverse("admin:claims_claim_changelist"), {"queue": "lost"})
    assert claim.question in lost.content.decode()


def test_the_preview_is_what_the_reviewer_approves(contributor: Client, editor: Client) -> None:
    revision = make.article("Raid", "= Raid =\n\nAbout 60 people were killed near the ford here.\n")
    claim = anchored(revision, "About 60 people were killed near the ford", 60)
    text = revision.text.replace("were killed", "had been killed")
    url = page_of(revision.article)
    data = {**opened(contributor, url), "text": text, "reason": "Tense.", "act": "preview"}
    preview = contributor.post(url, data)
    seen = preview.context["form"]["witness"].value()
    contributor.post(url, {**data, "witness": seen, "act": "submit"})
    newest = revision.article.revisions.get(number=2)
    assert text_witness(newest) == seen
    review = editor.get(reverse("admin:claims_articlerevision_approve", args=[newest.pk]))
    for name in ("passages", "marks", "written", "read", "members"):
        assert review.context[name] == preview.context[name], name
    for page in (preview, review):
        fates = page.context["fates"]
        assert [one.anchor.assertion.claim for one in fates.moved] == [claim]
        assert (fates.kept, fates.lost) == (0, [])
        assert "<ins>had been</ins>" in page.content.decode()


def test_what_was_not_previewed_is_shown_before_it_is_stored(contributor: Client) -> None:
    article = flood().article
    url = page_of(article)
    data = {**opened(contributor, url), "text": "Another text.", "reason": "Why.", "act": "submit"}
    page = contributor.post(url, data)
    assert messages_of(page) == ["This differs from the preview: look at it, then submit."]
    assert page.context["is_preview"]
    assert article.revisions.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": SECTIONS}, "nothing was changed"),
        ({"text": "  \n"}, "the article is empty"),
        ({"text": "A \x00 text"}, "ull characters are not allowed"),
        ({"text": "x" * (1024 * 1024 + 1)}, "Up to 1 MB"),
        ({"text": "Other.", "base": "7"}, "open the text again"),
        ({"text": "Other.", "base": "x"}, "open the text again"),
        ({"text": "Other.", "section": "9"}, "open the text again"),
        ({"text": "Other.", "format": "html"}, "Select a valid choice"),
    ],
)
def test_a_refused_text_is_not_stored_and_stays_in_the_form(
    contributor: Client, changes: dict[str, str], words: str
) -> None:
    article = flood().article
    url = page_of(article)
    data = {**opened(contributor, url), "reason": "Why.", "act": "submit", **changes}
    page = contributor.post(url, data)
    assert words in page.content.decode()
    assert page.context["form"]["text"].value() == data["text"]
    assert article.revisions.count() == 1


def test_a_submission_asks_why_and_shows_the_preview_again(contributor: Client) -> None:
    article = flood().article
    page = submitted(contributor, article, "Other.", reason=" ")
    assert page.context["form"].errors["reason"]
    assert page.context["is_preview"]
    assert article.revisions.count() == 1


def test_a_file_takes_the_place_of_the_text(contributor: Client) -> None:
    article = flood().article
    url = page_of(article)
    data = {**opened(contributor, url), "reason": "From a file."}
    file = SimpleUploadedFile("flood.txt", b"= Flood =\r\n\r\nNine men drowned.\r\n")
    page = contributor.post(url, {**data, "file": file, "act": "preview"})
    form = page.context["form"]
    assert form["text"].value() == "= Flood =\n\nNine men drowned.\n"
    again = {**data, "text": form["text"].value(), "witness": form["witness"].value()}
    contributor.post(url, {**again, "act": "submit"})
    assert "Nine men" in article.revisions.get(number=2).text


@pytest.mark.parametrize("body", [b"%PDF-1.7", b"\xff\xfeA", b"a\x00b", b"\xe9t\xe9", b""])
def test_a_file_that_is_no_text_is_refused(contributor: Client, body: bytes) -> None:
    article = flood().article
    url = page_of(article)
    file = SimpleUploadedFile("flood.txt", body)
    data = {**opened(contributor, url), "reason": "x", "file": file, "act": "submit"}
    page = contributor.post(url, data)
    assert page.context["form"].errors["file"]
    assert article.revisions.count() == 1


def test_a_section_is_edited_alone(contributor: Client) -> None:
    article = flood().article
    form = opened(contributor, f"{page_of(article)}?section=1")
    assert form["text"] == "== Toll ==\nTen men drowned.\n\n"
    text = "== Toll ==\nNine men drowned."
    submitted(contributor, article, text, section="1")
    newest = article.revisions.get(number=2)
    assert newest.text == SECTIONS.replace("Ten men drowned.\n\n", "Nine men drowned.\n")
    assert opened(contributor, f"{page_of(article)}?section=0")["text"].startswith("= Flood =")


@pytest.mark.parametrize("query", ["section=9", "section=x", "section=-1", "from=9", "from=x"])
def test_what_is_not_there_is_not_opened(contributor: Client, query: str) -> None:
    assert contributor.get(f"{page_of(flood().article)}?{query}").status_code == 404


def test_line_ends_that_no_browser_keeps_stay(contributor: Client) -> None:
    article = flood(SECTIONS.replace("\n", "\r\n")).article
    text = SECTIONS.replace("Ten", "Nine").replace("\n", "\r\n")  # as a browser sends it
    submitted(contributor, article, text)
    assert article.revisions.get(number=2).text == text
