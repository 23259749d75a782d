"""The search box of the claims: references, and all that readers would find a claim by."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.admin import finding
from claims.models import Claim
from tests import factories as make
from tests.kept import made_once

pytestmark = pytest.mark.django_db
CLAIMS = reverse("admin:claims_claim_changelist")


@made_once
def mill() -> Claim:
    speaker = make.party("Amnesty of Arden")
    claim = make.claim(question="How many fell at the mill?", subject=make.subject("The mill"))
    source = make.source("Morning Telegraph")
    make.figure(claim, 97, speaker=speaker, source=source, quote="Ninety lay in the barn: 97.")
    make.figure(claim, 60)
    make.approve(claim)
    make.claim(question="How many came to the harbour?")
    return Claim.objects.get(pk=claim.pk)


def found(client: Client, typed: str) -> list[Claim]:
    client.force_login(make.editor())
    answer = client.get(CLAIMS, {"q": typed})
    assert answer.status_code == 200, typed
    return list(answer.context["cl"].result_list)


@pytest.mark.parametrize("typed", ["97", "amnesty", "Telegraph", "barn", '"fell at the mill"'])
def test_what_readers_would_find_is_found(client: Client, mill: Claim, typed: str) -> None:
    assert found(client, typed) == [mill]


def test_the_reference_of_anything_in_a_claim_finds_it(client: Client, mill: Claim) -> None:
    figure = mill.assertions.exclude(source=None).get(point=97)
    speaker = figure.attributions.get().party
    for row in (mill, figure, figure.source, mill.subject, speaker, mill.disputes.get()):
        assert found(client, row.ref) == [mill], row.ref


@pytest.mark.parametrize("typed", ["F999", "quokka", "1 2 3 4 5 6 7 8 9 10 11 12", "%"])
def test_what_nothing_holds_finds_nothing(client: Client, mill: Claim, typed: str) -> None:
    assert found(client, typed) == []


def test_a_draft_is_found_by_its_own_words(client: Client, mill: Claim) -> None:
    assert [one.question for one in found(client, "harbour")] == ["How many came to the harbour?"]


def test_a_search_costs_the_same_for_one_claim_and_for_nine(client: Client, mill: Claim) -> None:
    spent = []
    found(client, "amnesty")
    for more in (1, 8):
        for _ in range(more):
            make.published_claim(60, question="Whom did Amnesty name?")
        with CaptureQueriesContext(connection) as queries:
            found(client, "amnesty")
        spent.append(len(queries))
    assert spent[0] == spent[1]


@pytest.mark.parametrize("typed", ["second_editor", "@second_editor"])
def test_the_name_of_an_account_finds_what_it_wrote(
    client: Client, mill: Claim, typed: str
) -> None:
    mine = make.claim(by=make.second_editor())
    assert found(client, typed) == [mine]
    assert found(client, "@nobody") == []


def test_versions_are_found_of_no_more_claims_than_the_newest(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An account, or a source, may stand behind more claims than a statement takes numbers."""
    numbers = [make.published_claim(one).claim_id for one in (5, 6, 7)]
    monkeypatch.setattr(finding, "CAP", 2)
    client.force_login(make.editor())
    answer = client.get(reverse("admin:claims_claimversion_changelist"), {"q": "@contributor"})
    assert [one.claim_id for one in answer.context["cl"].result_list] == numbers[:0:-1]
