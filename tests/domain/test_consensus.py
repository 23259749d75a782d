from decimal import Decimal

import pytest
from hypothesis import given

from claims.domain.consensus import consensus
from claims.domain.dates import day_number, parse_edtf
from claims.domain.evidence import ClaimTerms, Evidence, stated_ends
from claims.domain.marzullo import agreement_interval
from claims.domain.origins import counted
from tests.domain.strategies import quantities, says, terms_of_counts

COUNT = ClaimTerms()


def under(policy):
    return ClaimTerms(best_policy=policy)


@given(quantities(), terms_of_counts)
def test_consensus_ends_come_from_the_assertions_they_name(evidence, terms):
    found = consensus(evidence, terms)
    by_id = {one.id: stated_ends(one, terms) for one in evidence}
    for value, number in ((found.low, found.low_from), (found.high, found.high_from)):
        assert (value is None) == (number is None)
        assert number is None or value in (by_id[number].low, by_id[number].high)
    assert {found.low_from, found.high_from, found.best_from} <= {None, *found.inputs}


@given(quantities(), terms_of_counts)
def test_consensus_range_holds_every_stated_end(evidence, terms):
    found = consensus(evidence, terms)
    for one in counted(evidence).inputs:
        ends = stated_ends(one, terms)
        assert ends.low is None or found.low <= ends.low
        assert ends.high is None or found.high >= ends.high


@given(quantities(), terms_of_counts)
def test_consensus_accounts_for_every_assertion_and_gives_a_reason(evidence, terms):
    found = consensus(evidence, terms)
    listed = [*found.inputs, *(one.id for one in found.excluded)]
    assert sorted(listed) == sorted(one.id for one in evidence)
    assert found.best_reason
    assert (found.best is None) <= (found.best_rule in ("", "preferred"))


def test_consensus_of_aguelhok_spans_60_to_97_and_prefers_none():
    found = consensus([says(1, "minister", "about 60"), says(2, "officer", "97")], COUNT)
    assert (found.low, found.low_from, found.high, found.high_from) == (60, 1, 97, 2)
    assert found.best is None
    assert found.best_reason == "Independent origins disagree and no decision prefers one."


def test_consensus_leaves_out_the_articles_voice_and_vague_words():
    evidence = [says(1, "", "500", sourced=False), says(2, "a", "97"), says(3, "b", "dozens")]
    found = consensus(evidence, COUNT)
    assert (found.low, found.high, found.inputs) == (97, 97, (2,))
    assert [(one.id, one.code) for one in found.excluded] == [
        (1, "article_voice"),
        (3, "no_number"),
    ]


@pytest.mark.parametrize(
    ("said", "low", "high", "is_open"),
    [
        (["1,000-1,500+"], 1000, 1500, True),
        (["200+", "400"], 200, 400, True),
        (["200+"], 200, 200, True),
        (["up to 400"], 400, 400, False),
        (["50-101", "60"], 50, 101, False),
        (["dozens"], None, None, False),
    ],
)
def test_consensus_range_of_stated_ends(said, low, high, is_open):
    evidence = [says(number, str(number), text) for number, text in enumerate(said, 1)]
    found = consensus(evidence, COUNT)
    assert (found.low, found.high, found.high_open) == (low, high, is_open)


def test_equal_ends_are_credited_to_the_first_assertion():
    found = consensus([says(2, "b", "97"), says(1, "a", "97")], COUNT)
    assert (found.low_from, found.high_from) == (1, 1)


@pytest.mark.parametrize("other", ["about 97", "up to 97", "less than 97", "at least 97"])
def test_equal_ends_are_credited_to_who_states_them_plainly(other):
    found = consensus([says(1, "a", other), says(2, "b", "97")], COUNT)
    assert (found.low_from, found.high_from) == (2, 2)


def test_lone_ends_are_told_apart_from_ends_that_bound():
    found = consensus([says(1, "a", "up to 10"), says(2, "b", "at least 1,000")], COUNT)
    assert (found.low_open, found.high_open) == (True, True)
    found = consensus([says(1, "a", "10-20")], COUNT)
    assert (found.low_open, found.high_open) == (False, False)


@pytest.mark.parametrize("policy", ["none", "majority", "most_reliable", "lowest"])
def test_no_rule_speaks_where_editors_decided_and_prefer_nothing(policy):
    found = consensus([says(1, "a", "97"), says(2, "b", "97")], under(policy), is_decided=True)
    assert (found.best, found.best_from, found.best_rule) == (None, None, "")
    assert found.best_reason == "Editors decided and prefer no single answer."


@pytest.mark.parametrize("policy", ["majority", "most_reliable"])
def test_an_open_end_is_no_single_value(policy):
    evidence = [says(1, "a", "at least 60"), says(2, "b", "at least 60")]
    assert consensus(evidence, under(policy)).best is None


def test_best_is_what_a_decision_prefers():
    evidence = [says(1, "minister", "about 60"), says(2, "officer", "97")]
    found = consensus(evidence, COUNT, resolution_preferred=1)
    assert (found.best, found.best_from, found.best_rule) == (60, 1, "preferred")


def test_best_is_empty_when_a_decision_prefers_a_range():
    evidence = [says(1, "a", "50-60"), says(2, "b", "97")]
    found = consensus(evidence, COUNT, resolution_preferred=1)
    assert (found.best, found.best_from, found.best_rule) == (None, 1, "preferred")


def test_a_decision_for_an_assertion_that_no_longer_stands_is_not_followed():
    evidence = [says(1, "a", "60", live=False), says(2, "b", "97")]
    assert consensus(evidence, COUNT, resolution_preferred=1).best == 97


@pytest.mark.parametrize(
    ("said", "best"),
    [
        (["97"], 97),
        (["97", "97"], 97),
        (["97", "50-101", "dozens"], 97),
        (["about 97", "50-101"], None),
        (["97", "60"], None),
    ],
)
def test_best_is_the_only_exact_value_that_all_allow(said, best):
    evidence = [says(number, str(number), text) for number, text in enumerate(said, 1)]
    assert consensus(evidence, COUNT).best == best


def test_two_exact_values_within_the_tolerance_are_not_one():
    terms = ClaimTerms(tolerance_pct=Decimal(50))
    found = consensus([says(1, "a", "97"), says(2, "b", "98")], terms)
    assert (found.best, found.best_rule) == (None, "")


@pytest.mark.parametrize(
    ("said", "best"),
    [
        (["60", "60", "97"], 60),
        (["60", "97"], None),
        (["60", "60", "97", "98"], None),
        (["50-60", "50-60", "97"], None),
    ],
)
def test_majority_is_more_than_half_of_the_origins(said, best):
    evidence = [says(number, str(number), text) for number, text in enumerate(said, 1)]
    assert consensus(evidence, under("majority")).best == best


def graded(number, text, reliability="", credibility=None):
    return says(number, str(number), text, reliability=reliability, credibility=credibility)


@pytest.mark.parametrize(
    ("evidence", "best"),
    [
        ([graded(1, "60", "B", 2), graded(2, "97", "A", 6)], 97),
        ([graded(1, "60", "B", 2), graded(2, "97", "B", 3)], 60),
        ([graded(1, "60", "B", 2), graded(2, "97", "B", 2)], None),
        ([graded(1, "60"), graded(2, "97", "F", 6)], 97),
        ([graded(1, "60-70", "A", 1), graded(2, "97")], None),
    ],
)
def test_most_reliable_goes_by_the_admiralty_grade(evidence, best):
    assert consensus(evidence, under("most_reliable")).best == best


def test_lowest_policy_gives_the_lowest_stated_figure():
    found = consensus([says(1, "a", "80-90"), says(2, "b", "200")], under("lowest"))
    assert (found.best, found.best_from, found.best_rule) == (80, 1, "lowest")


def test_consensus_of_dates_is_in_day_numbers():
    dates = ClaimTerms(value_kind="date")
    edtf = "2012-01-16/2012-01-17"
    found = consensus([Evidence(id=1, origin="a", value_kind="date", edtf=edtf)], dates)
    assert found.low == day_number(parse_edtf(edtf).earliest)
    assert found.high - found.low == 1
    assert found.best is None


def test_consensus_of_nothing_says_so():
    found = consensus([], COUNT)
    assert (found.low, found.high, found.best) == (None, None, None)
    assert found.best_reason == "No independent origin gives a figure."


def test_agreement_interval_of_parties_is_none():
    party = Evidence(id=1, origin="a", value_kind="party", parties=frozenset({1}))
    assert agreement_interval([party], ClaimTerms(value_kind="party")) is None
