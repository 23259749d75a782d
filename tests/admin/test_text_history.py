"""Article texts on the desk: clashes and merges, history, going back, who may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from claims.models import Anchor, Article, ArticleRevision
from claims.workflow.text_edits import change_text
from tests import factories as make
from tests.admin.article_texts import QUAKE, SECTIONS, anchored, flood, opened, page_of
from tests.admin.conftest import as_seen

pytestmark = pytest.mark.django_db


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
    assert "<del>Nine</del><ins>Ten</ins>" in as_seen(page)
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
    both = as_seen(contributor.get(url, {"before": "3", "after": "1"}))
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
