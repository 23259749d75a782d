"""Views of the queue: the long wait, what came back, what is assigned to somebody."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from claims.choices import Priority
from claims.models import Claim
from claims.workflow.assigning import assign_claim
from claims.workflow.claims import edit_claim, relate_claims
from claims.workflow.disputes import open_dispute
from claims.workflow.retiring import retire_claim
from claims.workflow.review import return_claim, submit_claim
from claims.workflow.undoing import undo_return
from tests import factories as make
from tests.admin.conftest import hidden_of, messages_of

pytestmark = pytest.mark.django_db
QUEUE = "/admin/claims/claim/"


def listed(client: Client, view: str) -> list[Claim]:
    return list(client.get(QUEUE, {"queue": view}).context["cl"].result_list)


def edited(claim: Claim, **changes: Any) -> Claim:
    return edit_claim(claim=claim, by=make.second_editor(), reason="Clearer.", **changes)


def submitted_days_ago(days: int) -> Claim:
    claim = make.claim()
    make.figure(claim, 1)
    then = timezone.now() - dt.timedelta(days=days)
    edit_claim(claim=claim, by=make.contributor(), reason="Then.", population="people", now=then)
    return submit_claim(claim=claim, by=make.contributor(), reason="Ready.", now=then)


def test_the_long_wait_counts_from_the_submission_as_the_age_does(editor: Client) -> None:
    old, young = submitted_days_ago(9), submitted_days_ago(2)
    open_dispute(claim=old, by=make.second_editor(), reason="Doubted.")  # is no submission
    ages = {claim: claim.queue_row.since.date() for claim in listed(editor, "others")}  # type: ignore[attr-defined]
    assert [ages[claim] for claim in (old, young)] == [
        (timezone.now() - dt.timedelta(days=days)).date() for days in (9, 2)
    ]
    page = editor.get(QUEUE, {"queue": "stale", "days": "5"})
    assert list(page.context["cl"].result_list) == [old]
    assert {tab["label"]: (tab["count"], tab["url"]) for tab in page.context["tabs"]}[
        "Waiting for over 5 days"
    ] == ("1", f"{QUEUE}?queue=stale&days=5")
    returned = return_claim(claim=young, by=make.editor(), reason="No quote.")
    submit_claim(claim=returned, by=make.contributor(), reason="There.")
    assert young not in editor.get(QUEUE, {"queue": "stale", "days": 1}).context["cl"].result_list


def test_a_return_that_was_undone_leaves_the_age_as_it_was(editor: Client) -> None:
    claim = submitted_days_ago(9)
    since = Claim.objects.times_since()
    returned = return_claim(claim=claim, by=make.editor(), reason="No quote.")
    undo_return(claim=returned, by=make.editor(), reason="There is one.")
    assert Claim.objects.times_since() == since
    assert listed(editor, "returned") == []


@pytest.mark.parametrize("days", ["", "x", "0", "-1", "9" * 30, "9999", "١٢", "1.5"])
def test_what_is_no_number_of_days_asks_for_the_usual_ones(editor: Client, days: str) -> None:
    page = editor.get(QUEUE, {"queue": "stale", "days": days})
    assert page.context["days"] == settings.FACTBASE_LIMITS["stale_days"]


def test_the_days_have_a_labelled_input_that_keeps_the_other_filters(editor: Client) -> None:
    page = editor.get(QUEUE, {"queue": "stale", "state__exact": "in_review"}).content.decode()
    assert '<label for="id_days">' in page
    assert 'id="id_days" min="1"' in page
    for kept in ('name="queue" value="stale"', 'name="state__exact" value="in_review"'):
        assert f'<input type="hidden" {kept}>' in page
    assert 'id="id_days"' not in editor.get(QUEUE, {"queue": "review"}).content.decode()


def test_a_returned_claim_goes_to_all_who_wrote_it_with_the_reason(
    contributor: Client, editor: Client
) -> None:
    claim = make.submitted_claim(97)
    claim = submit_claim(claim=edited(claim), by=make.second_editor(), reason="Ready.")
    return_claim(claim=claim, by=make.editor(), reason="Name the page.")
    assert listed(contributor, "returned") == [claim]
    assert "returned: Name the page." in contributor.get(QUEUE, {"queue": "returned"}).text
    assert Claim.objects.returned_to(make.second_editor()).get() == claim
    assert listed(editor, "returned") == []


def test_what_an_approval_covered_is_returned_to_nobody(contributor: Client) -> None:
    published = edited(make.published_claim(97).claim)
    claim = submit_claim(claim=published, by=make.second_editor(), reason="Ready.")
    return_claim(claim=claim, by=make.editor(), reason="Why?")
    assert listed(contributor, "returned") == []
    assert Claim.objects.returned_to(make.second_editor()).get() == claim


def test_what_nobody_wrote_is_returned_to_its_last_editor(contributor: Client) -> None:
    part, total = make.claim(), make.claim()
    make.figure(part, 250)
    make.figure(total, 40)
    link = {"from_claim": part, "to_claim": total, "kind": "part_of_total", "scope_exact": True}
    relate_claims(**link, by=make.contributor(), reason="A part.")
    make.approve(total)
    make.approve(part)
    total.refresh_from_db()
    assert total.state == "in_review"
    return_claim(claim=total, by=make.editor(), reason="Why?")
    assert listed(contributor, "returned") == [total]
    assert not Claim.objects.returned_to(make.second_editor()).exists()


def test_assigned_to_me_has_a_view_and_a_tile(editor: Client, contributor: Client) -> None:
    claim = make.claim()
    assign_claim(claim=claim, by=make.chief(), reason="Yours.", assignee=make.editor())
    assert listed(editor, "assigned") == [claim]
    assert listed(contributor, "assigned") == []
    tiles = {tile["url"]: tile["count"] for tile in editor.get("/admin/").context["tiles"]}
    assert tiles[f"{QUEUE}?queue=assigned"] == "1"


def test_a_claim_is_taken_released_and_assigned_on_the_desk(editor: Client) -> None:
    claim = make.claim()
    page = f"{QUEUE}{claim.pk}"
    assert names_of(editor, claim) >= {"take", "assign"}
    editor.post(f"{page}/take/", {"reason": "Mine."})
    assert names_of(editor, claim).isdisjoint({"take", "prioritise"})
    assert "assigned to editor" in editor.get(QUEUE).text
    assert "assigned to editor" in editor.get(f"{page}/change/").text
    editor.post(f"{page}/release/", {"reason": "Not mine."})
    refused = editor.post(f"{page}/assign/", {"assignee": "second", "reason": "Yours."})
    make.second_editor()
    told = editor.post(f"{page}/assign/", {"assignee": "SEcond", "reason": "Yours."})
    assert "No account of the desk is called “second”." in refused.text
    assert "Near: second_editor" in told.text
    editor.post(f"{page}/assign/", {"assignee": "second_editor", "reason": "Yours."})
    claim.refresh_from_db()
    assert claim.assignee == make.second_editor()
    assert "release" not in names_of(editor, claim)


@pytest.mark.parametrize(
    ("verb", "more", "held"),
    [
        ("take", {}, "editor"),
        ("release", {}, None),
        ("assign", {"assignee": "contributor"}, "contributor"),
        ("prioritise", {"priority": Priority.HIGH}, "editor"),
    ],
)
def test_looking_after_many_claims_reports_each_row(
    client: Client, verb: str, more: dict[str, str], held: str | None
) -> None:
    fits, unfit = make.claim(), make.claim()
    retire_claim(claim=unfit, by=make.chief(), reason="Asked twice.")
    make.contributor()
    by = make.chief() if verb == "prioritise" else make.editor()
    if verb in ("release", "prioritise"):
        assign_claim(claim=fits, by=make.chief(), assignee=make.editor(), reason="Yours.")
    client.force_login(by)
    data = {"action": verb, "_selected_action": [str(fits.pk), str(unfit.pk)]}
    asked = client.post(QUEUE, data)
    done = {**hidden_of(asked), **data, **more, "reason": "So it is."}
    told = messages_of(client.post(QUEUE, done, follow=True))
    fits.refresh_from_db()
    assert (fits.assignee.username if fits.assignee else None) == held
    assert fits.priority == (Priority.HIGH if verb == "prioritise" else Priority.NORMAL)
    assert told[0].startswith("1 row: ")
    assert any("1 skipped" in text and unfit.ref in text for text in told)


def names_of(client: Client, claim: Claim) -> set[str]:
    buttons = client.get(f"{QUEUE}{claim.pk}/change/").context["buttons"]
    return {button["name"] for button in buttons}


@pytest.mark.parametrize("name", ["a\0b", "a\x01b", "a\ufffeb"])
def test_an_account_that_no_column_holds_is_refused_at_its_input(editor: Client, name: str) -> None:
    claim = make.claim()
    page = editor.post(f"{QUEUE}{claim.pk}/assign/", {"assignee": name, "reason": "Yours."})
    assert page.status_code == 200
    assert "assignee" in page.context["form"].errors
