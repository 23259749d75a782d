"""The page of one's notifications, the badge of every page, and the button that watches."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Claim, Notification, Watch
from claims.workflow.claims import edit_claim
from claims.workflow.review import return_claim
from tests import factories as make
from tests.admin.conftest import messages_of

pytestmark = pytest.mark.django_db
PAGE, WATCH, WATCHING = (
    reverse(f"admin:{name}") for name in ("notifications", "watch", "watching")
)


def badge(client: Client) -> str:
    html = client.get(reverse("admin:keys")).content.decode()
    found = re.search(r'<span class="count">(\d+\+?)<', html)
    return found[1] if found else ""


def returned(reason: str = "The page is missing.") -> Claim:
    return return_claim(claim=make.submitted_claim(97), by=make.editor(), reason=reason)


def test_a_return_is_read_on_the_page_with_its_reason_and_a_link(contributor: Client) -> None:
    claim = returned()
    html = contributor.get(PAGE).content.decode()
    assert f'<a href="/admin/claims/claim/{claim.pk}/change/">{claim.ref}</a>' in html
    assert "<strong>returned by editor</strong>: The page is missing." in html
    assert claim.question in html


def test_one_line_is_read_then_all(contributor: Client) -> None:
    for number in range(3):
        returned(f"Reason {number}.")
    assert badge(contributor) == "3"
    first = Notification.objects.order_by("pk").first()
    assert first is not None
    answer = contributor.post(PAGE, {"read": str(first.pk)}, follow=True)
    assert messages_of(answer) == ["1 line read."]
    assert badge(contributor) == "2"
    lines = answer.context["lines"]
    assert [line.read_at is None for line in lines] == [True, True, False]
    assert lines[-1].pk == first.pk
    answer = contributor.post(PAGE, {"read": "all"}, follow=True)
    assert messages_of(answer) == ["2 lines read."]
    assert badge(contributor) == ""
    assert "Mark" not in answer.content.decode()


def test_nobody_reads_or_marks_the_lines_of_others(contributor: Client, editor: Client) -> None:
    returned()
    line = Notification.objects.get(account=make.contributor())
    assert "The page is missing." not in editor.get(PAGE).content.decode()
    editor.post(PAGE, {"read": str(line.pk)})
    editor.post(PAGE, {"read": "all"})
    line.refresh_from_db()
    assert line.read_at is None


@pytest.mark.parametrize("asked", ["", "none", "1' OR 1", "9" * 30])
def test_a_line_that_is_none_is_refused_in_words(contributor: Client, asked: str) -> None:
    returned()
    answer = contributor.post(PAGE, {"read": asked}, follow=True)
    assert messages_of(answer) == ["Choose a line, or all of them."]
    assert badge(contributor) == "1"


def test_the_badge_counts_no_further_than_it_says(contributor: Client) -> None:
    by = make.contributor()
    row = {"account": by, "action": "edited", "noun": "claim", "numbers": [1], "words": "x"}
    row["at"] = by.date_joined
    Notification.objects.bulk_create([Notification(**row, gist=str(one)) for one in range(120)])
    assert badge(contributor) == "99+"


def test_the_page_costs_the_same_for_one_line_and_for_nine(contributor: Client) -> None:
    spent = []
    for more in (1, 8):
        for number in range(more):
            returned(f"Reason {more} {number}.")
        with CaptureQueriesContext(connection) as queries:
            contributor.get(PAGE)
        spent.append(len(queries))
    assert spent[0] == spent[1] < 15


def rows() -> list[tuple[str, int]]:
    claim = make.claim()
    source = make.source()
    article = make.article().article
    return [
        ("claim", claim.pk),
        ("source", source.pk),
        ("subject", claim.subject_id),
        ("article", article.pk),
    ]


def test_each_page_of_a_row_offers_to_watch_it_and_then_to_stop(signed_in: Any) -> None:
    watched, editor = rows(), signed_in(make.second_editor())  # who wrote none of them
    for noun, number in watched:
        address = f"/admin/claims/{noun}/{number}/change/"
        page = editor.get(address)
        assert page.context["watched"] == {"noun": noun, "number": number, "is_on": False}
        assert 'name="on" value="1">Watch<' in page.content.decode()
        answer = editor.post(WATCH, {"noun": noun, "number": str(number), "on": "1"}, follow=True)
        assert answer.redirect_chain[0][0] == address
        assert 'name="on" value="0">Stop watching<' in answer.content.decode()
    listed = editor.get(WATCHING).content.decode()
    assert all(f"/admin/claims/{noun}/{number}/change/" in listed for noun, number in watched)
    assert listed.count("Stop watching") == 4
    editor.post(WATCH, {"noun": "source", "number": str(watched[1][1]), "on": "0"})
    assert editor.get(WATCHING).content.decode().count("Stop watching") == 3


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"noun": "party", "number": "1"}, "noun: one of"),
        ({"noun": "claim", "number": "0"}, "There is no claim 0."),
        ({"noun": "claim", "number": "x"}, "There is no claim 0."),
    ],
)
def test_what_is_not_there_is_not_watched(editor: Client, row: dict, words: str) -> None:
    answer = editor.post(WATCH, {**row, "on": "1"}, follow=True)
    assert words in messages_of(answer)[0]
    assert not Watch.objects.exists()


def test_an_author_stops_hearing_of_an_own_claim(contributor: Client) -> None:
    claim = make.claim()
    address = f"/admin/claims/claim/{claim.pk}/change/"
    assert "Stop watching" in contributor.get(address).content.decode()
    contributor.post(WATCH, {"noun": "claim", "number": str(claim.pk), "on": "0"})
    edit_claim(claim=claim, by=make.editor(), reason="Narrower.", population="soldiers")
    assert badge(contributor) == ""


def test_the_list_of_what_one_watches_costs_the_same_for_one_and_for_nine(editor: Client) -> None:
    spent = []
    for more in (1, 8):
        for _ in range(more):
            Watch(account=make.editor(), noun="claim", number=make.claim().pk).save()
        with CaptureQueriesContext(connection) as queries:
            editor.get(WATCHING)
        spent.append(len(queries))
    assert spent[0] == spent[1]


def test_staff_without_rights_see_no_lines() -> None:
    client = Client()
    client.force_login(User.objects.create_user("guest", is_staff=True))
    assert client.get(PAGE).status_code == client.get(WATCHING).status_code == 403
    assert client.post(WATCH, {"noun": "claim", "number": "1", "on": "1"}).status_code == 403
