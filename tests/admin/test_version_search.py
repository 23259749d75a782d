"""Versions are found by reference and by what readers find; histories come in pages."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Claim, ClaimVersion
from claims.workflow.claims import edit_claim
from tests import factories as make

pytestmark = pytest.mark.django_db
VERSIONS = "/admin/claims/claimversion/"


def found(client: Client, typed: str) -> list[int]:
    rows = client.get(VERSIONS, {"q": typed}).context["cl"].result_list
    return [row.sequence for row in rows]


def published(question: str) -> Claim:
    """A claim with two versions, the second of other words."""
    claim = make.published_claim(97, question=question).claim
    edit_claim(claim=claim, by=make.contributor(), reason="words", question=f"{question} Really?")
    make.approve(claim)
    return Claim.objects.get(pk=claim.pk)


def test_all_versions_of_a_claim_are_found_by_reference_words_and_figures(editor: Client) -> None:
    claim, other = published("How many boats sank?"), published("How many mills burned?")
    mine = list(claim.versions.order_by("-sequence").values_list("sequence", flat=True))
    figure = claim.assertions.get()
    speaker = figure.attributions.get().party
    for typed in (claim.ref, figure.ref, speaker.ref, "boats", "BOAT"):
        assert found(editor, typed) == mine, typed
    assert len(found(editor, "how many")) in (0, 4)  # words that are everywhere tell nothing
    assert found(editor, "zeppelins") == []
    assert len(found(editor, "")) == ClaimVersion.objects.count()
    assert other.versions.count() == 2


def test_search_reads_no_text_of_a_version(editor: Client) -> None:
    published("How many boats sank?")
    with CaptureQueriesContext(connection) as queries:
        editor.get(VERSIONS, {"q": "boats"})
    read = [one["sql"] for one in queries if "claims_claimversion" in one["sql"]]
    assert read
    for sql in read:
        condition = sql.partition("WHERE")[2].upper()
        assert "LIKE" not in condition.replace("FOLDED", "")
        assert '"CLAIMS_CLAIMVERSION"."QUESTION"' not in condition


def test_history_of_a_row_comes_in_pages(editor: Client) -> None:
    claim, sizes = make.claim(), []
    address = reverse("admin:claims_claim_history", args=[claim.pk])
    for until in (30, 60):
        for number in range(claim.history.count(), until):
            edit_claim(claim=Claim.objects.get(pk=claim.pk), by=make.contributor(), reason="w",
                       question=f"How many now, {number:03}?")  # fmt: skip
        page = editor.get(address)
        assert len(page.context["page_obj"].object_list) == 25
        sizes.append(len(page.content))
    assert sizes[1] < 1.1 * sizes[0]
    assert "?p=2" in page.content.decode()
