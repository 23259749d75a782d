"""The desk's pages of corrections: a line, a diff, a decision, and the rest in the background."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.choices import CorrectionState
from claims.models import ClaimVersion, Correction, Source
from claims.tasks import publish_correction
from claims.workflow import corrections
from claims.workflow.articles import edit_article
from claims.workflow.corrections import approve_correction
from claims.workflow.measures import edit_measure
from claims.workflow.parties import edit_party
from claims.workflow.sources import edit_source
from claims.workflow.subjects import edit_subject
from tests import factories as make
from tests.admin.conftest import as_seen, hidden_of, messages_of

pytestmark = pytest.mark.django_db
LIST = "/admin/claims/correction/"


def by(**fields: Any) -> dict[str, Any]:
    return {"by": make.contributor(), "reason": "A slip.", **fields}


def waiting(*points: int, **changes: Any) -> Correction:
    """A correction of a source that as many claims cite."""
    fields = {"url": "https://old.example/a", "url_status": "live"}
    source = make.source("Old words", **fields)
    for point in points:
        claim = make.claim()
        make.figure(claim, point, source=source)
        make.approve(claim)
    edit_source(source=source, **by(**(changes or {"title": "New words"})))
    return Correction.objects.order_by("pk").last()  # type: ignore[return-value]


def url_of(item: Correction) -> str:
    return reverse("admin:claims_correction_review", args=[item.pk])


def decision(client: Client, item: Correction, word: str) -> dict[str, str]:
    return {**hidden_of(client.get(url_of(item))), "decision": word, "reason": "Looked up."}


def shows(words: str) -> int:
    return ClaimVersion.objects.public().filter(payload__contains=words).count()


def lines(client: Client, **asked: str) -> list[str]:
    page = client.get(LIST, asked)
    model_admin = page.context["cl"].model_admin
    found = [model_admin.what(item) for item in page.context["cl"].result_list]
    return [str(one).partition(">")[2].removesuffix("</a>") for one in found]


def test_the_list_says_which_row_what_changed_and_for_how_many_claims(editor: Client) -> None:
    item = waiting(1, 2, 3, 4, 5)
    assert lines(editor) == [f"S{item.number}: title changed; 5 claims"]
    page = editor.get(LIST).content.decode()
    assert "contributor" in page
    assert "A slip." in page


def test_the_list_names_rows_of_every_register(editor: Client) -> None:
    speaker, subject = make.party("Mayor"), make.subject("Fire")
    revision = make.article("Mill", "Some 47 men died.")
    claim = make.claim(subject=subject)
    place = {"revision": revision, "start": 5, "end": 11}
    make.figure(claim, 47, speaker=speaker, anchors=[place])
    make.approve(claim)
    edit_party(party=speaker, **by(name="Lord mayor", description="since 2009"))
    edit_subject(subject=subject, **by(place="Arden"))
    edit_measure(measure=claim.measure, **by(label="lost"))
    edit_article(article=revision.article, **by(title="The mill", licence="CC0"))
    assert set(lines(editor)) == {
        f"P{speaker.pk}: name, description changed; 1 claim",
        f"T{subject.pk}: place changed; 1 claim",
        f"{claim.measure.slug}: label changed; 1 claim",
        f"A{revision.article_id}: title, licence changed; 1 claim",
    }
    for item in Correction.objects.all():
        assert editor.get(url_of(item)).status_code == 200


def test_the_list_costs_the_same_for_one_correction_and_for_nine(editor: Client) -> None:
    waiting(1)
    approve_correction(correction=waiting(2), by=make.second_editor(), reason="x")
    with CaptureQueriesContext(connection) as few:
        editor.get(LIST)
    for point in range(8):
        waiting(point)
        approve_correction(correction=waiting(9), by=make.second_editor(), reason="x")
    with CaptureQueriesContext(connection) as many:
        editor.get(LIST)
    assert len(many) == len(few)


def test_every_state_is_a_filter(editor: Client) -> None:
    waiting(1)
    done = waiting(2)
    approve_correction(correction=done, by=make.second_editor(), reason="x")
    assert len(lines(editor, state__exact="waiting")) == 1
    assert lines(editor, state__exact="published") == [f"S{done.number}: title changed; 1 claim"]
    for state in ("publishing", "returned", "void"):
        assert lines(editor, state__exact=state) == []


def test_the_page_shows_each_state_that_readers_have(editor: Client) -> None:
    item = waiting(1, 2, url="https://new.example/a", authors="Writer")
    approve_correction(correction=item, by=make.second_editor(), reason="x")
    source = Source.objects.get(pk=item.number)
    claim = make.claim()
    make.figure(claim, 3, source=source)
    make.approve(claim)
    edit_source(source=source, **by(title="Best words"))
    edit_source(source=source, **by(url="https://best.example/a"))
    item = Correction.objects.waiting().get()
    page = editor.get(url_of(item))
    html = as_seen(page)
    assert [change["claims"] for change in page.context["changes"]] == [3]
    assert "<del>Old</del><ins>Best</ins> words" in html
    assert "<del>https://new.example/a</del>" in html
    link = '<a href="https://best.example/a" rel="noopener noreferrer"><ins>https://best'
    assert link in html
    assert "A slip." in html
    assert claim.question in html


def test_rows_shown_in_two_ways_have_a_diff_each(editor: Client) -> None:
    press = make.party("Post", kind="outlet")
    claim = make.claim()
    make.figure(claim, 1, source=make.source("Report", publisher=press))
    make.approve(claim)
    other = make.claim()
    make.figure(other, 2, speaker=press)
    make.approve(other)
    edit_party(party=press, **by(name="Evening Post", description="a daily"))
    page = editor.get(url_of(Correction.objects.get()))
    shown = [
        {member.label for member in change["entry"].members if member.changed}
        for change in page.context["changes"]
    ]
    assert sorted(shown, key=len) == [{"name"}, {"name", "description"}]


def test_data_of_an_article_that_no_claim_shows_stand_there_too(editor: Client) -> None:
    revision = make.article("Mill", "Some 47 men died.")
    edit = {"origin_url": "https://origin.example/b", "licence": "CC0", "language": "fr"}
    edit_article(article=revision.article, **by(**edit))
    html = editor.get(url_of(Correction.objects.get())).content.decode()
    for words in ("https://origin.example/b", "CC0", "fr"):
        assert f"<ins>{words}</ins>" in html


def test_approving_publishes_for_all(
    editor: Client, django_capture_on_commit_callbacks: Any
) -> None:
    item = waiting(1, 2)
    answer = editor.post(url_of(item), decision(editor, item, "approve"), follow=True)
    assert messages_of(answer) == ["The correction is approved."]
    item.refresh_from_db()
    assert (item.state, item.approved_by) == (CorrectionState.PUBLISHED, make.editor())
    assert (shows("New words"), shows("Old words")) == (2, 0)


def test_what_one_transaction_leaves_is_done_by_the_queue(
    editor: Client, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(corrections, "PIECE", 2)
    item = waiting(1, 2, 3, 4, 5)
    data = decision(editor, item, "approve")
    with django_capture_on_commit_callbacks() as queued:
        editor.post(url_of(item), data)
    assert shows("New words") == 2
    page = editor.get(url_of(item)).content.decode()
    assert "2 of 5 claims have it" in page
    assert '<progress max="5" value="2">' in page
    assert lines(editor, state__exact="publishing") == [f"S{item.number}: title changed; 5 claims"]
    for callback in queued:
        callback()
    assert (shows("New words"), shows("Old words")) == (5, 0)
    item.refresh_from_db()
    assert item.state == CorrectionState.PUBLISHED
    before = ClaimVersion.objects.count()
    publish_correction.call(item.pk)
    assert ClaimVersion.objects.count() == before


def test_returning_leaves_readers_what_they_have(editor: Client) -> None:
    item = waiting(1)
    editor.post(url_of(item), decision(editor, item, "return"))
    item.refresh_from_db()
    assert (item.state, shows("New words")) == (CorrectionState.RETURNED, 0)


@pytest.mark.parametrize("change", [{"title": "Evil words"}, {"authors": "Somebody"}])
def test_a_decision_on_an_older_reading_is_refused(editor: Client, change: dict[str, str]) -> None:
    item = waiting(1)
    data = decision(editor, item, "approve")
    edit_source(source=Source.objects.get(pk=item.number), **by(**change))
    answer = editor.post(url_of(item), data)
    assert b"changed since you read it" in answer.content
    assert (shows("New words"), shows("Evil words")) == (0, 0)


def test_a_reason_that_nobody_read_is_not_published(editor: Client) -> None:
    speaker = make.party("Mayor")
    claim = make.claim()
    make.figure(claim, 47, speaker=speaker)
    make.approve(claim)
    edit_party(party=speaker, **by(name="Lord mayor"))
    item = Correction.objects.get()
    data = decision(editor, item, "approve")
    edit_party(party=speaker, **by(aliases=["The lord"], reason="Minister X is a liar."))
    answer = editor.post(url_of(item), data)
    assert b"changed since you read it" in answer.content
    assert shows("liar") == 0


def test_authors_see_why_they_cannot_decide(editor: Client) -> None:
    item = waiting(1)
    edit_source(source=Source.objects.get(pk=item.number), **by(by=make.editor(), authors="E"))
    page = editor.get(url_of(item))
    assert b"Somebody else must decide" in page.content
    assert b'name="decision"' not in page.content
    data = {"decision": "approve", "reason": "Mine.", "witness": "0" * 64}
    assert b"somebody else must approve it" in editor.post(url_of(item), data).content
    assert shows("New words") == 0


def test_contributors_look_and_decide_nothing(contributor: Client) -> None:
    item = waiting(1)
    page = contributor.get(url_of(item))
    assert page.status_code == 200
    assert b'name="decision"' not in page.content
    data = {"decision": "approve", "reason": "Mine.", "witness": "0" * 64}
    assert contributor.post(url_of(item), data).status_code == 403


def test_the_row_of_the_list_leads_to_the_page(editor: Client) -> None:
    item = waiting(1)
    assert f'<a href="{url_of(item)}">' in editor.get(LIST).content.decode()
    assert editor.get(f"{LIST}{item.pk}/change/").url == url_of(item)  # type: ignore[attr-defined]


def test_corrections_and_takedowns_stand_in_the_queue(editor: Client) -> None:
    waiting(1)
    for page in (editor.get("/admin/"), editor.get("/admin/claims/claim/")):
        found = page.context.get("tiles") or page.context["tabs"]
        counts = {str(one["label"]): one["count"] for one in found}
        assert counts["Corrections to review"] == "1"
        assert counts["Takedowns to confirm"] == "0"
