"""Splitting a claim on the desk: from its page, from its case, and back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Claim, Dispute
from tests import factories as make
from tests.admin.conftest import hidden_of

pytestmark = pytest.mark.django_db


def url(name: str, row: Any) -> str:
    return reverse(f"admin:claims_{name}", args=[row.pk])


def split(client: Client, address: str, **data: Any) -> Any:
    page = client.get(address)
    form = page.context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    asked = {"question": "How many civilians?", "population": "civilians", "reason": "Two."}
    return client.post(address, {**typed, **hidden_of(page), **asked, **data})


def test_claim_is_split_from_its_page_and_joined_again(contributor: Client) -> None:
    claim = make.published_claim(60, 97).claim
    figure = claim.assertions.get(point=97)
    address = url("claim_split", claim)
    assert address in contributor.get(url("claim_change", claim)).content.decode()
    assert f"{figure.ref}: 97" in contributor.get(address).content.decode()
    assert split(contributor, address, statements=[figure.pk]).status_code == 302
    new = Claim.objects.latest("pk")
    figure.refresh_from_db()
    assert (figure.claim, new.population, new.subject) == (new, "civilians", claim.subject)
    page = contributor.get(url("claim_change", new)).content.decode()
    assert "split off from" in page
    assert url("claim_join", new) in page
    contributor.post(url("claim_join", new), {"reason": "One question after all."})
    figure.refresh_from_db()
    assert figure.claim == claim


def test_a_statement_without_a_figure_is_named_by_its_stance(contributor: Client) -> None:
    claim = make.submitted_claim(60, 97)
    doubt = make.figure(claim, stance="doubts")
    assert f"{doubt.ref}: doubts" in contributor.get(url("claim_split", claim)).content.decode()


def test_refusal_stands_at_the_statements(contributor: Client) -> None:
    claim = make.published_claim(60, 97).claim
    numbers = list(claim.assertions.values_list("pk", flat=True))
    page = split(contributor, url("claim_split", claim), statements=numbers)
    assert "edit the question instead" in str(page.context["form"].errors["statements"])
    assert Claim.objects.count() == 1


def test_case_is_decided_by_a_split(editor: Client) -> None:
    claim = make.published_claim(60, 97).claim
    case = Dispute.objects.get()
    page = editor.get(url("dispute_change", case)).content.decode()
    assert url("dispute_split", case) in page
    assert "different_scope" not in page
    figure = claim.assertions.get(point=97)
    data = {"statements": [figure.pk], "rationale": "One of them counts civilians."}
    assert split(editor, url("dispute_split", case), **data).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("resolved", "different_scope")
    assert Claim.objects.latest("pk").assertions.get() == figure


def test_page_reads_as_many_rows_for_nine_statements_as_for_three(
    contributor: Client, django_assert_max_num_queries: Any
) -> None:
    claim = make.published_claim(60, 97).claim
    address, counted = url("claim_split", claim), []
    contributor.get(address)
    for number in (3, 9):
        while claim.assertions.count() < number:
            make.figure(Claim.objects.get(pk=claim.pk), claim.assertions.count())
        with django_assert_max_num_queries(200) as queries:
            contributor.get(address)
        counted.append(len(queries))
    assert counted[0] == counted[1]
