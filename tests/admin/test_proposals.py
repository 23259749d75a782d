"""Imported drafts in the queue: accepted, corrected or dropped in two clicks."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from claims.choices import ClaimState
from claims.importers.articles import import_text
from claims.models import Claim
from tests import factories as make
from tests.admin.conftest import hidden_of, messages_of
from tests.kept import made_once

pytestmark = pytest.mark.django_db
IMPORTED = "/admin/claims/claim/?queue=imported"
ARTICLE = """= Flood of Arden =

On 4 May 1987, about 60 people were killed in Arden. Dozens of people were injured on 6 May.
"""


@made_once
def drafts() -> list[Claim]:
    return import_text(ARTICLE, by=make.contributor()).drafted


def test_the_view_shows_what_the_article_says_and_the_doubts(
    contributor: Client, drafts: list[Claim]
) -> None:
    page = contributor.get(IMPORTED).content.decode()
    assert "about 60" in page
    assert "The import is in doubt." in page
    for claim in drafts:
        for name in ("accept", "change", "drop"):
            assert reverse(f"admin:claims_claim_{name}", args=[claim.pk]) in page


@pytest.mark.parametrize(
    ("name", "state"), [("accept", ClaimState.IN_REVIEW), ("drop", ClaimState.RETIRED)]
)
def test_a_proposal_is_decided_in_two_clicks(
    contributor: Client, drafts: list[Claim], name: str, state: str
) -> None:
    url = reverse(f"admin:claims_claim_{name}", args=[drafts[0].pk])
    reason = contributor.get(url).context["form"]["reason"].value()
    answer = contributor.post(url, {"reason": reason})
    assert answer["Location"] == IMPORTED
    drafts[0].refresh_from_db()
    assert drafts[0].state == state
    assert drafts[0] not in contributor.get(IMPORTED).context["cl"].result_list


@pytest.mark.parametrize(
    ("name", "state"), [("accept", ClaimState.IN_REVIEW), ("drop", ClaimState.RETIRED)]
)
def test_many_proposals_are_decided_at_once(
    contributor: Client, drafts: list[Claim], name: str, state: str
) -> None:
    numbers = [str(claim.pk) for claim in drafts]
    data = {"action": name, "_selected_action": numbers}
    asked = contributor.post(IMPORTED, data)
    reason = asked.context["form"]["reason"].value()
    assert reason
    seen = {f"revision_{claim.pk}": claim.revision for claim in drafts}
    done = contributor.post(
        IMPORTED, {**data, "confirmed": "1", "reason": reason, **seen}, follow=True
    )
    assert messages_of(done)[0].startswith(f"{len(drafts)} rows: ")
    assert set(Claim.objects.values_list("state", flat=True)) == {state}


def test_the_answers_of_several_parties_are_told_apart(contributor: Client) -> None:
    text = """= War of Arden (1987) =

On 4 May the FLA took control of Lowick.

== Towns ==
| Town | Held by |
| Lowick | MNA/ADF |
"""
    (claim,) = import_text(text, by=make.contributor()).drafted
    page = contributor.get(IMPORTED).content.decode()
    assert ">MNA, ADF; FLA</td>" in page
    assert claim.question in page


def test_a_proposed_conflict_is_opened_as_a_dispute_in_two_clicks(editor: Client) -> None:
    text = "= Flood of Arden =\n\nOn 4 May 1987, between 50 and 200 people were killed in Arden.\n"
    (claim,) = import_text(text, by=make.contributor()).drafted
    page = editor.get(IMPORTED).content.decode()
    (url,) = re.findall(r'href="([^"]+/dispute/[^"]+)"', page)
    url = html.unescape(url)
    asked = editor.get(url)
    form = asked.context["form"]
    data = {name: form[name].value() for name in ("kind", "reason")}
    editor.post(url, {**hidden_of(asked), **data})
    case = claim.disputes.get()
    assert (case.kind, case.opened_by) == ("value", make.editor())
    assert "between 50 and 200" in case.reason


def test_only_the_view_of_imported_drafts_offers_to_drop(
    contributor: Client, drafts: list[Claim]
) -> None:
    def offered(url: str) -> set[str]:
        choices = contributor.get(url).context["action_form"].fields["action"].choices
        return {name for name, _ in choices if name}

    of_all = {"take", "release"}
    assert offered(IMPORTED) == {"accept", "drop", *of_all}
    assert offered("/admin/claims/claim/") == {"submit", *of_all}


def test_the_page_of_a_proposal_offers_each_verb_once(
    contributor: Client, drafts: list[Claim]
) -> None:
    def buttons(claim: Claim) -> set[str]:
        url = reverse("admin:claims_claim_change", args=[claim.pk])
        return {button["name"] for button in contributor.get(url).context["buttons"]}

    own = make.claim()
    make.figure(own, 97)
    assert {"accept", "drop"} <= buttons(drafts[0])
    assert "submit" not in buttons(drafts[0])
    assert "submit" in buttons(own)
    assert not {"accept", "drop"} & buttons(own)
