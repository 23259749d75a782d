"""The arithmetic agrees with the definitions done by hand, on thousands of generated sets."""

from __future__ import annotations

import random
from fractions import Fraction
from math import inf
from typing import Any

import pytest

from claims.domain.conflict import conflicts, expected_disputes, severity
from claims.domain.consensus import consensus
from claims.domain.contention import contention
from claims.domain.evidence import ClaimTerms
from claims.domain.marzullo import agreement_interval
from claims.domain.origins import counted
from tests.domain.oracle import Said, agreeing, by_definition, generated, stated

SETS = 24_000
GRAVER = ("", "minor", "moderate", "major")


def number(value: Any, unbounded: Any = None) -> Any:
    return unbounded if value is None else Fraction(value)


def computed(statements: list[Said], terms: ClaimTerms) -> dict[str, Any]:
    evidence = [one.evidence() for one in statements]
    found, agreed = consensus(evidence, terms), agreement_interval(evidence, terms)
    clash = conflicts(evidence, terms)
    return {
        "low": number(found.low),
        "high": number(found.high),
        "low_open": found.low_open,
        "high_open": found.high_open,
        "conflict": clash is not None,
        "severity": clash.severity if clash else "",
        "contention": contention(evidence, terms),
        "agreement": agreed
        and (
            number(agreed.low, -inf),
            number(agreed.high, inf),
            agreed.count,
            agreed.of,
            agreed.is_unique,
        ),
    }


@pytest.mark.parametrize("seed", range(4))
def test_the_arithmetic_is_what_the_definitions_give(seed: int) -> None:
    for statements, terms in generated(seed, SETS // 4):
        assert computed(statements, terms) == vars(by_definition(statements, terms)), statements


def test_low_is_never_above_high_and_each_end_names_who_states_it() -> None:
    for statements, terms in generated(11, 2_000):
        found = consensus([one.evidence() for one in statements], terms)
        by_id = {one.id: one for one in statements}
        assert (found.low is None) == (found.high is None) == (found.low_from is None)
        if found.low is not None:
            assert found.low <= found.high
            assert found.low in stated(by_id[found.low_from])
            assert found.high in stated(by_id[found.high_from])


def test_no_agreeing_source_makes_a_claim_less_severe() -> None:
    chance, raised = random.Random(5), 0
    for statements, terms in generated(12, 4_000):
        evidence = [one.evidence() for one in statements]
        if not counted(evidence).inputs:
            continue
        more = [one.evidence() for one in agreeing(chance, statements)]
        for measured in (_of_conflict, severity):
            before, after = measured(evidence, terms), measured(more, terms)
            assert GRAVER.index(after) >= GRAVER.index(before), statements
            raised += after != before
    assert raised, "an agreeing source must sometimes meet a conflict"


def _of_conflict(evidence: list[Any], terms: ClaimTerms) -> str:
    return next((one.severity for one in expected_disputes(evidence, terms) if one.severity), "")
