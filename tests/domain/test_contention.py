import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.contention import Case, contention, preferred_in_force
from claims.domain.evidence import ClaimTerms
from claims.domain.fingerprint import fingerprint
from tests.domain.strategies import denies, quantities, says, terms_of_counts

COUNT = ClaimTerms()
CLASH = [says(1, "minister", "about 60"), says(2, "officer", "97")]


def decided(evidence, kind="value", outcome="range_stands", **more):
    today = fingerprint(evidence, COUNT)
    return Case(kind, "resolved", outcome, today, **more)


@pytest.mark.parametrize(
    ("evidence", "label"),
    [
        ([], "unsourced"),
        ([says(1, "", "97", sourced=False)], "unsourced"),
        ([says(1, "officer", "97", live=False)], "unsourced"),
        ([says(1, "officer", "97", source_withdrawn=True)], "unsourced"),
        ([says(1, "", "97", sourced=False), says(2, "press", stance="doubts")], "unsourced"),
        (CLASH, "disputed"),
        ([says(1, "officer", "97"), denies(2, "MNLA")], "disputed"),
        ([says(1, "", "97", sourced=False), denies(2, "MNLA")], "disputed"),
        ([says(1, "", "97", sourced=False), says(2, "minister", "60")], "disputed"),
        ([says(1, "officer")], "unknown_only"),
        ([says(1, "officer"), says(2, "", "97", sourced=False)], "unknown_only"),
        ([says(1, "WFP", "200,000"), says(2, "UNHCR", "roughly 200,000")], "corroborated"),
        ([says(1, "officer", "97")], "single_origin"),
        ([says(1, "officer", "97"), says(2, "officer", "97")], "single_origin"),
        ([says(1, "officer", "97"), says(2, "", "97", sourced=False)], "single_origin"),
        ([says(1, "officer", "97"), says(2, "army")], "single_origin"),
        ([says(1, "officer", "97"), says(2, "press", stance="doubts")], "single_origin"),
    ],
)
def test_contention_of_evidence_alone(evidence, label):
    assert contention(evidence, COUNT) == label


def test_a_resolution_in_force_covers_the_conflict():
    assert contention(CLASH, COUNT, [decided(CLASH)]) == "resolved"


def test_a_resolution_of_earlier_evidence_covers_nothing():
    later = [*CLASH, says(3, "press", "80")]
    assert contention(later, COUNT, [decided(CLASH)]) == "disputed"


def test_unresolvable_stays_labelled_disputed():
    assert contention(CLASH, COUNT, [decided(CLASH, outcome="unresolvable")]) == "disputed"


def test_each_kind_needs_its_own_resolution():
    evidence = [*CLASH, denies(3, "MNLA")]
    value, denial = decided(evidence), decided(evidence, "denial")
    assert contention(evidence, COUNT, [value]) == "disputed"
    assert contention(evidence, COUNT, [value, denial]) == "resolved"


@pytest.mark.parametrize("state", ["open", "under_review", "dismissed", "moot"])
def test_a_case_that_is_not_resolved_does_not_hide_its_conflict(state):
    case = Case("value", state, "", fingerprint(CLASH, COUNT))
    assert contention(CLASH, COUNT, [case]) == "disputed"


@pytest.mark.parametrize("kind", ["editor", "arithmetic"])
@pytest.mark.parametrize(
    ("state", "label"),
    [
        ("open", "disputed"),
        ("under_review", "disputed"),
        ("resolved", "resolved"),
        ("dismissed", "single_origin"),
        ("moot", "single_origin"),
    ],
)
def test_a_case_opened_without_a_conflict_counts_while_it_is_open(kind, state, label):
    evidence = [says(1, "officer", "97")]
    case = Case(kind, state, "range_stands", fingerprint(evidence, COUNT))
    assert contention(evidence, COUNT, [case]) == label


def test_an_editor_case_resolved_on_other_evidence_is_open_again():
    evidence = [says(1, "officer", "97")]
    assert contention(evidence, COUNT, [decided(CLASH, "editor")]) == "disputed"


@given(quantities(), terms_of_counts, st.randoms())
def test_contention_does_not_depend_on_the_order(evidence, terms, random):
    shuffled = list(evidence)
    random.shuffle(shuffled)
    assert contention(shuffled, terms) == contention(evidence, terms)


@given(quantities(), terms_of_counts)
def test_resolving_all_that_is_expected_leaves_nothing_disputed(evidence, terms):
    today = fingerprint(evidence, terms)
    cases = [Case(kind, "resolved", "prefer", today) for kind in ("value", "denial")]
    assert contention(evidence, terms, cases) in ("unsourced", "resolved")


def test_preferred_in_force_is_the_choice_of_a_decision_on_todays_evidence():
    today = fingerprint(CLASH, COUNT)
    assert preferred_in_force([decided(CLASH, outcome="prefer", preferred=2)], today) == 2
    assert preferred_in_force([decided([], outcome="prefer", preferred=2)], today) is None
    assert preferred_in_force([decided(CLASH)], today) is None
