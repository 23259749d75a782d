"""A text comes in on the desk, and what became of it is told; so it is for dumps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from benchmarks.dump import write_dump
from claims.admin import imports
from claims.importers.dump.run import begin_import, import_pages
from claims.importers.dump.survey import survey_dump
from claims.importers.pages import import_waiting
from claims.importers.uploads import note_upload
from claims.models import Anchor, Article, Claim, ImportedPage, ImportRun
from claims.workflow.articles import add_article
from claims.workflow.evidence import withdraw_assertion
from tests import factories as make
from tests.admin.conftest import errors_of

pytestmark = pytest.mark.django_db
ADD = "/admin/claims/importrun/add/"
FLOOD = "= Flood of Arden =\n\nOn 4 May 1987 ten people were killed in Arden.\n"
RAID = "Holt said that 60 people were killed in Arden. Radio Corvin said that 97 were killed there."


def post(client: Client, **data: Any) -> Any:
    given = {"text": "", "title": "", "format": "auto", "language": "en", **data}
    return client.post(ADD, given)


@pytest.fixture
def at_once(django_capture_on_commit_callbacks: Any) -> Any:
    """Run what follows the commit, as a request does: at_once(client, text=...)."""

    def upload(client: Client, **data: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            answer = post(client, **data)
        return client.get(answer["Location"]) if answer.status_code == 302 else answer

    return upload


def test_pasted_text_becomes_drafts_and_a_summary(contributor: Client, at_once: Any) -> None:
    page = at_once(contributor, text=RAID.replace("\n", "\r\n"), title="Raid on Arden")
    claim = Claim.objects.get()
    assert page.context["tally"]["claims"] == 1
    assert page.context["tally"]["figures"] == 2
    assert (page.context["tally"]["conflicts"], page.context["tally"]["sources"]) == (1, 2)
    text = page.content.decode()
    assert reverse("admin:claims_claim_change", args=[claim.pk]) in text
    assert "Review imported drafts" in text
    assert "data-again" not in text
    assert claim.last_edited_by.username == "contributor"


def test_file_is_named_after_its_name_and_its_heading_counts_first(
    contributor: Client, at_once: Any
) -> None:
    at_once(contributor, file=SimpleUploadedFile("raid_on-arden.txt", RAID.encode()))
    at_once(contributor, file=SimpleUploadedFile("other.txt", FLOOD.encode()))
    assert list(Article.objects.order_by("pk").values_list("title", flat=True)) == [
        "raid on arden",
        "Flood of Arden",
    ]


def test_uploading_again_adds_nothing_and_says_so(contributor: Client, at_once: Any) -> None:
    at_once(contributor, text=FLOOD)
    page = at_once(contributor, text=FLOOD)
    assert page.context["tally"]["unchanged"] == 1
    assert (Article.objects.count(), Claim.objects.count()) == (1, 1)


def test_article_that_the_desk_has_gets_a_revision(contributor: Client, at_once: Any) -> None:
    words = {"title": "Flood of Arden", "text": "Old.", "slug": "elsewhere"}
    article = add_article(by=make.contributor(), reason="First.", **words).article
    at_once(contributor, text=FLOOD)
    assert article.revisions.count() == 2
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({}, "__all__", "one of the two"),
        ({"text": "   \n"}, "__all__", "one of the two"),
        ({"text": RAID}, "title", "does not name itself"),
        ({"text": FLOOD, "format": "html"}, "format", "not one of the available choices"),
        ({"text": "<html><p>60 died"}, "text", "an HTML page"),
        ({"text": FLOOD, "title": "x" * 301}, "title", "at most 300"),
        ({"text": FLOOD, "language": "no such <tag>"}, "language", "the tag of a language"),
        ({"text": FLOOD + "x" * 2**20}, "text", "upload a file instead"),
        ({"text": "= T =\n\nTen \x81 died."}, "text", "U+0081"),
    ],
)
def test_what_cannot_come_in_is_refused_at_its_field(
    contributor: Client, data: dict[str, str], field: str, words: str
) -> None:
    found = errors_of(post(contributor, **data))
    assert words in " ".join(found[field])
    assert not ImportRun.objects.exists()


def test_title_that_is_too_long_is_not_told_to_be_missing(contributor: Client) -> None:
    assert len(errors_of(post(contributor, text=RAID, title="x" * 301))["title"]) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"%PDF-1.7 x", "a PDF file"), (b"\xff\xfeT", "UTF-16"), (b"a\x00b", "NUL"), (b"", "empty")],
)
def test_file_that_is_no_text_is_refused(contributor: Client, content: bytes, words: str) -> None:
    found = errors_of(post(contributor, file=SimpleUploadedFile("a.txt", content)))
    assert words in " ".join(found["file"])


def test_file_over_the_limit_is_refused(contributor: Client, settings: Any) -> None:
    settings.FACTBASE_LIMITS = {**settings.FACTBASE_LIMITS, "request_bytes": 20}
    found = errors_of(post(contributor, file=SimpleUploadedFile("a.txt", FLOOD.encode())))
    assert "the limit is 20" in " ".join(found["file"])


def test_text_that_leads_to_no_article_is_told(contributor: Client, at_once: Any) -> None:
    page = at_once(contributor, text="1\n" * 30_000, title="Numbers")
    assert page.context["tally"]["rejected"] == 1
    assert ImportedPage.objects.get().refusal in page.content.decode()


def test_long_text_waits_for_a_worker_and_shows_how_far_it_is(
    contributor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued: list[ImportedPage] = []
    monkeypatch.setattr(imports, "AT_ONCE", 10)
    monkeypatch.setattr(imports, "enqueue_page", queued.append)
    answer = post(contributor, text=FLOOD)
    page = contributor.get(answer["Location"]).content.decode()
    assert "0 of 1 dealt with" in page
    assert "data-again" in page
    assert import_waiting(queued[0]).outcome == "imported"
    assert "data-again" not in contributor.get(answer["Location"]).content.decode()


def test_waiting_text_is_taken_in_by_a_button(
    contributor: Client, signed_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    page = note_upload(FLOOD, by=make.contributor(), file_name="a.txt", title="A")
    url = f"/admin/claims/importrun/{page.run_id}/change/"
    shown = contributor.get(url).content.decode()
    assert "The rest waits to be taken in." in shown
    assert "Take them in now" in shown
    administrator = signed_in(make.account("administrator"))
    assert "Take them in now" not in administrator.get(url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = contributor.post(f"/admin/claims/importrun/{page.run_id}/take-in/")
    assert answer["Location"] == url
    page.refresh_from_db()
    assert page.outcome == "imported"
    assert "Take them in now" not in contributor.get(url).content.decode()


def test_taking_in_asks_for_the_token_of_the_form(contributor: Client) -> None:
    page = note_upload(FLOOD, by=make.contributor(), file_name="a.txt", title="A")
    contributor.handler.enforce_csrf_checks = True
    assert contributor.post(f"/admin/claims/importrun/{page.run_id}/take-in/").status_code == 403


def test_claims_beyond_the_first_are_told_of_and_disputed_ones_stand_first(
    contributor: Client, at_once: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "SHOWN", 1)
    page = at_once(contributor, text=f"= Raid =\n\nOn 4 May 1987 ten were injured in Holt. {RAID}")
    found = Claim.objects.count()
    assert found > 1
    assert [claim.contention for claim in page.context["claims"]] == ["disputed"]
    assert f"These are the first 1 of {found}." in page.content.decode()


def test_text_that_waits_already_is_refused(contributor: Client) -> None:
    run = note_upload(FLOOD, by=make.contributor(), file_name="a.txt", title="A").run
    ImportRun.objects.filter(pk=run.pk).update(finished_at=None)
    found = errors_of(post(contributor, text=FLOOD))
    assert "unfinished" in " ".join(found["__all__"])


def test_dump_shows_its_pages_and_what_was_rejected(editor: Client, tmp_path: Path) -> None:
    path = tmp_path / "dump.xml"
    write_dump(path, 3)
    survey, by = survey_dump(path, 100_000), make.contributor()
    run = begin_import(survey, by=by, resume=False)
    assert len(list(import_pages(survey, run, by=by))) == 3
    ImportedPage.objects.create(
        run=run, position=10**6, title="Odd", outcome="rejected", rule="text", refusal="No text."
    )
    page = editor.get(f"/admin/claims/importrun/{run.pk}/change/")
    assert page.context["tally"]["imported"] == 3
    assert page.context["tally"]["doubts"] == sum(p.doubts for p in ImportedPage.objects.all())
    assert page.context["claims"] == []
    assert "No text." in page.content.decode()
    listed = editor.get(f"/admin/claims/importedpage/?run__id__exact={run.pk}&outcome=rejected")
    assert [row.title for row in listed.context["cl"].result_list] == ["Odd"]


def test_page_of_a_large_import_is_cut_and_links_to_all(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "SHOWN", 1)
    run = note_upload(FLOOD, by=make.contributor(), file_name="a.txt", title="A").run
    ImportedPage.objects.create(
        run=run, position=1, title="Odd", outcome="rejected", rule="text", refusal="No text."
    )
    page = editor.get(f"/admin/claims/importrun/{run.pk}/change/").content.decode()
    assert f"/admin/claims/importedpage/?run__id__exact={run.pk}" in page
    assert "Odd" not in page


def test_statement_that_a_changed_text_lost_is_listed_for_an_editor(
    contributor: Client, editor: Client, at_once: Any
) -> None:
    at_once(contributor, text=FLOOD)
    claim = Claim.objects.get()
    page = at_once(contributor, text=FLOOD.replace("ten people", "82 people"))
    assert page.context["lost"] == 1
    queue = editor.get("/admin/claims/claim/?queue=lost")
    assert list(queue.context["cl"].result_list) == [claim]
    assert "lost in the text" in queue.content.decode()
    form = editor.get(f"/admin/claims/claim/{claim.pk}/change/")
    assert [anchor.exact for anchor in form.context["lost"]] == ["ten"]
    (lost,) = form.context["lost"]
    withdraw_assertion(assertion=lost.assertion, by=make.editor(), reason="The text says 82.")
    assert list(editor.get("/admin/claims/claim/?queue=lost").context["cl"].result_list) == []


def test_statement_that_was_lost_in_two_places_counts_once(
    contributor: Client, at_once: Any
) -> None:
    twice = FLOOD + "\nOn 4 May 1987 ten people were killed in Arden.\n"
    at_once(contributor, text=twice)
    page = at_once(contributor, text="= Flood of Arden =\n\nIt rained in Arden.\n")
    assert Anchor.objects.lost().count() == 2
    assert page.context["lost"] == 1


def test_statement_that_a_still_later_text_holds_is_not_lost(
    contributor: Client, at_once: Any
) -> None:
    for text in (FLOOD, FLOOD.replace("ten people", "82 people"), FLOOD + "\nNo more.\n"):
        at_once(contributor, text=text)
    page = contributor.get(f"/admin/claims/claim/{Claim.objects.get().pk}/change/")
    assert [anchor.exact for anchor in page.context["lost"]] == ["82"]
