from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.evidence import ClaimTerms
from claims.domain.fingerprint import fingerprint
from claims.domain.quantity import Figure
from tests.domain.strategies import quantities, says, terms_of_counts

COUNT = ClaimTerms()
PAIR = [says(1, "minister", "about 60"), says(2, "officer", "97")]


@given(quantities(), terms_of_counts, st.randoms())
def test_fingerprint_does_not_depend_on_the_order(evidence, terms, random):
    shuffled = list(evidence)
    random.shuffle(shuffled)
    assert fingerprint(shuffled, terms) == fingerprint(evidence, terms)


@given(quantities(), terms_of_counts)
def test_fingerprint_ignores_what_is_not_live(evidence, terms):
    live = [one for one in evidence if one.live]
    assert fingerprint(evidence, terms) == fingerprint(live, terms)


def test_fingerprint_is_the_same_in_every_release():
    assert fingerprint(PAIR, COUNT) == (
        "e1a3ae17e997088645696546bc94accb140c1df7551463533e0addc094fb1f80"
    )


def test_fingerprint_ignores_idle_zeros():
    spelled = replace(PAIR[1], figure=Figure(point=Decimal("97.000")))
    assert fingerprint([PAIR[0], spelled], COUNT) == fingerprint(PAIR, COUNT)


@pytest.mark.parametrize(
    "change",
    [
        {"id": 3},
        {"stance": "doubts"},
        {"origin": "press"},
        {"sourced": False},
        {"source_withdrawn": True},
        {"has_value": False},
        {"figure": Figure(point=Decimal(82))},
        {"figure": Figure(point=Decimal(97), approximate=True)},
        {"asserted_on": "2012"},
        {"target": 1},
        {"live": False},
    ],
)
def test_fingerprint_changes_with_the_evidence(change):
    assert fingerprint([PAIR[0], replace(PAIR[1], **change)], COUNT) != fingerprint(PAIR, COUNT)


def test_fingerprint_holds_dates_of_sources_where_one_origin_speaks_twice():
    """Elsewhere they say nothing about who counts, and decisions of before stay in force."""
    dated = replace(PAIR[1], issued="2012")
    assert fingerprint([PAIR[0], dated], COUNT) == fingerprint(PAIR, COUNT)
    twice = [PAIR[0], replace(PAIR[1], origin=PAIR[0].origin)]
    later = [PAIR[0], replace(twice[1], issued="2012")]
    assert fingerprint(later, COUNT) != fingerprint(twice, COUNT)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("date", {"edtf": "2012"}, {"edtf": "2013"}),
        ("party", {"parties": frozenset({1})}, {"parties": frozenset({2})}),
        ("boolean", {"boolean": True}, {"boolean": False}),
        ("text", {"text": "won"}, {"text": "lost"}),
    ],
)
def test_fingerprint_changes_with_values_of_every_kind(kind, one, other):
    terms = ClaimTerms(value_kind=kind)
    prints = {
        fingerprint([says(1, "a", has_value=True, value_kind=kind, **value)], terms)
        for value in (one, other)
    }
    assert len(prints) == 2


def test_fingerprint_changes_with_the_tolerance_but_not_with_its_zeros():
    wide, spelled = ClaimTerms(tolerance_pct=Decimal(5)), ClaimTerms(tolerance_pct=Decimal("5.00"))
    assert fingerprint(PAIR, wide) != fingerprint(PAIR, COUNT)
    assert fingerprint(PAIR, wide) == fingerprint(PAIR, spelled)
