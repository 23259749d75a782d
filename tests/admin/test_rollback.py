"""The pages about an account: what it did, what taking it back would do, what came of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.models import Act, Claim, Notification
from claims.workflow.claims import edit_claim
from claims.workflow.review import return_claim
from tests import factories as make

pytestmark = pytest.mark.django_db


def page_of(name: str, of: Any) -> str:
    return reverse(f"admin:{name}", args=[of.pk])


@pytest.fixture
def vandalised() -> Claim:
    claim = make.published_claim(60, question="How many fell at the mill?").claim
    by = make.account("contributor", "vandal")
    return edit_claim(claim=claim, population="nobody at all", by=by, reason="lol")


def since() -> str:
    return (timezone.now() - dt.timedelta(days=1)).strftime("%Y-%m-%d %H:%M")


def test_it_is_shown_first_then_done_with_a_result_per_row(
    chief: Client, vandalised: Claim
) -> None:
    page = page_of("rollback", make.account("contributor", "vandal"))
    before = (Act.objects.count(), Notification.objects.count())
    shown = chief.post(page, {"since": since(), "show": "1"})
    html = shown.content.decode()
    assert "What it would do" in html
    assert "reverted, goes before reviewers" in html
    assert "nobody at all" in html  # the change, as the review page tells it
    assert (Act.objects.count(), Notification.objects.count()) == before
    vandalised.refresh_from_db()
    assert (vandalised.state, vandalised.population) == ("draft", "nobody at all")
    assert "Take it back" in html

    done = chief.post(page, {"since": since(), "reason": "Vandalism.", "do": "1"})
    html = done.content.decode()
    assert "What came of it" in html
    assert "reverted, goes before reviewers" in html
    vandalised.refresh_from_db()
    assert (vandalised.state, vandalised.population) == ("in_review", "")
    assert vandalised.events.latest("pk").comment == "Vandalism."


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"since": "yesterday-ish", "reason": "x"}, "since"),
        ({"since": "", "reason": "x"}, "since"),
        ({"since": "2020-01-01 00:00", "reason": ""}, "reason"),
    ],
)
def test_a_moment_and_a_reason_are_asked_for(
    chief: Client, vandalised: Claim, data: dict[str, str], field: str
) -> None:
    page = page_of("rollback", make.account("contributor", "vandal"))
    answer = chief.post(page, {**data, "do": "1"})
    assert answer.context["form"].errors[field]
    vandalised.refresh_from_db()
    assert vandalised.population == "nobody at all"


def test_one_takes_nothing_of_oneself_back_here(chief: Client) -> None:
    page = page_of("rollback", make.chief())
    assert "one by one" in chief.get(page).content.decode()
    answer = chief.post(page, {"since": since(), "reason": "x", "do": "1"})
    assert answer.context.get("outcomes") is None


def test_the_page_of_an_account_tells_what_it_wrote_and_what_came_back(editor: Client) -> None:
    returned = return_claim(claim=make.submitted_claim(97), by=make.editor(), reason="Pages.")
    make.published_claim(5)
    answer = editor.get(page_of("account", make.contributor()))
    counts = [count for _, count in answer.context["counts"]]
    assert counts == [2, 1, 1, 1, 0]
    assert returned.question in answer.content.decode()
    assert "Take back" not in answer.content.decode()
    own = editor.get(page_of("account", make.editor()))
    assert [count for _, count in own.context["counts"]] == [0, 0, 0, 0, 1]


def test_the_page_of_an_account_costs_the_same_for_one_claim_and_for_nine(chief: Client) -> None:
    spent, page = [], page_of("account", make.contributor())
    chief.get(page)  # the first request reads the rights
    for more in (1, 8):
        for _ in range(more):
            make.published_claim(60)
        with CaptureQueriesContext(connection) as queries:
            chief.get(page)
        spent.append(len(queries))
    assert spent[0] == spent[1]


def test_an_account_that_is_not_there_is_not_found(chief: Client) -> None:
    for name in ("account", "rollback"):
        assert chief.get(reverse(f"admin:{name}", args=[999])).status_code == 404
