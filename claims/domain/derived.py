"""What a claim's document derives from its evidence: label, range, best value, agreement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from claims.domain.conflict import ExpectedDispute, expected_disputes, severity
from claims.domain.consensus import Consensus, consensus
from claims.domain.contention import (
    Case,
    decisions_in_force,
    expected_contention,
    preferred_in_force,
    unsettled_reasons,
)
from claims.domain.decisions import decision_sentences
from claims.domain.edtf_text import day_text
from claims.domain.evidence import ClaimTerms, Evidence
from claims.domain.fingerprint import fingerprint
from claims.domain.gaps import worst
from claims.domain.marzullo import agreement_interval
from claims.domain.origins import counted, denials, denied_by_belligerents_only
from claims.domain.published import AgreementEntry, BestEntry, Derived, OriginEntry, RangeEntry
from claims.domain.range_words import range_words
from claims.domain.refs import FIGURE, format_ref
from claims.domain.summary import best_words, summary_sentence
from claims.domain.vocabulary import (
    UNRESOLVED,
    DisputeKind,
    MaybeSeverity,
    Stance,
    ValueFamily,
    family_of,
)


def derived_members(
    evidence: Sequence[Evidence],
    terms: ClaimTerms,
    cases: Sequence[Case],
    said: Mapping[int, str],
    today: str = "",
) -> Derived:
    """Return the derived members of a document, in the document's form.

    They are contention, severity, denied_by, summary, range, best, agreement, fingerprint,
    inputs, excluded and origins; figures by reference, dates as ISO text. `said` holds each
    answer in words by its number. `today` is the fingerprint of the evidence, where it is known.
    """
    today = today or fingerprint(evidence, terms)
    decided = decisions_in_force(cases, today)
    preferred = preferred_in_force(cases, today)
    found = consensus(evidence, terms, preferred, is_decided=bool(decided))
    expected = expected_disputes(evidence, terms)
    return {
        "contention": expected_contention(list(evidence), expected, cases, today),
        "severity": _severity(expected, evidence, terms, cases),
        "denied_by": _denied_by(evidence),
        "summary": summary_sentence(
            found,
            evidence,
            terms,
            said,
            decisions=decision_sentences(decided, said),
            reasons=unsettled_reasons(expected, cases, today),
        ),
        "range": _range(found, evidence, terms),
        "best": _best(found, terms, said),
        "agreement": _agreement(evidence, terms),
        "fingerprint": today,
        "inputs": [format_ref(FIGURE, number) for number in found.inputs],
        "excluded": [
            {"figure": format_ref(FIGURE, one.id), "reason": one.reason} for one in found.excluded
        ],
        "origins": _origins(evidence),
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
    by_hand = any(case.kind == DisputeKind.EDITOR and case.state in UNRESOLVED for case in cases)
    found = conflict_severity(expected)
    return worst((found, severity(evidence, terms))) if by_hand else found


def conflict_severity(expected: Iterable[ExpectedDispute]) -> MaybeSeverity:
    """Return the severity of the conflict among these disputes, '' when there is none."""
    return next((one.severity for one in expected if one.severity), "")


def _origins(evidence: Sequence[Evidence]) -> list[OriginEntry]:
    """Who the standing answers go back to, each with its statements and the one that counts.

    The origin '' is the article's own voice, of which none counts. What only repeats others
    stands under none.
    """
    sides = counted(evidence)
    counts = {one.id for one in (*sides.inputs, *sides.unknowns)}
    groups: dict[str, list[int]] = {}
    for one in evidence:
        if one.stands and one.stance == Stance.ASSERTS and not one.repeats:
            groups.setdefault(one.origin, []).append(one.id)
    return [
        {
            "origin": origin,
            "counted": next((_ref(number) for number in numbers if number in counts), None),
            "figures": [format_ref(FIGURE, number) for number in numbers],
        }
        for origin, numbers in groups.items()
    ]


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
        "low_open": found.low_open,
        "high_open": found.high_open,
        "low_from": _ref(found.low_from),
        "high_from": _ref(found.high_from),
        "words": range_words(found, evidence, terms),
    }


def _best(found: Consensus, terms: ClaimTerms, said: Mapping[int, str]) -> BestEntry:
    return {
        "value": _value(found.best, terms),
        "words": best_words(found, terms, said),
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
