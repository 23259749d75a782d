"""Sums that an article gives become claims of money, in the currency that it names."""

from __future__ import annotations

from decimal import Decimal

import pytest

from claims.importers.articles import ImportedArticle, import_text
from claims.models import Claim, Dispute, Measure
from tests import factories as make

pytestmark = pytest.mark.django_db

FLOOD = """= Flood of Arden =

On 4 May 1987 the river Lowe flooded Arden. The ministry said that the flood had caused damage of \
$1.2bn in Arden. The union said that the flood had caused damage of 1.5 billion dollars in Arden. \
The state paid €3 million to 300 families.
"""


def take_in(text: str) -> ImportedArticle:
    return import_text(text, by=make.contributor())


def test_sums_become_claims_of_money():
    take_in(FLOOD)

    cost = Claim.objects.get(measure__slug="cost", unit="USD")
    assert (cost.measure.value_kind, cost.measure.is_count) == ("money", False)
    assert sorted(cost.assertions.values_list("point", flat=True)) == [
        Decimal(1_200_000_000),
        Decimal(1_500_000_000),
    ]
    assert cost.question.startswith("How much money")
    assert Dispute.objects.get(claim=cost).kind == "value"


def test_another_currency_is_another_claim_and_sums_count_nobody():
    take_in(FLOOD)

    euros = Claim.objects.get(unit="EUR")
    assert euros.measure.value_kind == "money"
    assert euros.assertions.get().point == 3_000_000
    people = Claim.objects.filter(measure__value_kind="quantity", measure__is_count=True)
    points = {row.point for claim in people for row in claim.assertions.all()}
    assert points <= {300}


def test_a_sum_in_an_open_currency_stays_an_amount_for_the_editor():
    take_in(FLOOD.replace("$1.2bn", "¥1.2bn").replace("1.5 billion dollars", "¥1.5bn"))

    claim = Claim.objects.get(unit="¥")
    assert (claim.measure.slug, claim.measure.value_kind) == ("amount", "quantity")
    assert "the currency is unclear" in claim.comments.get(body__contains="currency").body


def test_a_measure_of_that_name_that_takes_figures_is_left_alone():
    old = make.measure(slug="cost", is_count=False)

    take_in(FLOOD)

    assert not old.claims.exists()
    assert Measure.objects.get(slug="cost-money").value_kind == "money"


def test_importing_the_sums_again_adds_nothing():
    take_in(FLOOD)
    before = Claim.objects.count()

    take_in(FLOOD)

    assert Claim.objects.count() == before
