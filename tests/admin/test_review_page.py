"""The review page: what changed, three decisions, and who may take them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Claim, Dispute
from claims.workflow.evidence import change_assertion
from claims.workflow.review import submit_claim
from tests import factories as make
from tests.admin.conftest import hidden_of, messages_of
from tests.kept import made_once

pytestmark = pytest.mark.django_db


def url_of(claim: Claim) -> str:
    return reverse("admin:claims_claim_review", args=[claim.pk])


def decision(client: Client, claim: Claim, word: str, **changes: str) -> dict[str, Any]:
    form = client.get(url_of(claim)).context["form"]
    seen = {name: form[name].value() for name in ("witness", "revision")}
    return {**seen, "decision": word, "reason": "Read with care.", **changes}


@made_once
def changed() -> Claim:
    """A published claim of 60 and 97 whose 97 became 82, in review again."""
    claim = make.published_claim(60, 97).claim
    figure = claim.assertions.get(point=97)
    change_assertion(
        assertion=figure, by=make.contributor(), reason="Corrected.", point=Decimal(82)
    )
    return submit_claim(
        claim=Claim.objects.get(pk=claim.pk), by=make.contributor(), reason="Ready."
    )


def test_the_page_compares_the_desk_with_the_paper(editor: Client, changed: Claim) -> None:
    page = editor.get(url_of(changed))
    figures = {one.ref: one for one in page.context["comparison"]["figures"]}
    moved = next(one for one in figures.values() if one.sign == "changed")
    same = next(one for one in figures.values() if one.sign == "same")
    assert (moved.before["words"], moved.after["words"]) == ("97", "82")
    assert moved.shape_before.x > moved.shape_after.x > same.shape_after.x
    html = page.content.decode()
    assert "<del>97</del>" in html
    assert "<ins>82</ins>" in html
    assert html.count('class="strip ') == 3


def test_a_claim_that_was_never_published_is_all_new(editor: Client) -> None:
    page = editor.get(url_of(make.submitted_claim(97)))
    assert page.context["comparison"]["first"]
    assert b"everything here is new" in page.content


def test_approving_publishes_what_was_shown(editor: Client, changed: Claim) -> None:
    response = editor.post(url_of(changed), decision(editor, changed, "approve"), follow=True)
    version = changed.versions.get(is_current=True)
    assert messages_of(response) == [f"{changed.ref} is published as version 2."]
    assert (version.number, version.summary) == (2, "Corrected.")
    assert response.redirect_chain[0][0].endswith("?queue=review")


def test_returning_and_disputing_need_their_reason(editor: Client, changed: Claim) -> None:
    refused = editor.post(url_of(changed), decision(editor, changed, "return", reason=" "))
    assert "reason" in refused.context["form"].errors
    editor.post(url_of(changed), decision(editor, changed, "return", reason="No page."))
    changed.refresh_from_db()
    assert changed.state == "changes_requested"
    assert changed.events.last().comment == "No page."


def test_a_doubt_becomes_a_dispute(editor: Client, changed: Claim) -> None:
    editor.post(url_of(changed), decision(editor, changed, "dispute", reason="Two events?"))
    dispute = Dispute.objects.get(claim=changed, kind="editor")
    assert (dispute.reason, dispute.opened_by) == ("Two events?", make.editor())


def test_a_decision_on_an_older_reading_is_refused(editor: Client, changed: Claim) -> None:
    data = decision(editor, changed, "approve")
    figure = changed.assertions.get(point=82)
    change_assertion(assertion=figure, by=make.contributor(), reason="Again.", point=Decimal(83))
    submit_claim(claim=Claim.objects.get(pk=changed.pk), by=make.contributor(), reason="Ready.")
    response = editor.post(url_of(changed), data)
    assert response.status_code == 200
    assert b"changed since you read it" in response.content
    assert changed.versions.count() == 1
    assert b"<ins>83</ins>" in response.content


def test_a_forged_fingerprint_approves_nothing(editor: Client, changed: Claim) -> None:
    data = decision(editor, changed, "approve", witness="0" * 64)
    assert b"changed since you read it" in editor.post(url_of(changed), data).content
    assert changed.versions.count() == 1


def test_own_edits_are_shown_without_buttons_and_with_why(editor: Client) -> None:
    claim = make.claim(by=make.editor())
    make.figure(claim, 97)
    submit_claim(claim=claim, by=make.contributor(), reason="Ready.")
    page = editor.get(url_of(claim))
    assert b"Somebody else must decide" in page.content
    assert b'name="decision"' not in page.content
    posted = editor.post(url_of(claim), decision(editor, claim, "approve"))
    assert b"You changed" in posted.content
    assert not claim.versions.exists()


def test_contributors_read_the_page_and_decide_nothing(contributor: Client, changed: Claim) -> None:
    page = contributor.get(url_of(changed))
    assert page.status_code == 200
    assert b'name="decision"' not in page.content
    data = {"decision": "approve", "reason": "Mine.", "witness": "0" * 64, "revision": 1}
    assert contributor.post(url_of(changed), data).status_code == 403


def test_going_back_to_a_version_is_an_edit_for_review(
    contributor: Client, editor: Client, changed: Claim
) -> None:
    first = changed.versions.get()
    url = reverse("admin:claims_claim_revert", args=[changed.pk])
    version = contributor.get(reverse("admin:claims_claimversion_change", args=[first.pk]))
    assert f'href="{url}?to=v1"' in version.content.decode()
    page = contributor.post(url, {"_show": "1", "to": "v1"})
    assert not page.context["comparison"]["unchanged"]
    response = contributor.post(url, {**hidden_of(page), "reason": "The correction was wrong."})
    assert response.url == url_of(changed)
    changed.refresh_from_db()
    assert changed.state == "in_review"
    assert changed.assertions.filter(point=97).exists()
    assert changed.versions.count() == 1
    assert editor.get(url_of(changed)).context["comparison"]["unchanged"]


def test_comments_stay_on_the_desk_until_dealt_with(editor: Client, changed: Claim) -> None:
    url = reverse("admin:claims_claim_comment", args=[changed.pk])
    editor.post(url, {"body": "Which list is it?"})
    comment = changed.comments.get()
    page = reverse("admin:claims_claim_change", args=[changed.pk])
    assert b"Which list is it?" in editor.get(page).content
    editor.post(reverse("admin:claims_comment_resolve", args=[comment.pk]))
    comment.refresh_from_db()
    assert (comment.author, comment.resolved_by) == (make.editor(), make.editor())


def test_the_claim_page_shows_figures_by_source(editor: Client) -> None:
    claim = make.submitted_claim(60, 97)
    page = editor.get(reverse("admin:claims_claim_change", args=[claim.pk]))
    rows = page.context["evidence"]["rows"]
    assert [row["figure"]["words"] for row in rows] == ["60", "97"]
    assert [row["tested"] for row in rows] == ["60", "97"]
    assert b"disputed, major" in page.content


@pytest.mark.parametrize("kind", ["date", "party", "boolean", "text"])
def test_every_kind_of_value_has_its_page_and_its_form(editor: Client, kind: str) -> None:
    values = {
        "date": {"edtf": "2012-01-16/2012-01-17"},
        "party": {"parties": [make.party("MNLA")], "party_mode": "joint"},
        "boolean": {"boolean": True},
        "text": {"text": "a uranium mine"},
    }
    claim = make.claim(value_kind=kind)
    figure = make.figure(claim, **values[kind])
    for url in (
        url_of(claim),
        reverse("admin:claims_claim_change", args=[claim.pk]),
        reverse("admin:claims_assertion_change", args=[figure.pk]),
    ):
        assert editor.get(url).status_code == 200


def test_a_diff_tells_screen_readers_what_goes_and_comes_and_glues_no_words(
    editor: Client, contributor: Client, changed: Claim
) -> None:
    page = editor.get(url_of(changed)).content.decode()
    gone = '<span class="visually-hidden"> removed: </span><del>97</del>'
    assert f'{gone}<span class="visually-hidden"> added: </span><ins>82</ins>' in page
    text = re.sub(r"<[^>]*>", "", page)
    assert "9782" not in text
    assert "removed: 97 added: 82" in text


def test_after_a_decision_comes_the_next_claim_that_one_may_review(editor: Client) -> None:
    first, second = make.submitted_claim(1), make.submitted_claim(2)
    own = make.claim(by=make.editor())
    make.figure(own, 3)
    submit_claim(claim=own, by=make.contributor(), reason="Ready.")
    third = make.submitted_claim(4)
    assert editor.get(url_of(third)).context["next"] == second.pk  # without one's own
    assert f'href="{url_of(first)}"' in editor.get(url_of(second)).content.decode()
    answers = [editor.post(url_of(one), decision(editor, one, "approve")) for one in
               (second, first, third)]  # fmt: skip
    queue = f"{reverse('admin:claims_claim_changelist')}?queue=review"
    assert [answer.url for answer in answers] == [url_of(first), url_of(third), queue]
