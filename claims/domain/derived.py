"""What a claim's document derives from its evidence: label, range, best value, agreement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from claims.domain.conflict import ExpectedDispute, expected_disputes, severity
from claims.domain.consensus import Consensus, consensus
from claims.domain.contention import Case, label_of, preferred_in_force
from claims.domain.evidence import ClaimTerms, Evidence
from claims.domain.fingerprint import fingerprint
from claims.domain.marzullo import agreement_interval
from claims.domain.origins import denials, denied_by_belligerents_only
from claims.domain.published import AgreementEntry, BestEntry, Derived, RangeEntry
from claims.domain.refs import FIGURE, format_ref
from claims.domain.summary import best_words, day_text, range_words, summary_sentence
from claims.domain.vocabulary import (
    UNRESOLVED,
    Contention,
    DisputeKind,
    MaybeSeverity,
    ValueFamily,
    family_of,
)


def derived_members(
    evidence: Sequence[Evidence],
    terms: ClaimTerms,
    cases: Sequence[Case],
    today: str = "",
) -> Derived:
    """Return the derived members of a document, in the document's form.

    They are contention, severity, denied_by, summary, range, best, agreement, fingerprint,
    inputs and excluded; figures by reference, dates as ISO text. `today` is the fingerprint of
    the evidence, where it is known.
    """
    today = today or fingerprint(evidence, terms)
    found = consensus(evidence, terms, preferred_in_force(cases, today))
    expected = expected_disputes(evidence, terms)
    label = label_of(list(evidence), expected, cases, today)
    reasons = [dispute.reason for dispute in expected] if label is Contention.DISPUTED else []
    return {
        "contention": label,
        "severity": _severity(expected, evidence, terms, cases),
        "denied_by": _denied_by(evidence),
        "summary": summary_sentence(found, evidence, terms, reasons),
        "range": _range(found, evidence, terms),
        "best": _best(found, terms),
        "agreement": _agreement(evidence, terms),
        "fingerprint": today,
        "inputs": [format_ref(FIGURE, number) for number in found.inputs],
        "excluded": [
            {"figure": format_ref(FIGURE, one.id), "reason": one.reason} for one in found.excluded
        ],
    }


def claim_severity(
    evidence: Sequence[Evidence], terms: ClaimTerms, cases: Sequence[Case]
) -> MaybeSeverity:
    """Return the severity of a conflict, or of what an editor's open case is about."""
    return _severity(expected_disputes(evidence, terms), evidence, terms, cases)


def _severity(
    expected: Iterable[ExpectedDispute],
    evidence: Sequence[Evidence],
    terms: ClaimTerms,
    cases: Sequence[Case],
) -> MaybeSeverity:
    if found := conflict_severity(expected):
        return found
    by_hand = any(case.kind == DisputeKind.EDITOR and case.state in UNRESOLVED for case in cases)
    return severity(evidence, terms) if by_hand else ""


def conflict_severity(expected: Iterable[ExpectedDispute]) -> MaybeSeverity:
    """Return the severity of the conflict among these disputes, '' when there is none."""
    return next((one.severity for one in expected if one.severity), "")


def _denied_by(evidence: Sequence[Evidence]) -> str:
    if not denials(evidence):
        return ""
    return "belligerents" if denied_by_belligerents_only(evidence) else "others"


def _range(found: Consensus, evidence: Sequence[Evidence], terms: ClaimTerms) -> RangeEntry | None:
    if found.low is None and found.high is None:
        return None
    return {
        "low": _value(found.low, terms),
        "high": _value(found.high, terms),
        "high_open": found.high_open,
        "low_from": _ref(found.low_from),
        "high_from": _ref(found.high_from),
        "words": range_words(found, evidence, terms),
    }


def _best(found: Consensus, terms: ClaimTerms) -> BestEntry:
    return {
        "value": _value(found.best, terms),
        "words": best_words(found, terms),
        "figure": _ref(found.best_from),
        "rule": found.best_rule,
        "reason": found.best_reason,
    }


def _agreement(evidence: Sequence[Evidence], terms: ClaimTerms) -> AgreementEntry | None:
    found = agreement_interval(evidence, terms)
    if found is None:
        return None
    return {
        "low": _value(found.low, terms),
        "high": _value(found.high, terms),
        "origins": found.count,
        "of": found.of,
        "unique": found.is_unique,
    }


def _value(number: Decimal | None, terms: ClaimTerms) -> Decimal | str | None:
    """Return a quantity as a number, a date as ISO text."""
    return day_text(number) if family_of(terms.value_kind) is ValueFamily.DATE else number


def _ref(number: int | None) -> str | None:
    return None if number is None else format_ref(FIGURE, number)
