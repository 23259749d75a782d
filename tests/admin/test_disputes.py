"""The dispute page: evidence, decision, preview, private note."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Claim, Dispute, ReviewEvent
from claims.workflow.claims import edit_claim
from claims.workflow.disputes import dismiss_dispute, dispute_witness, open_dispute
from claims.workflow.evidence import change_assertion
from tests import factories as make
from tests.admin.conftest import hidden_of, messages_of
from tests.kept import made_once

pytestmark = pytest.mark.django_db


@made_once
def dispute() -> Dispute:
    return make.published_claim(60, 97).claim.disputes.get(kind="value")


def url_of(dispute: Dispute) -> str:
    return reverse("admin:claims_dispute_change", args=[dispute.pk])


def answers(dispute: Dispute, **changes: str) -> dict[str, str]:
    return {
        "outcome": "prefer",
        "preferred": str(dispute.claim.assertions.get(point=97).pk),
        "rationale": "The officer saw it.",
        "reason": "Decided.",
        "witness": dispute_witness(dispute),
        **changes,
    }


def test_the_page_shows_the_statements_in_dispute(editor: Client, dispute: Dispute) -> None:
    make.figure(dispute.claim, 97, citation_needed=True)
    page = editor.get(url_of(dispute))
    assert [row["figure"]["words"] for row in page.context["evidence"]["rows"]][:2] == ["60", "97"]
    assert page.content.count(b'class="strip ') >= 2


def test_a_decision_goes_through_the_verb(editor: Client, dispute: Dispute) -> None:
    response = editor.post(url_of(dispute), answers(dispute), follow=True)
    dispute.refresh_from_db()
    assert messages_of(response) == [f"{dispute.ref} is resolved."]
    assert (dispute.state, dispute.outcome) == ("resolved", "prefer")
    assert dispute.decided_by == make.editor()
    assert dispute.claim.__class__.objects.get(pk=dispute.claim_id).state == "in_review"


def test_a_decision_on_evidence_that_changed_since_the_page_was_opened_is_refused(
    editor: Client, dispute: Dispute
) -> None:
    seen = hidden_of(editor.get(url_of(dispute)))["witness"]
    make.figure(dispute.claim, 150)

    response = editor.post(url_of(dispute), answers(dispute, witness=seen))

    dispute.refresh_from_db()
    assert dispute.state == "open"
    assert b"changed since you read it" in response.content


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"outcome": "prefer", "preferred": ""}, "preferred"),
        ({"outcome": "range_stands"}, "preferred"),
        ({"outcome": ""}, "outcome"),
        ({"rationale": " "}, "rationale"),
        ({"reason": ""}, "reason"),
    ],
)
def test_an_incomplete_decision_is_refused_at_its_field(
    editor: Client, dispute: Dispute, changes: dict[str, str], field: str
) -> None:
    response = editor.post(url_of(dispute), answers(dispute, **changes))
    assert response.status_code == 200
    assert field in response.context["decide"].errors
    dispute.refresh_from_db()
    assert dispute.state == "open"


def test_a_preview_tells_the_readers_sentence_and_decides_nothing(
    editor: Client, dispute: Dispute
) -> None:
    events = ReviewEvent.objects.count()
    response = editor.post(url_of(dispute), {**answers(dispute), "_preview": "Preview"})
    preview = response.context["preview"]["document"]
    assert preview["contention"] == "resolved"
    assert preview["best"]["words"] == "97"
    assert b"The officer saw it." in response.content
    dispute.refresh_from_db()
    assert (dispute.state, dispute.history.count()) == ("open", 1)
    assert ReviewEvent.objects.count() == events


def test_who_opened_a_dispute_sees_why_they_cannot_decide_it(editor: Client) -> None:
    claim = make.published_claim(97).claim
    own = open_dispute(claim=claim, by=make.editor(), reason="Two events?")
    assert b"Somebody else must decide it" in editor.get(url_of(own)).content
    response = editor.post(url_of(own), answers(own, outcome="range_stands", preferred=""))
    assert "somebody else must decide" in str(response.context["decide"].errors)
    own.refresh_from_db()
    assert own.state == "open"


def test_contributors_decide_nothing(contributor: Client, dispute: Dispute) -> None:
    assert b'name="outcome"' not in contributor.get(url_of(dispute)).content
    assert contributor.post(url_of(dispute), answers(dispute)).status_code == 403
    dispute.refresh_from_db()
    assert dispute.state == "open"


def test_taking_dismissing_and_reopening(editor: Client, dispute: Dispute) -> None:
    for verb, state in (("take", "under_review"), ("dismiss", "dismissed"), ("reopen", "open")):
        url = reverse(f"admin:claims_dispute_{verb}", args=[dispute.pk])
        seen = hidden_of(editor.get(url))
        editor.post(url, {**seen, "reason": "For now.", "rationale": "Not the same event."})
        dispute.refresh_from_db()
        assert dispute.state == state


@pytest.mark.parametrize("verb", ["take", "dismiss"])
def test_the_page_of_a_verb_shows_the_case_and_its_evidence(
    editor: Client, dispute: Dispute, verb: str
) -> None:
    page = editor.get(reverse(f"admin:claims_dispute_{verb}", args=[dispute.pk]))
    assert [row["figure"]["words"] for row in page.context["evidence"]["rows"]] == ["60", "97"]
    assert page.content.count(b'class="strip ') == 2
    assert dispute.claim.question.encode() in page.content


@pytest.mark.parametrize("verb", ["take", "dismiss", "reopen"])
@pytest.mark.parametrize("seen", ["older", "none"])
def test_a_verb_on_evidence_that_nobody_saw_is_refused(
    editor: Client, dispute: Dispute, verb: str, seen: str
) -> None:
    if verb == "reopen":
        by = make.second_editor()
        dispute = dismiss_dispute(dispute=dispute, by=by, reason="No.", rationale="No case.")
    url = reverse(f"admin:claims_dispute_{verb}", args=[dispute.pk])
    hidden = hidden_of(editor.get(url)) if seen == "older" else {}
    change: dict[str, Any] = {"by": make.contributor(), "reason": "Misread."}
    if verb == "reopen":  # which other figures would do by themselves
        edit_claim(claim=Claim.objects.get(pk=dispute.claim_id), population="sailors", **change)
    else:
        change_assertion(assertion=dispute.claim.assertions.get(point=97), point="999", **change)
    response = editor.post(url, {**hidden, "reason": "So.", "rationale": "Old evidence."})
    assert b"changed since you read it" in response.content
    state = dispute.state
    dispute.refresh_from_db()
    assert dispute.state == state


def test_who_opened_a_dispute_is_told_why_there_is_no_button(editor: Client) -> None:
    claim = make.published_claim(97).claim
    own = open_dispute(claim=claim, by=make.editor(), reason="Two events?")
    page = editor.get(reverse("admin:claims_dispute_dismiss", args=[own.pk])).content
    assert b"Somebody else must decide it" in page
    assert b'name="rationale"' not in page


def test_a_verb_that_the_state_forbids_is_refused_in_words(
    editor: Client, dispute: Dispute
) -> None:
    url = reverse("admin:claims_dispute_reopen", args=[dispute.pk])
    seen = {f"witness_{dispute.pk}": dispute_witness(dispute)}
    response = editor.post(url, {**seen, "reason": "Again."})
    assert response.status_code == 200
    assert "has an unresolved dispute" in str(response.context["form"].errors)


def test_a_private_note_stays_on_the_desk(editor: Client, dispute: Dispute) -> None:
    url = reverse("admin:claims_dispute_note", args=[dispute.pk])
    editor.post(url, {"note": "Ask the agency.", "reason": "To remember."})
    dispute.refresh_from_db()
    assert dispute.private_note == "Ask the agency."
    assert b"Ask the agency." in editor.get(url_of(dispute)).content
    version = (
        make.approve(dispute.claim, by=make.second_editor())
        if dispute.claim.state != "published"
        else dispute.claim.versions.get()
    )
    assert "Ask the agency." not in version.payload


def test_contributors_read_no_private_note(
    contributor: Client, editor: Client, dispute: Dispute
) -> None:
    url = reverse("admin:claims_dispute_note", args=[dispute.pk])
    editor.post(url, {"note": "Ask the agency.", "reason": "To remember."})
    number = dispute.history.values_list("history_id", flat=True).first()
    pages = [
        url_of(dispute),
        reverse("admin:claims_dispute_history", args=[dispute.pk]),
        reverse("admin:claims_dispute_simple_history", args=[dispute.pk, number]),
    ]
    for page in pages:
        response = contributor.get(page)
        assert response.status_code == 200
        assert b"Ask the agency." not in response.content
    assert b"Ask the agency." in editor.get(pages[1]).content
