"""The published document holds everything that its sums are made of."""

import copy
from decimal import Decimal

import pytest

from claims.domain.documents import read_document
from claims.domain.recompute import recompute_from_document
from claims.workflow.disputes import resolve_dispute, take_dispute
from claims.workflow.evidence import supersede_assertion
from claims.workflow.sources import withdraw_source
from tests import factories as make

pytestmark = pytest.mark.django_db


def published(draft):
    """The document that readers of the claim get, read back from its text."""
    return read_document(make.approve(draft).payload)


def assert_same(document):
    again = recompute_from_document(document)
    assert {name: document[name] for name in again} == again


def aguelhok():
    """About 60 against 97, denied by a party to the conflict, 97 in the article's own voice."""
    rebels = make.party("Rebels", kind="armed_group")
    event = make.subject(belligerents=[(rebels, "rebels")])
    draft = make.claim(subject=event, tolerance_pct=Decimal(2))
    make.figure(draft, 60, approximate=True)
    officer = make.figure(draft, 97)
    make.figure(draft, 97, citation_needed=True)
    denial = {"stance": "denies", "extent": "part", "ground": "fabricated", "target": officer}
    make.figure(draft, speaker=rebels, **denial)
    return draft


def test_recompute_gives_the_published_sums_of_a_disputed_quantity():
    document = published(aguelhok())
    assert (document["contention"], document["denied_by"]) == ("disputed", "belligerents")
    assert_same(document)


@pytest.mark.parametrize(
    "value",
    [
        {"low": Decimal(1000), "high": Decimal(1500), "high_open": True},
        {"low": Decimal(200), "low_strict": True},
        {"high": Decimal("400.5")},
        {"vague_term": "dozens"},
        {"value_state": "unknown"},
    ],
)
def test_recompute_gives_the_published_sums_of_each_form(value):
    draft = make.claim(best_policy="lowest")
    make.figure(draft, **value)
    make.figure(draft, 300)
    assert_same(published(draft))


def test_recompute_gives_the_published_sums_of_dates_parties_and_answers():
    dated = make.claim("date")
    make.figure(dated, edtf="2012-01-16/2012-01-17")
    make.figure(dated, edtf="2012-02~")
    accused = make.claim("party")
    make.figure(accused, parties=[make.party()], party_mode="joint")
    make.figure(accused, parties=[make.party()], party_mode="joint")
    asked = make.claim("boolean")
    make.figure(asked, boolean=True)
    for draft in (dated, accused, asked):
        assert_same(published(draft))


def test_recompute_follows_a_decision_and_what_no_longer_counts():
    draft = make.claim()
    first = make.figure(draft, 60)
    make.figure(draft, 97)
    withdrawn = make.figure(draft, 500)
    make.approve(draft)
    by = {"by": make.second_editor(), "reason": "Looked into."}
    later = {"source": first.source, "point": Decimal(62)}
    supersede_assertion(assertion=first, by=make.contributor(), reason="Later.", **later)
    withdraw_source(source=withdrawn.source, by=make.chief(), reason="Retracted.")
    dispute = draft.disputes.get(kind="value")
    take_dispute(dispute=dispute, **by)
    resolve_dispute(dispute=dispute, outcome="range_stands", rationale="Both stand.", **by)
    document = published(draft)
    assert document["contention"] == "resolved"
    assert_same(document)


def test_recompute_notices_a_figure_that_was_tampered_with():
    document = published(aguelhok())
    forged = copy.deepcopy(document)
    forged["figures"][1]["point"] = 61
    again = recompute_from_document(forged)
    assert again["contention"] == "disputed"  # the denial still stands
    assert again["fingerprint"] != document["fingerprint"]
    assert again["range"] != document["range"]
