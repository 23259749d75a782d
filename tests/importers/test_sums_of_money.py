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
The state was given €3 million.
"""


def take_in(text: str) -> ImportedArticle:
    return import_text(text, by=make.contributor())


def test_sums_become_claims_of_money():
    take_in(FLOOD)

    damage = Claim.objects.get(measure__slug="damage", unit="USD")
    assert (damage.measure.value_kind, damage.measure.is_count) == ("money", False)
    assert sorted(damage.assertions.values_list("point", flat=True)) == [
        Decimal(1_200_000_000),
        Decimal(1_500_000_000),
    ]
    assert damage.question.startswith("What was the damage")
    assert Dispute.objects.get(claim=damage).kind == "value"


def test_a_sum_that_went_for_no_named_thing_is_a_highlight():
    done = take_in(FLOOD)

    assert not Claim.objects.filter(unit="EUR").exists()
    assert done.highlights == 1


def test_a_sum_in_an_open_currency_is_a_highlight():
    take_in(FLOOD.replace("$1.2bn", "¥1.2bn").replace("1.5 billion dollars", "¥1.5bn"))

    assert not Claim.objects.filter(unit="¥").exists()


def test_a_measure_of_that_name_that_takes_figures_is_left_alone():
    old = make.measure(slug="damage", is_count=False)

    take_in(FLOOD)

    assert not old.claims.exists()
    assert Measure.objects.get(slug="damage-money").value_kind == "money"


def test_importing_the_sums_again_adds_nothing():
    take_in(FLOOD)
    before = Claim.objects.count()

    take_in(FLOOD)

    assert Claim.objects.count() == before
