"""The review queue: saved views, what changed, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Claim
from claims.workflow.claims import relate_claims
from claims.workflow.comments import write_comment
from claims.workflow.evidence import change_assertion, withdraw_assertion
from claims.workflow.review import return_claim, submit_claim
from claims.workflow.sources import edit_source
from tests import factories as make
from tests.admin.conftest import hidden_of, messages_of
from tests.admin.test_queue_views import QUEUE, edited, listed, submitted_days_ago

pytestmark = pytest.mark.django_db


def test_mine_to_review_leaves_out_what_i_edited_last(editor: Client) -> None:
    theirs, mine = make.submitted_claim(97), make.claim(by=make.editor())
    make.figure(mine, 60, by=make.editor())
    submit_claim(claim=mine, by=make.editor(), reason="Ready.")
    assert listed(editor, "review") == [theirs]


def test_each_saved_view_lists_its_claims(contributor: Client, editor: Client) -> None:
    disputed = make.submitted_claim(60, 97)
    returned = return_claim(claim=make.submitted_claim(5), by=make.editor(), reason="No quote.")
    revision = make.article()
    imported = make.claim()
    make.figure(imported, 60, anchors=[{"revision": revision, "start": 0, "end": 4}])
    old = submitted_days_ago(settings.FACTBASE_LIMITS["stale_days"])
    assert listed(editor, "disputes") == [disputed]
    assert listed(contributor, "returned") == [returned]
    assert listed(editor, "returned") == []
    assert listed(editor, "imported") == [imported]
    assert listed(editor, "stale") == [old]
    assert set(listed(editor, "others")) == {disputed, returned, imported, old}
    assert listed(contributor, "others") == []


def test_who_cannot_review_has_no_view_of_what_to_review(contributor: Client) -> None:
    make.submitted_claim(97)
    tiles = [tile["url"] for tile in contributor.get("/admin/").context["tiles"]]
    assert f"{QUEUE}?queue=review" not in tiles
    assert f"{QUEUE}?queue=returned" in tiles


def test_the_counts_of_the_tabs_are_those_of_the_views(editor: Client) -> None:
    make.submitted_claim(60, 97)
    make.submitted_claim(5)
    page = editor.get(QUEUE)
    views = [tab for tab in page.context["tabs"] if "queue=" in tab["url"]]
    counts = {tab["url"].partition("queue=")[2]: tab["count"] for tab in views}
    assert counts == {
        name: str(len(listed(editor, name))) for name in counts
    }  # fmt: skip
    assert counts["review"] == "2"


def test_the_dashboard_links_to_the_views(editor: Client) -> None:
    make.submitted_claim(60, 97)
    tiles = editor.get("/admin/").context["tiles"]
    assert [tile["count"] for tile in tiles][:6] == ["1", "0", "0", "0", "0", "1"]
    for tile in tiles:
        assert editor.get(tile["url"]).status_code == 200


def test_a_row_says_what_changed_since_it_was_published(editor: Client) -> None:
    claim = make.published_claim(97, 60).claim
    first, second = claim.assertions.order_by("pk")
    change_assertion(
        assertion=first, by=make.second_editor(), reason="Corrected.", point=Decimal(82)
    )
    withdraw_assertion(assertion=second, by=make.second_editor(), reason="A slip.")
    make.figure(claim, 70)
    edited(claim, question="How many, then?")
    row = listed(editor, "others")[0].queue_row  # type: ignore[attr-defined]
    new = claim.assertions.last()
    assert row.changes[:4] == [
        f"question: {claim.question} → How many, then?",
        f"{first.ref}: 97 → 82",
        f"{second.ref}: status live → withdrawn; status reason – → A slip.",
        f"{new.ref} new: 70",
    ]
    assert row.told()[:4] == row.changes[:4]
    assert row.told()[4:] == [f"and {len(row.changes) - 4} more"]


def test_a_row_flags_what_needs_a_second_look(editor: Client) -> None:
    claim = make.submitted_claim(60, 97)
    make.figure(claim, 97, citation_needed=True)
    row = listed(editor, "others")[0].queue_row  # type: ignore[attr-defined]
    assert row.flags[:3] == ["disputed, major", "citation needed", "no quote"]
    assert not row.mine


def test_what_i_wrote_is_mine_even_when_somebody_edited_after(editor: Client) -> None:
    claim = make.claim(by=make.editor())
    make.figure(claim, 97)
    claim = submit_claim(claim=Claim.objects.get(pk=claim.pk), by=make.contributor(), reason="Ok.")
    assert claim.last_edited_by == make.contributor()
    assert listed(editor, "review") == listed(editor, "others") == []
    page = editor.get(QUEUE)
    assert page.context["cl"].result_list[0].queue_row.mine
    assert b"your own" in page.content


def test_bulk_approval_reports_each_row(editor: Client) -> None:
    claims = [make.submitted_claim(97), make.submitted_claim(5), make.submitted_claim(7)]
    own = make.claim(by=make.editor())
    make.figure(own, 60)
    submit_claim(claim=own, by=make.contributor(), reason="Ready.")
    numbers = [str(claim.pk) for claim in [*claims, own]]
    data = {"action": "approve", "_selected_action": numbers}
    asked = editor.post(QUEUE, data)
    assert b"Why, in a few words" in asked.content
    assert not Claim.objects.filter(state="published").exists()
    edited(claims[2], question="Another question?")
    submit_claim(claim=claims[2], by=make.second_editor(), reason="Ready.")
    done = {**hidden_of(asked), **data, "reason": "Checked."}
    seen_messages = messages_of(editor.post(QUEUE, done, follow=True))
    assert seen_messages[0] == "2 rows: approved."
    assert any(f"1 skipped: your own ({own.ref})" in text for text in seen_messages)
    assert any(
        "1 skipped" in text and "changed since you read it" in text for text in seen_messages
    )
    assert Claim.objects.filter(state="published").count() == 2


@pytest.mark.parametrize("address", ["list", "row"])
def test_approval_notices_a_source_that_was_reworded_meanwhile(
    editor: Client, address: str
) -> None:
    source = make.source("The list of the dead")
    claim = make.claim()
    make.figure(claim, 97, source=source)
    submit_claim(claim=claim, by=make.contributor(), reason="Ready.")
    url = QUEUE if address == "list" else reverse("admin:claims_claim_approve", args=[claim.pk])
    chosen = {"action": "approve", "_selected_action": str(claim.pk)} if address == "list" else {}
    asked = editor.post(url, chosen) if chosen else editor.get(url)
    edit_source(source=source, by=make.second_editor(), reason="Read.", title="A rumour")
    page = editor.post(url, {**hidden_of(asked), **chosen, "reason": "Checked."}, follow=True)
    assert b"changed since you read it" in page.content
    claim.refresh_from_db()
    assert claim.state == "in_review"


def test_approval_without_what_was_read_is_refused(editor: Client) -> None:
    claim = make.submitted_claim(97)
    url = reverse("admin:claims_claim_approve", args=[claim.pk])
    assert b"changed since you read it" in editor.post(url, {"reason": "Checked."}).content
    editor.post(url, {**hidden_of(editor.get(url)), "reason": "Checked."})
    claim.refresh_from_db()
    assert claim.state == "published"


def test_actions_are_offered_to_those_who_may(
    contributor: Client, editor: Client, chief: Client
) -> None:
    make.submitted_claim(97)

    def offered(client: Client) -> set[str]:
        choices = client.get(QUEUE).context["action_form"].fields["action"].choices
        return {name for name, _ in choices if name}

    assert offered(contributor) == {"submit", "take", "release"}
    assert offered(editor) == {"submit", "approve", "return", "take", "release", "assign"}
    assert offered(chief) == offered(editor) | {"prioritise", "retire"}


def test_an_action_without_a_permission_does_nothing(contributor: Client) -> None:
    claim = make.submitted_claim(97)
    data = {"action": "approve", "_selected_action": str(claim.pk), "confirmed": "1", "reason": "x"}
    contributor.post(QUEUE, data)
    url = reverse("admin:claims_claim_approve", args=[claim.pk])
    assert contributor.post(url, {"reason": "Mine."}).status_code == 403
    claim.refresh_from_db()
    assert claim.state == "in_review"


def test_a_reference_finds_its_row(editor: Client) -> None:
    claims = [make.claim(), make.claim()]
    page = editor.get(QUEUE, {"q": claims[0].ref.lower()})
    assert list(page.context["cl"].result_list) == claims[:1]


def everything() -> None:
    """One more row in every changelist."""
    claim = make.submitted_claim(60, 97)
    make.figure(claim, 97, citation_needed=True)
    make.approve(claim)
    make.article()
    write_comment(claim=claim, by=make.editor(), body="Which list?")
    edit = {"by": make.contributor(), "reason": "A slip.", "title": "Other words"}
    edit_source(source=claim.assertions.first().source, **edit)
    relate_claims(
        from_claim=claim, to_claim=make.claim(), kind="same_as", by=make.editor(), reason="Same."
    )


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_changelists_cost_the_same_for_one_row_or_nine(
    chief: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    urls = [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin.site._registry
        if model._meta.app_label == "claims"
    ]
    everything()
    queries(chief, QUEUE)  # the first request fills Django's caches
    one = {url: queries(chief, url) for url in urls}
    for _ in range(8):
        everything()
    nine = {url: queries(chief, url) for url in urls}
    assert nine == one
    assert max(nine.values()) <= 40
