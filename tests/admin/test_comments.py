"""Names in comments: who is told, who is not there, and comments on the review page."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from claims.models import Claim, Comment, Notification
from claims.workflow.comments import write_comment
from claims.workflow.named_accounts import accounts_named_in
from claims.workflow.review import submit_claim
from tests import factories as make
from tests.admin.conftest import messages_of

pytestmark = pytest.mark.django_db


def page_of(claim: Claim, name: str) -> str:
    return reverse(f"admin:claims_claim_{name}", args=[claim.pk])


@pytest.mark.parametrize(
    ("text", "named", "unknown"),
    [
        ("@second_editor please look", ["second_editor"], []),
        ("Look, @second_editor.", ["second_editor"], []),
        ("(@second_editor, @chief)", ["chief", "second_editor"], []),
        ("@second_editor @second_editor", ["second_editor"], []),
        ("@j.r. and @j.r", ["j.r", "j.r."], []),
        ("@Second_editor", [], ["Second_editor"]),
        ("@nobody... and @nobody", [], ["nobody"]),
        ("mail chief@example.org, see https://example.org/@chief", [], []),
        ("@ chief", [], []),
        ("@retired @guest", [], ["retired", "guest"]),
    ],
)
def test_whom_a_text_names(text: str, named: list[str], unknown: list[str]) -> None:
    for name in ("second_editor", "chief", "j.r", "j.r."):
        make.account("editor", name)
    User.objects.create_user("retired", is_staff=True, is_active=False)
    User.objects.create_user("guest")
    found = accounts_named_in(text)
    assert sorted(one.username for one in found.accounts) == named
    assert list(found.unknown) == unknown


def test_a_named_account_is_told_once_and_followers_beside_it() -> None:
    claim = make.claim()
    make.second_editor()
    write_comment(claim=claim, by=make.editor(), body="@second_editor @editor please look")
    told = Notification.objects.order_by("account__username")
    assert [(one.account.username, one.action) for one in told] == [
        ("contributor", "commented"),
        ("second_editor", "named"),
    ]
    assert str(told[1]) == f"{claim.ref}: you were mentioned in a comment by editor"
    write_comment(claim=claim, by=make.chief(), body="@contributor which list?")
    own = Notification.objects.filter(account=make.contributor()).order_by("pk")
    assert [one.action for one in own] == ["commented", "named"]


@pytest.mark.parametrize("door", ["comment", "review"])
def test_a_name_of_nobody_is_flagged_at_both_doors(editor: Client, door: str) -> None:
    claim = make.submitted_claim(97)
    data = {"body": "@chif look, @nobody too", "comment": "1"}
    answer = editor.post(page_of(claim, door), data, follow=True)
    assert messages_of(answer) == [
        f"{claim.ref}: commented.",
        "Nobody was told: no accounts of the desk are called @chif, @nobody.",
    ]
    assert Comment.objects.get().body == "@chif look, @nobody too"


def test_a_comment_on_the_review_page_decides_nothing(editor: Client) -> None:
    claim = make.submitted_claim(97)
    page = editor.get(page_of(claim, "review"))
    seen = {name: page.context["form"][name].value() for name in ("witness", "revision")}
    answer = editor.post(
        page_of(claim, "review"), {"body": "Which list?", "comment": "1"}, follow=True
    )
    assert answer.redirect_chain[0][0] == f"{page_of(claim, 'review')}#comments-heading"
    assert "Which list?" in answer.content.decode()
    claim.refresh_from_db()
    assert claim.state == "in_review"
    data = {**seen, "decision": "approve", "reason": "Read before the comment."}
    editor.post(page_of(claim, "review"), data)
    claim.refresh_from_db()
    assert claim.state == "published"


@pytest.mark.parametrize("body", ["", " ", "x" * 10_001])
def test_an_empty_or_overlong_comment_is_refused_at_its_input(editor: Client, body: str) -> None:
    claim = make.submitted_claim(97)
    answer = editor.post(page_of(claim, "review"), {"body": body, "comment": "1"})
    assert answer.context["remark"].errors["body"]
    assert not Comment.objects.exists()


def test_contributors_comment_on_the_review_page_too(contributor: Client) -> None:
    claim = make.claim()
    make.figure(claim, 97)
    claim = submit_claim(claim=claim, by=make.contributor(), reason="Ready.")
    contributor.post(page_of(claim, "review"), {"body": "See page 7.", "comment": "1"})
    assert Comment.objects.get().author == make.contributor()


def test_who_may_not_write_on_the_desk_may_not_comment(signed_in: Any) -> None:
    claim = make.submitted_claim(97)
    client = signed_in(make.account("administrator"))
    answer = client.post(page_of(claim, "review"), {"body": "Hello.", "comment": "1"})
    assert answer.status_code == 403
    assert not Comment.objects.exists()
