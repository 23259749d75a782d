"""Do the sums of a published document again, from nothing but the document."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from claims.domain.conflict import Severity, expected_disputes, severity
from claims.domain.consensus import Consensus, consensus
from claims.domain.contention import DisputeState, contention, preferred_in_force
from claims.domain.entries import read_figure
from claims.domain.evidence import ClaimTerms, Evidence
from claims.domain.fingerprint import fingerprint
from claims.domain.marzullo import agreement_interval
from claims.domain.origins import denials, denied_by_belligerents_only
from claims.domain.refs import FIGURE, PARTY, format_ref, parse_ref
from claims.domain.summary import best_words, day_text, range_words

__all__ = ["cases_of", "evidence_of", "recompute_from_document", "terms_of"]


def recompute_from_document(document: dict[str, Any]) -> dict[str, Any]:
    """Return the derived members of a claim's document, worked out from its figures.

    They are contention, severity, denied_by, fingerprint, inputs, excluded, range, best and
    agreement, in the document's own form: a true document holds the same. The document is as
    `read_document` gives it; numbers are int or Decimal. A case that is resolved in it is
    taken as resolved on the evidence beside it: other decisions are reopened before publication.
    """
    evidence, terms = evidence_of(document), terms_of(document)
    today = fingerprint(evidence, terms)
    cases = cases_of(document, today)
    found = consensus(evidence, terms, preferred_in_force(cases, today))
    return {
        "contention": contention(evidence, terms, cases),
        "severity": _severity(evidence, terms, cases),
        "denied_by": _denied_by(evidence),
        "fingerprint": today,
        "inputs": [format_ref(FIGURE, number) for number in found.inputs],
        "excluded": [
            {"figure": format_ref(FIGURE, one.id), "reason": one.reason} for one in found.excluded
        ],
        "range": _range(found, evidence, terms),
        "best": _best(found, terms),
        "agreement": _agreement(evidence, terms),
    }


def terms_of(document: dict[str, Any]) -> ClaimTerms:
    """Return what the document says about comparing its figures."""
    return ClaimTerms(
        value_kind=document["measure"]["value_kind"],
        cardinality=document["cardinality"],
        tolerance_pct=Decimal(document["tolerance_pct"]),
        best_policy=document["best_policy"],
        count=document["measure"]["is_count"],
    )


def evidence_of(document: dict[str, Any]) -> list[Evidence]:
    """Return the document's figures as evidence."""
    sources = {source["ref"]: source for source in document["sources"]}
    kind = document["measure"]["value_kind"]
    return [_evidence(entry, sources.get(entry["source"]), kind) for entry in document["figures"]]


def cases_of(document: dict[str, Any], today: str) -> list[DisputeState]:
    """Return the document's disputes; those resolved stand on the fingerprint `today`."""
    return [
        DisputeState(
            kind=entry["kind"],
            state=entry["state"],
            outcome=entry["outcome"],
            covers_fingerprint=today,
            preferred=_figure(entry["preferred"]),
        )
        for entry in document["disputes"]
    ]


def _evidence(entry: dict[str, Any], source: dict[str, Any] | None, kind: str) -> Evidence:
    first_link = entry["attribution"][0] if entry["attribution"] else {"belligerent": False}
    return Evidence(
        id=parse_ref(entry["ref"], FIGURE) or 0,
        stance=entry["stance"],
        live=entry["status"] == "live",
        source_withdrawn=source is not None and source["withdrawn_on"] is not None,
        sourced=source is not None,
        origin=entry["origin"],
        value_kind=kind,  # type: ignore[arg-type]
        has_value=_has_value(entry),
        figure=read_figure(entry) if _has_figure(entry) else None,
        edtf=entry["edtf"],
        parties=frozenset(parse_ref(party["ref"], PARTY) or 0 for party in entry["parties"]),
        boolean=entry["boolean"],
        text=entry["text"],
        asserted_on=entry["asserted_on"],
        target=_figure(entry["target"]),
        denier_is_belligerent=entry["stance"] == "denies" and first_link["belligerent"],
        reliability=source["reliability"] if source else "",
        credibility=int(entry["credibility"]) if entry["credibility"] else None,
    )


def _has_figure(entry: dict[str, Any]) -> bool:
    numbers = (entry["point"], entry["low"], entry["high"])
    return bool(entry["vague_term"]) or any(number is not None for number in numbers)


def _has_value(entry: dict[str, Any]) -> bool:
    stated = (
        _has_figure(entry),
        bool(entry["edtf"]),
        bool(entry["party_mode"]),
        entry["boolean"] is not None,
        bool(entry["text"]),
    )
    return entry["value_state"] == "value" and any(stated)


def _severity(evidence: list[Evidence], terms: ClaimTerms, cases: list[DisputeState]) -> Severity:
    """Return the severity of a conflict, or of what an editor's open case is about."""
    found = [one.severity for one in expected_disputes(evidence, terms) if one.severity]
    if found:
        return found[0]
    by_hand = any(
        case.kind == "editor" and case.state in ("open", "under_review") for case in cases
    )
    return severity(evidence, terms) if by_hand else ""


def _denied_by(evidence: list[Evidence]) -> str:
    if not denials(evidence):
        return ""
    return "belligerents" if denied_by_belligerents_only(evidence) else "others"


def _range(found: Consensus, evidence: list[Evidence], terms: ClaimTerms) -> dict[str, Any] | None:
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


def _best(found: Consensus, terms: ClaimTerms) -> dict[str, Any]:
    return {
        "value": _value(found.best, terms),
        "words": best_words(found, terms),
        "figure": _ref(found.best_from),
        "rule": found.best_rule,
        "reason": found.best_reason,
    }


def _agreement(evidence: list[Evidence], terms: ClaimTerms) -> dict[str, Any] | None:
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
    return day_text(number) if terms.value_kind == "date" else number


def _ref(number: int | None) -> str | None:
    return None if number is None else format_ref(FIGURE, number)


def _figure(ref: str | None) -> int | None:
    return None if ref is None else parse_ref(ref, FIGURE)
