"""The pages of withdrawing and restoring list what will change, and restoring is a button."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from claims.importers.articles import import_text
from claims.models import Assertion, Claim, Source
from claims.workflow.evidence import withdraw_assertion
from claims.workflow.proposals import drop_claim
from claims.workflow.sources import withdraw_source
from tests import factories as make
from tests.admin.conftest import messages_of

pytestmark = pytest.mark.django_db
ARTICLE = """= Flood of Arden =

On 4 May 1987, about 60 people were killed in Arden.
"""


def url_of(row: Any, verb: str) -> str:
    return reverse(f"admin:claims_{row._meta.model_name}_{verb}", args=[row.pk])


def disputed() -> Claim:
    return make.published_claim(60, 97).claim


def test_the_page_of_a_withdrawn_source_says_so_and_why(client: Client) -> None:
    source = make.source("Morning Post")
    client.force_login(make.editor())
    page = reverse("admin:claims_source_change", args=[source.pk])
    assert "Withdrawn on" not in client.get(page).content.decode()
    withdraw_source(source=source, by=make.chief(), reason="Made up by its author.")
    text = client.get(page).content.decode()
    assert "Withdrawn on" in text
    assert "Made up by its author." in text


def test_the_page_of_a_withdrawal_lists_what_will_fall(chief: Client) -> None:
    claim = disputed()
    source = claim.assertions.get(point=97).source
    draft = make.claim()
    make.figure(draft, 5, source=source)

    page = chief.get(url_of(source, "withdraw"))

    assertContains(page, claim.question)
    assertContains(page, "goes before the reviewers")
    assertContains(page, "contention: disputed → single_origin")
    assertContains(page, f"{claim.disputes.get().ref} falls")
    assertContains(page, draft.question)
    assertContains(page, "stays where it is")
    assert not Source.objects.withdrawn().exists()


def test_what_the_page_of_a_withdrawal_foretells_comes_true(chief: Client) -> None:
    claim = disputed()
    source = claim.assertions.get(point=97).source
    told = chief.get(url_of(source, "withdraw")).context["effects"]
    chief.post(url_of(source, "withdraw"), {"reason": "Forged."})
    back = chief.get(url_of(source, "restore")).context["effects"]

    claim.refresh_from_db()
    assert claim.contention == "single_origin"
    assert claim.disputes.get().state == "moot"
    assert [one.claim.pk for one in told] == [one.claim.pk for one in back] == [claim.pk]
    assert any("single_origin → disputed" in line for line in back[0].lines)
    assert any("a dispute opens" in line for line in back[0].lines)


def test_a_source_is_restored_by_its_button(chief: Client) -> None:
    source = disputed().assertions.get(point=97).source
    withdraw_source(source=source, by=make.chief(), reason="Forged.")
    assertContains(chief.get(url_of(source, "change")), url_of(source, "restore"))

    page = chief.post(url_of(source, "restore"), {"reason": "It is genuine."}, follow=True)

    assert messages_of(page) == [f"{source.ref}: restored."]
    assertNotContains(page, url_of(source, "restore"))
    assert not Source.objects.withdrawn().exists()


@pytest.mark.parametrize("verb", ["withdraw", "reject"])
def test_the_page_of_a_figure_that_goes_tells_what_its_claim_loses(
    contributor: Client, verb: str
) -> None:
    row = disputed().assertions.get(point=97)
    page = contributor.get(url_of(row, verb))
    assertContains(page, "contention: disputed → single_origin")
    assertContains(page, "becomes a draft, which somebody submits")


def test_a_figure_is_restored_by_its_button(contributor: Client) -> None:
    row = disputed().assertions.get(point=97)
    withdraw_assertion(assertion=row, by=make.contributor(), reason="Misread.")
    assertContains(contributor.get(url_of(row, "change")), url_of(row, "restore"))
    assertContains(contributor.get(url_of(row, "restore")), "single_origin → disputed")

    page = contributor.post(url_of(row, "restore"), {"reason": "Read again."}, follow=True)

    assert messages_of(page) == [f"{row.ref}: restored."]
    assert Assertion.objects.get(pk=row.pk).is_live


def test_a_refusal_stands_on_the_page_of_a_figure(contributor: Client) -> None:
    row = disputed().assertions.get(point=97)
    page = contributor.post(url_of(row, "restore"), {"reason": "Read again."})
    assertContains(page, "there is nothing to restore")


def test_a_dropped_draft_is_taken_back_and_imports_go_on_knowing_it(contributor: Client) -> None:
    claim, *_ = import_text(ARTICLE, by=make.contributor()).drafted
    drop_claim(claim=claim, by=make.contributor(), reason="Misread.")
    assertContains(contributor.get(url_of(claim, "change")), url_of(claim, "restore"))
    assertContains(contributor.get(url_of(claim, "restore")), claim.question)

    contributor.post(url_of(claim, "restore"), {"reason": "It was right."})

    page = contributor.get(reverse("admin:claims_claim_changelist"), {"queue": "imported"})
    assert claim in page.context["cl"].result_list
    again = import_text(f"{ARTICLE}It rained.\n", by=make.contributor())
    assert again.drafted == []


def test_a_source_of_nine_claims_costs_as_much_as_of_one(
    chief: Client, django_assert_num_queries: Any
) -> None:
    source = make.source()
    make.figure(make.claim(), 5, source=source)
    url = url_of(source, "withdraw")
    chief.get(url)
    with CaptureQueriesContext(
        connection,
    ) as one:
        chief.get(url)
    for _ in range(8):
        make.figure(make.claim(), 5, source=source)
    with django_assert_num_queries(len(one)):
        assert len(chief.get(url).context["effects"]) == 9
