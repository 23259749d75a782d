"""Going back: two clicks from the claim, the change shown before anything is written."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from claims.models import Act, Claim, ClaimRelation
from claims.workflow.claims import edit_claim, relate_claims, unrelate_claims
from claims.workflow.evidence import change_assertion
from tests import factories as make
from tests.admin.conftest import as_seen, hidden_of, messages_of
from tests.kept import made_once

pytestmark = pytest.mark.django_db


def url_of(claim: Claim, verb: str = "revert", to: str = "") -> str:
    return reverse(f"admin:claims_claim_{verb}", args=[claim.pk]) + (f"?to={to}" if to else "")


def signed(**fields: Any) -> dict[str, Any]:
    return {"by": make.contributor(), "reason": "Thought better.", **fields}


def show(client: Client, claim: Claim, to: str) -> Any:
    """The page that shows what would change."""
    return client.post(url_of(claim), {"_show": "1", "to": to})


@made_once
def changed() -> Claim:
    """Published with 60 and 97 and a link, then changed in all three."""
    claim, other = make.claim(), make.claim()
    make.figure(claim, 60)
    row = make.figure(claim, 97)
    link = relate_claims(from_claim=claim, to_claim=other, kind="same_as", **signed())
    make.approve(claim)
    change_assertion(assertion=row, point="82", **signed())
    unrelate_claims(relation=link, **signed())
    edit_claim(claim=Claim.objects.get(pk=claim.pk), population="aliens", **signed())
    return Claim.objects.get(pk=claim.pk)


def test_the_claim_leads_to_its_versions_and_moments(contributor: Client, changed: Claim) -> None:
    assertContains(contributor.get(url_of(changed, "change")), url_of(changed))

    page = contributor.get(url_of(changed))

    assertContains(page, 'name="to" value="v1"')
    moments = list(changed.history.order_by("-history_id"))
    assertNotContains(page, f'value="h{moments[0].history_id}"')
    for moment in moments[1:]:
        assertContains(page, f'value="h{moment.history_id}"')
    assertNotContains(page, 'name="reason"')


@pytest.mark.parametrize("kind", ["version", "moment"])
def test_the_change_is_shown_and_nothing_is_written_before_it_is_done(
    contributor: Client, changed: Claim, kind: str
) -> None:
    published = changed.history.filter(state="published").latest("history_id")
    to = "v1" if kind == "version" else f"h{published.history_id}"
    acts = Act.objects.count()

    page = show(contributor, changed, to)

    assert "<del>82</del><ins>97</ins>" in as_seen(page)
    assertContains(page, "aliens")
    assertContains(page, f"<li>{changed.ref} same as")
    assert Act.objects.count() == acts
    assert not ClaimRelation.objects.exists()

    data = {**hidden_of(page), "reason": "It was right."}
    done = contributor.post(url_of(changed), data, follow=True)
    assert done.redirect_chain[0][0] == url_of(changed, "review")
    assert messages_of(done) == [f"{changed.ref}: set up for review."]
    assert done.context["comparison"]["unchanged"]
    changed.refresh_from_db()
    assert (changed.state, changed.population) == ("in_review", "")
    assert ClaimRelation.objects.count() == 1


def test_what_changed_since_the_page_was_read_is_not_turned_back(
    contributor: Client, changed: Claim
) -> None:
    seen = hidden_of(show(contributor, changed, "v1"))
    make.figure(changed, 5)
    data = {**seen, "reason": "It was right."}
    assertContains(contributor.post(url_of(changed), data), "changed since you read it")
    assert Claim.objects.get(pk=changed.pk).population == "aliens"


@pytest.mark.parametrize("to", ["v9", "h999999", "x1", "v", "v-1", "v١", "h" + "9" * 30])
def test_what_is_no_version_and_no_moment_is_refused_in_words(
    contributor: Client, changed: Claim, to: str
) -> None:
    page = show(contributor, changed, to)
    assertContains(page, "Choose a version or a moment of this claim.")
    assertNotContains(page, 'name="reason"')


def test_a_refusal_is_told_before_a_reason_is_asked(contributor: Client) -> None:
    claim = make.claim()
    first = claim.history.get()
    make.figure(claim, 60)
    page = show(contributor, claim, f"h{first.history_id}")
    assertContains(page, "Nobody had said anything")
    assertNotContains(page, 'name="reason"')


def test_the_history_of_a_claim_leads_back(contributor: Client, changed: Claim) -> None:
    first = changed.history.earliest("history_id")
    page = contributor.get(url_of(changed, "history"))
    url = url_of(changed, to=f"h{first.history_id}")
    assertContains(page, url)
    assertContains(contributor.get(url), "Show what would change")
    assertNotContains(
        contributor.get(reverse("admin:claims_subject_history", args=[changed.subject_id])),
        "?to=h",
    )


def test_the_choice_costs_the_same_for_few_moments_and_many(
    contributor: Client, changed: Claim, django_assert_num_queries: Any
) -> None:
    make.figure(changed, 5)
    contributor.get(url_of(changed))
    with CaptureQueriesContext(connection) as few:
        contributor.get(url_of(changed))
    for number in range(9):
        make.figure(changed, number)
    with django_assert_num_queries(len(few)):
        contributor.get(url_of(changed))
