"""The article as a wiki page: opened as it stands, previewed, submitted, merged, gone back to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from claims.importers.articles import import_text
from claims.models import Anchor, Article, ArticleRevision, Claim
from claims.workflow.articles import add_article
from claims.workflow.text_edits import change_text
from claims.workflow.texts import approve_revision, text_witness
from tests import factories as make
from tests.admin.conftest import messages_of

pytestmark = pytest.mark.django_db
# The inputs of the finding K1.
QUAKE = """{{Infobox earthquake
| title = Small quake
| casualties = 12 killed
}}
The mayor said that 12 people were killed.<ref>{{cite news |title=Quake}}</ref>
"""
SECTIONS = "= Flood =\n\nIn May.\n\n== Toll ==\nTen men drowned.\n\n== Aid ==\nTents came.\n"


def page_of(article: Article) -> str:
    return reverse("admin:claims_article_text", args=[article.pk])


def opened(client: Client, url: str) -> dict[str, Any]:
    """What the form would send as it was opened."""
    form = client.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()}


def submitted(client: Client, article: Article, text: str, **fields: Any) -> Any:
    """Preview a text, then submit what was shown; the answer to the submission."""
    url = page_of(article)
    data = {**opened(client, url), "text": text, "reason": "Better.", **fields}
    shown = client.post(url, {**data, "act": "preview"})
    seen = shown.context["form"]["witness"].value()
    return client.post(url, {**data, "witness": seen, "act": "submit"})


def flood(text: str = SECTIONS) -> ArticleRevision:
    return make.article("Flood", text)


def anchored(revision: ArticleRevision, words: str, point: int) -> Claim:
    claim, start = make.claim(), revision.text.index(words)
    place = {"revision": revision, "start": start, "end": start + len(words)}
    make.figure(claim, point, anchors=[place])
    return claim


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


@pytest.fixture
def clash(contributor: Client) -> tuple[Article, dict[str, Any]]:
    """An article, and a form that was opened before somebody else changed two lines of it."""
    article = flood().article
    form = {**opened(contributor, page_of(article)), "reason": "Mine.", "act": "preview"}
    text = SECTIONS.replace("Ten men", "Nine men").replace("In May.", "In May 1987.")
    newest = article.revisions.get()
    change_text(base=newest, text=text, by=make.editor(), reason="Theirs.")
    return article, form


def test_changes_in_different_lines_go_together(
    contributor: Client, clash: tuple[Article, dict[str, Any]]
) -> None:
    article, form = clash
    url = page_of(article)
    mine = SECTIONS.replace("Tents came.", "Tents and bread came.")
    page = contributor.post(url, {**form, "text": mine, "act": "submit"})
    assert page.templates[0].name == "admin/claims/article/merge.html"
    assert page.context["conflicts"] == []
    for words in ("<ins>Nine</ins>", "<ins>and bread </ins>", "submitted revision 2"):
        assert words in page.content.decode()
    merged = contributor.post(url, {**form, "text": mine, "theirs": "2", "act": "merge"})
    text = merged.context["form"]["text"].value()
    assert "Nine men" in text
    assert "bread" in text
    data = {**form, "text": text, "base": "2", "act": "submit"}
    contributor.post(url, {**data, "witness": merged.context["form"]["witness"].value()})
    assert article.revisions.get(number=3).text == text


def test_a_line_that_both_changed_is_decided_by_hand(
    contributor: Client, clash: tuple[Article, dict[str, Any]]
) -> None:
    article, form = clash
    url = page_of(article)
    mine = SECTIONS.replace("Ten men", "Eight men")
    page = contributor.post(url, {**form, "text": mine})
    (conflict,) = page.context["conflicts"]
    assert (conflict["text"], conflict["other"]) == (
        "Eight men drowned.\n",
        "Nine men drowned.\n",
    )
    assert page.context["typed"] == mine
    data = {**form, "text": mine, "theirs": "2", "act": "merge"}
    both = contributor.post(url, {**data, conflict["name"]: "Eight or nine men drowned."})
    text = both.context["form"]["text"].value()
    assert "In May 1987.\n" in text
    assert "\nEight or nine men drowned.\n\n" in text
    kept = contributor.post(url, data)  # whoever decides nothing keeps what they typed
    assert "Eight men" in kept.context["form"]["text"].value()


def test_a_section_typed_meanwhile_is_merged_too(
    contributor: Client, clash: tuple[Article, dict[str, Any]]
) -> None:
    article, form = clash
    url = page_of(article)
    typed = "== Aid ==\nBread came.\n"
    data = {**form, "section": "2", "text": typed}
    page = contributor.post(url, data)
    assert page.context["typed"] == typed
    merged = contributor.post(url, {**data, "theirs": "2", "act": "merge"})
    text = merged.context["form"]["text"].value()
    assert text.startswith("= Flood =\n\nIn May 1987.")
    assert text.endswith(typed)


def test_a_third_text_while_one_merges_is_merged_again(
    contributor: Client, clash: tuple[Article, dict[str, Any]]
) -> None:
    article, form = clash
    newest = article.revisions.get(number=2)
    change_text(base=newest, text=f"{newest.text}Later.\n", by=make.editor(), reason="More.")
    mine = SECTIONS.replace("Tents", "Bread")
    data = {**form, "text": mine, "theirs": "2", "act": "merge"}
    page = contributor.post(page_of(article), data)
    assert page.context["theirs"].number == 3
    assert "Bread" in page.context["typed"]
    assert article.revisions.count() == 3


@pytest.mark.parametrize("theirs", ["", "9", "x"])
def test_a_merge_with_nothing_is_not_found(
    contributor: Client, clash: tuple[Article, dict[str, Any]], theirs: str
) -> None:
    article, form = clash
    data = {**form, "text": "Mine.", "theirs": theirs, "act": "merge"}
    assert contributor.post(page_of(article), data).status_code == 404


def test_going_back_shows_the_change_and_waits_for_review(contributor: Client) -> None:
    first = flood()
    article = first.article
    claim = anchored(first, "Ten men drowned", 10)
    second = change_text(base=first, text=SECTIONS.replace("Ten", "Nine"), by=make.contributor(),
                         reason="Nine.")  # fmt: skip
    assert [one.assertion.claim for one in Anchor.objects.lost()] == [claim]
    page = contributor.get(f"{page_of(article)}?from=1")
    assert "<del>Nine</del><ins>Ten</ins>" in page.content.decode()
    assert page.context["fates"].lost == []
    assert article.revisions.count() == 2
    form = page.context["form"]
    data = {name: form[name].value() or "" for name in form.fields if name != "file"}
    contributor.post(page_of(article), {**data, "act": "submit"})
    third = article.revisions.get(number=3)
    assert (third.text, third.format, third.approved_at) == (first.text, first.format, None)
    assert third.sha256 == first.sha256 != second.sha256
    assert not Anchor.objects.lost().exists()  # the text says again what was lost


def test_the_history_says_who_and_why_and_compares_any_two(contributor: Client) -> None:
    first = flood()
    for number, words in ((1, "Nine"), (2, "Eight")):
        base = first.article.revisions.get(number=number)
        text = SECTIONS.replace("Ten", words)
        change_text(base=base, text=text, by=make.editor(), reason=f"It was {words}.")
    url = reverse("admin:claims_article_texts", args=[first.article.pk])
    page = contributor.get(url)
    assert [row.reason for row in page.context["rows"]] == [
        *("It was Eight.", "It was Nine.", "New text."),
    ]
    assert page.context["pair"] is None
    both = contributor.get(url, {"before": "3", "after": "1"}).content.decode()
    assert both.count("<del>Ten</del><ins>Eight</ins>") == 2  # as written and as read
    same = contributor.get(url, {"before": "2", "after": "2"}).content.decode()
    assert same.count("Nothing changes.") == 2


@pytest.mark.parametrize("query", ["before=1&after=9", "before=1", "before=x&after=1", "until=0",
                                   "until=x"])  # fmt: skip
def test_a_comparison_with_what_is_not_there_is_not_found(contributor: Client, query: str) -> None:
    url = reverse("admin:claims_article_texts", args=[flood().article.pk])
    assert contributor.get(f"{url}?{query}").status_code == 404


def test_who_may_not_edit_reads_only(signed_in: Callable[[User], Client]) -> None:
    article = flood().article
    viewer = User.objects.create_user("viewer", password=make.PASSWORD, is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    looks = signed_in(viewer)
    assert looks.get(page_of(article)).status_code == 403
    assert looks.post(page_of(article), {"act": "preview"}).status_code == 403
    page = looks.get(reverse("admin:claims_article_texts", args=[article.pk]))
    assert page.status_code == 200
    assert b"Back to" not in page.content


def test_the_data_of_an_article_have_a_form_without_its_text(
    contributor: Client, form_of: Callable[[Client, str], dict[str, Any]]
) -> None:
    article = flood().article
    url = reverse("admin:claims_article_change", args=[article.pk])
    form = form_of(contributor, url)
    assert {"text", "format"} & set(form) == set()
    assert page_of(article) in contributor.get(url).content.decode()
    contributor.post(url, {**form, "licence": "CC0", "text": "Lost?", "reason": "Known now."})
    article.refresh_from_db()
    assert article.licence == "CC0"
    assert article.revisions.count() == 1


def test_a_new_article_says_or_shows_how_it_is_written(contributor: Client) -> None:
    url = reverse("admin:claims_article_add")
    for title, written, expected in (
        *(("A quake", "auto", "wikitext"), ("A plain one", "plain", "plain")),
    ):
        data = {"title": title, "language": "en", "text": QUAKE, "format": written, "reason": "x"}
        contributor.post(url, data)
        assert ArticleRevision.objects.get(title=title).format == expected
