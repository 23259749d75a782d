"""What one did: on the first page of the desk, and as a list of any account's events."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories as make

pytestmark = pytest.mark.django_db
HOME, EVENTS = reverse("admin:index"), reverse("admin:claims_reviewevent_changelist")


def found(client: Client, asked: str) -> int:
    answer = client.get(f"{EVENTS}?by={asked}")
    assert answer.status_code == 200
    return answer.context["cl"].result_count


def test_the_first_page_shows_what_one_did_last(client: Client) -> None:
    claim = make.published_claim(60, question="How many fell at the mill?").claim
    client.force_login(make.editor())
    page = client.get(HOME).content.decode()
    assert "How many fell at the mill?" in page
    assert f"{EVENTS}?by=editor" in page
    client.force_login(make.chief())
    assert "How many fell at the mill?" not in client.get(HOME).content.decode()
    assert claim.last_edited_by == make.contributor()


def test_events_are_found_by_the_account_that_did_them(client: Client) -> None:
    claim = make.published_claim(60).claim
    client.force_login(make.editor())
    by = dict.fromkeys(("contributor", "editor", "nobody", "%27"), 0)
    for event in claim.events.select_related("actor"):
        if event.actor is not None:
            by[event.actor.username] += 1
    assert {name: found(client, name) for name in by} == by
    assert by["contributor"] > 0 < by["editor"]


def test_the_first_page_costs_the_same_for_one_event_and_for_nine(client: Client) -> None:
    client.force_login(make.editor())
    spent = []
    for more in (1, 8):
        for _ in range(more):
            make.published_claim(60)
        with CaptureQueriesContext(connection) as queries:
            client.get(HOME)
        spent.append(len(queries))
    assert spent[0] == spent[1]
