"""Verbs that decide: each carries a witness, and its page shows what it is about."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from claims.admin.verbs import VerbsMixin
from claims.models import Claim
from claims.workflow.evidence import change_assertion
from claims.workflow.retiring import retire_claim, take_down_claim
from claims.workflow.review import submit_claim
from tests import factories as make
from tests.admin.conftest import hidden_of, messages_of

pytestmark = pytest.mark.django_db
DECIDING = ("review_claim", "decide_dispute", "retire_claim")
# Deciding verbs that need no witness, with the reason.
UNWITNESSED = {
    ("dispute", "note"): "private words about the case; nothing is decided",
    ("claim", "assign"): "who looks after a claim; nothing that readers have",
}


def url_of(claim: Claim, verb: str) -> str:
    return reverse(f"admin:claims_claim_{verb}", args=[claim.pk])


def test_every_deciding_verb_carries_a_witness() -> None:
    found = {
        (str(model._meta.model_name), verb.name): verb.witness
        for model, model_admin in admin.site._registry.items()
        if isinstance(model_admin, VerbsMixin)
        for verb in model_admin.verbs
        if verb.permission in DECIDING
    }
    assert len(found) >= 12
    assert {key for key, witness in found.items() if witness is None} == set(UNWITNESSED)


def published() -> Claim:
    return make.published_claim(60, 97).claim


def proposed() -> Claim:
    return retire_claim(claim=published(), by=make.chief(), reason="Asked twice before.")


def taken_down() -> Claim:
    claim = published()
    words = {"reason": "It names a witness.", "cause": "safety"}
    take_down_claim(claim=claim, by=make.chief(), **words)
    return Claim.objects.get(pk=claim.pk)


@pytest.mark.parametrize(
    ("verb", "state"),
    [
        ("approve", make.submitted_claim),
        ("return", make.submitted_claim),
        ("dispute", published),
        ("retire", published),
        ("takedown", published),
        ("confirm", taken_down),
        ("reverse", taken_down),
        ("return", proposed),
        ("approve", proposed),
    ],
)
def test_its_page_shows_the_claim_and_leads_to_all_of_it(
    signed_in: Any, verb: str, state: Any
) -> None:
    claim = state()
    client = signed_in(make.account("chief", "second_chief"))
    page = client.get(url_of(claim, verb))
    html = page.content.decode()
    assert claim.question in html
    assert f'href="{url_of(claim, "review")}"' in html
    assert ("Readers keep the claim until" in html) == (verb == "retire")
    assert ("Readers lose the claim at once" in html) == (verb == "takedown")
    publishes = verb in ("approve", "confirm") or state in (proposed, taken_down)
    assert ("The reason that readers will read" in html) == publishes
    if state is not proposed:
        assert html.count('class="strip ') >= 1
    if state is taken_down:
        assert "it endangers a person" in html
        assert "It names a witness." in html
        assert "Taken down by chief" in html


@pytest.mark.parametrize("verb", ["approve", "return", "dispute", "retire", "takedown"])
@pytest.mark.parametrize("seen", ["older", "none"])
def test_what_changed_since_the_page_was_read_is_not_decided(
    signed_in: Any, verb: str, seen: str
) -> None:
    claim = published()
    if verb in ("approve", "return"):
        claim = make.submitted_claim(60, 97)
    client = signed_in(make.chief())
    hidden = hidden_of(client.get(url_of(claim, verb))) if seen == "older" else {}
    by: dict[str, Any] = {"by": make.contributor(), "reason": "Corrected."}
    change_assertion(assertion=claim.assertions.get(point=97), point="82", **by)
    submit_claim(claim=Claim.objects.get(pk=claim.pk), **by)
    state = Claim.objects.get(pk=claim.pk).state
    data = {**hidden, "reason": "Read.", "cause": "legal", "kind": "editor"}
    answer = client.post(url_of(claim, verb), data)
    assert b"changed since you read it" in answer.content
    claim.refresh_from_db()
    assert claim.state == state
    assert not claim.disputes.filter(kind="editor").exists()


def test_the_review_page_of_a_claim_to_be_retired_says_so(signed_in: Any) -> None:
    claim = proposed()
    client: Client = signed_in(make.second_editor())
    page = client.get(url_of(claim, "review"))
    html = page.content.decode()
    assert "Approving retires this claim." in html
    assert '<dd class="public-reason">Asked twice before.</dd>' in html
    assert "What readers lose" in html
    assert "Approve and retire" in html
    form = page.context["form"]
    seen = {name: form[name].value() for name in ("witness", "revision")}
    data = {**seen, "decision": "approve", "reason": "Indeed."}
    answer = client.post(url_of(claim, "review"), data, follow=True)
    assert messages_of(answer) == [f"{claim.ref} is retired: readers find version 2."]
    claim.refresh_from_db()
    assert claim.state == "retired"


def test_a_takedown_is_confirmed_from_its_saved_view(signed_in: Any) -> None:
    claim = taken_down()
    client: Client = signed_in(make.editor())
    page = client.get("/admin/claims/claim/", {"queue": "takedowns"})
    assert list(page.context["cl"].result_list) == [claim]
    url = url_of(claim, "confirm")
    client.post(url, {**hidden_of(client.get(url)), "reason": "Right so."})
    assert not Claim.objects.with_takedown_to_confirm().exists()
    page = client.get("/admin/claims/claim/", {"queue": "takedowns"})
    assert list(page.context["cl"].result_list) == []


def test_authors_see_the_approve_page_without_its_button(editor: Client) -> None:
    claim = make.claim(by=make.editor())
    make.figure(claim, 97)
    claim = submit_claim(claim=claim, by=make.contributor(), reason="Ready.")
    page = editor.get(url_of(claim, "approve")).content.decode()
    assert "Somebody else must decide." in page
    assert 'name="reason"' not in page
