"""Where sources agree and where they do not: the door to counting, conflict and consensus."""

from __future__ import annotations

from claims.domain.arithmetic import ArithmeticResult, arithmetic_check
from claims.domain.conflict import (
    Conflict,
    ExpectedDispute,
    conflicting_pairs,
    conflicts,
    disagree,
    expected_disputes,
    severity,
)
from claims.domain.consensus import BestRule, Consensus, consensus
from claims.domain.contention import (
    Case,
    contention,
    expected_contention,
    preferred_in_force,
)
from claims.domain.evidence import ClaimTerms, Evidence, stated_ends, tested_interval
from claims.domain.fingerprint import fingerprint
from claims.domain.marzullo import Agreement, agreement_interval
from claims.domain.origins import (
    REASONS,
    Counted,
    Excluded,
    counted,
    denials,
    denied_by_belligerents_only,
)

__all__ = [
    "REASONS",
    "Agreement",
    "ArithmeticResult",
    "BestRule",
    "Case",
    "ClaimTerms",
    "Conflict",
    "Consensus",
    "Counted",
    "Evidence",
    "Excluded",
    "ExpectedDispute",
    "agreement_interval",
    "arithmetic_check",
    "conflicting_pairs",
    "conflicts",
    "consensus",
    "contention",
    "counted",
    "denials",
    "denied_by_belligerents_only",
    "disagree",
    "expected_contention",
    "expected_disputes",
    "fingerprint",
    "preferred_in_force",
    "severity",
    "stated_ends",
    "tested_interval",
]
