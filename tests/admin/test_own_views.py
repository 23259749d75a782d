"""Views of the list of claims that people keep by name and share by their address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.errors import (
    DuplicateError,
    InvalidValueError,
    PermissionMissingError,
    TransitionError,
)
from claims.models import Act, QueueView
from claims.workflow.queue_views import MOST, drop_view, save_view
from tests import factories as make
from tests.admin.conftest import messages_of
from tests.admin.test_sealed import viewer

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:claims_claim_views")
LIST = reverse("admin:claims_claim_changelist")


def kept(name: str = "Mali", query: str = "queue=review", by: Any = None) -> QueueView:
    return save_view(name=name, query=query, by=by or make.contributor())


def test_a_view_is_kept_by_name_and_stands_beside_the_others(editor: Client) -> None:
    asked = {"queue": "stale", "days": "7", "q": "Mali", "p": "2"}
    keep = editor.get(LIST, asked).context["keep_url"]
    form = editor.get(keep).context["form"]
    sent = {"name": "Old  ones in Mali", "query": form["query"].value()}
    page = editor.post(PAGE, sent, follow=True)
    assert messages_of(page) == ["“Old ones in Mali” is kept."]
    assert page.redirect_chain[-1][0] == f"{LIST}?days=7&q=Mali&queue=stale"
    own = page.context["own_views"]
    assert [(one["name"], one["chosen"]) for one in own] == [("Old ones in Mali", True)]
    assert page.context["keep_url"] == ""  # it is kept
    assert [one["chosen"] for one in editor.get(LIST).context["own_views"]] == [False]


def test_the_address_of_a_view_opens_it_for_others(editor: Client) -> None:
    view = kept(query="queue=disputes&q=Mali")
    answer = editor.get(reverse("admin:claims_claim_view", args=[view.pk]))
    assert answer.url == f"{LIST}?queue=disputes&q=Mali"
    assert editor.get(LIST).context["own_views"] == []  # it is not theirs


def test_what_the_list_does_not_understand_is_not_kept(editor: Client) -> None:
    query = "queue=review&actor__password=x&p=3&next=//evil.example"
    page = editor.post(PAGE, {"name": "Mine", "query": query})
    assert page.url == f"{LIST}?queue=review"
    assert QueueView.objects.get().query == "queue=review"


def test_a_list_that_was_asked_nothing_is_no_view(editor: Client) -> None:
    page = editor.post(PAGE, {"name": "All", "query": "p=2"})
    assert "choose a view" in str(page.context["form"].errors)
    assert not QueueView.objects.exists()


def test_a_view_needs_a_name(editor: Client) -> None:
    page = editor.post(PAGE, {"name": " ", "query": "queue=review"})
    assert "name" in page.context["form"].errors
    assert page.context["form"]["query"].value() == "queue=review"  # nothing is lost


def test_a_name_is_taken_once_by_a_person(editor: Client) -> None:
    kept(by=make.editor())
    page = editor.post(PAGE, {"name": "Mali", "query": "queue=stale"})
    assert page.context["form"].errors["name"] == ["You have a view of this name."]
    kept()  # somebody else may
    with pytest.raises(DuplicateError):
        kept()


@pytest.mark.parametrize("name", ["", " \n", "x" * 61, "a\x00b"])
def test_names_are_short_and_can_be_stored(name: str) -> None:
    with pytest.raises(InvalidValueError):
        kept(name)


def test_a_query_is_short() -> None:
    with pytest.raises(InvalidValueError):
        kept(query="q=" + "x" * 999)


def test_one_keeps_a_number_of_views() -> None:
    for number in range(MOST):
        kept(f"View {number}")
    with pytest.raises(InvalidValueError, match="drop one first"):
        kept("One more")
    drop_view(view=QueueView.objects.first(), by=make.contributor())
    assert kept("One more").pk


def test_a_view_is_dropped_and_its_name_is_free_again(contributor: Client) -> None:
    view = kept()
    page = contributor.post(reverse("admin:claims_claim_view_drop", args=[view.pk]), follow=True)
    assert messages_of(page) == ["“Mali” is dropped."]
    assert list(page.context["views"]) == []
    opened = contributor.get(reverse("admin:claims_claim_view", args=[view.pk]))
    assert opened.status_code == 404
    assert QueueView.objects.filter(pk=view.pk, is_dropped=True).exists()  # with its history
    kept()
    with pytest.raises(TransitionError):
        drop_view(view=view, by=make.contributor())


def test_nobody_drops_the_view_of_another(editor: Client) -> None:
    view = kept()
    page = editor.post(reverse("admin:claims_claim_view_drop", args=[view.pk]), follow=True)
    assert messages_of(page) == ["This view is somebody else's."]
    assert QueueView.objects.kept().filter(pk=view.pk).exists()
    assert editor.get(reverse("admin:claims_claim_view_drop", args=[view.pk])).status_code == 405


def test_who_only_looks_opens_views_and_keeps_none(signed_in: Callable[[Any], Client]) -> None:
    looks = viewer()
    view, client = kept(), signed_in(looks)
    assert client.get(reverse("admin:claims_claim_view", args=[view.pk])).status_code == 302
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"name": "x", "query": "queue=stale"}).status_code == 403
    with pytest.raises(PermissionMissingError):
        kept("Other", by=looks)


def test_each_step_is_an_act_of_the_log() -> None:
    view = kept()
    drop_view(view=view, by=make.contributor())
    assert {"save_view", "drop_view"} <= set(Act.objects.values_list("verb", flat=True))
    assert [one.history_user.username for one in view.history.all()] == ["contributor"] * 2


def test_the_list_costs_the_same_for_one_view_or_nine(contributor: Client) -> None:
    counts = []
    for many in (1, 9):
        for number in range(QueueView.objects.count(), many):
            kept(f"View {number}")
        contributor.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            contributor.get(LIST)
        counts.append(len(asked))
    assert counts[0] == counts[1]
