"""Building the public document of a claim from its desk rows."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any

from claims.domain.agreement import (
    Consensus,
    agreement_interval,
    consensus,
    denials,
    denied_by_belligerents_only,
    preferred_in_force,
)
from claims.domain.dates import date_words
from claims.domain.documents import dump_document
from claims.domain.refs import CLAIM, FIGURE, format_ref
from claims.domain.summary import best_words, day_text, range_words, summary_sentence
from claims.models import Claim, Subject
from claims.workflow.desk import Desk, read_desk
from claims.workflow.document_parts import (
    arithmetic_entries,
    dispute_entry,
    figure_entry,
    relation_entries,
    source_entries,
)

LICENCE = "CC-BY-4.0"


def build_document(claim: Claim, desk: Desk | None = None) -> dict[str, Any]:
    """The claim as readers would see it, all but version, review and hashes."""
    desk = desk or read_desk(claim)
    found = consensus(desk.evidence, desk.terms, _preferred(desk))
    ref = claim.ref
    return {
        "ref": ref,
        "type": "claim",
        "version": None,
        "sequence": None,
        "status": "published",
        "question": claim.question,
        "contention": claim.contention,
        "severity": claim.severity,
        "denied_by": _denied_by(desk),
        "summary": summary_sentence(found, desk.evidence, desk.terms),
        "subject": subject_entry(desk),
        "measure": {
            "slug": claim.measure.slug,
            "label": claim.measure.label,
            "value_kind": claim.measure.value_kind,
            "is_count": claim.measure.is_count,
        },
        "unit": claim.unit,
        "population": claim.population,
        "aggregation": claim.aggregation,
        "as_of": claim.as_of,
        "as_of_words": date_words(claim.as_of) if claim.as_of else "",
        "cardinality": claim.cardinality,
        "tolerance_pct": Decimal(claim.tolerance_pct),
        "best_policy": claim.best_policy,
        "range": _range(found, desk),
        "best": _best(found, desk),
        "agreement": _agreement(desk),
        "fingerprint": claim.fingerprint,
        "inputs": [format_ref(FIGURE, number) for number in found.inputs],
        "excluded": [
            {"figure": format_ref(FIGURE, one.id), "reason": one.reason} for one in found.excluded
        ],
        "figures": [figure_entry(row, desk.belligerents) for row in desk.assertions],
        "sources": source_entries(desk.assertions),
        "relations": relation_entries(claim),
        "arithmetic": arithmetic_entries(claim, desk),
        "disputes": [dispute_entry(dispute) for dispute in desk.disputes],
        "review": {},
        "links": links_of(claim, None),
        "licence": LICENCE,
    }


def claim_fingerprint(claim: Claim) -> str:
    """SHA-256 (hex) over all that readers would see: what an approval names."""
    desk_text = dump_document(build_document(claim))
    return hashlib.sha256(desk_text.encode()).hexdigest()


def links_of(claim: Claim, number: int | None) -> dict[str, str]:
    """Paths, without a host, so that the stored text holds on every site."""
    ref = format_ref(CLAIM, claim.pk)
    version = {"version": f"/claims/{ref}/v/{number}/"} if number else {}
    return {
        "html": f"/claims/{ref}/",
        **version,
        "api": f"/api/v1/claims/{ref}/",
        "history": f"/claims/{ref}/history/",
    }


def subject_entry(desk: Desk) -> dict[str, Any]:
    """The subject with its line of parents and the parties to its conflict."""
    subject = desk.path[-1]
    return {
        **_subject_name(subject),
        "kind": subject.kind,
        "place": subject.place,
        "when": subject.when,
        "when_words": date_words(subject.when) if subject.when else "",
        "path": [_subject_name(above) for above in desk.path[:-1]],
        "belligerents": desk.belligerent_names(),
    }


def _subject_name(subject: Subject) -> dict[str, str]:
    return {"ref": subject.ref, "title": subject.title}


def _preferred(desk: Desk) -> int | None:
    return preferred_in_force(desk.cases, desk.claim.fingerprint)


def _denied_by(desk: Desk) -> str:
    if not denials(desk.evidence):
        return ""
    return "belligerents" if denied_by_belligerents_only(desk.evidence) else "others"


def _value(number: Decimal | None, desk: Desk) -> Decimal | str | None:
    """A quantity as a number, a date as ISO text."""
    return day_text(number) if desk.terms.value_kind == "date" else number


def _figure_ref(number: int | None) -> str | None:
    return None if number is None else format_ref(FIGURE, number)


def _range(found: Consensus, desk: Desk) -> dict[str, Any] | None:
    if found.low is None and found.high is None:
        return None
    return {
        "low": _value(found.low, desk),
        "high": _value(found.high, desk),
        "high_open": found.high_open,
        "low_from": _figure_ref(found.low_from),
        "high_from": _figure_ref(found.high_from),
        "words": range_words(found, desk.evidence, desk.terms),
    }


def _best(found: Consensus, desk: Desk) -> dict[str, Any]:
    return {
        "value": _value(found.best, desk),
        "words": best_words(found, desk.terms),
        "figure": _figure_ref(found.best_from),
        "rule": found.best_rule,
        "reason": found.best_reason,
    }


def _agreement(desk: Desk) -> dict[str, Any] | None:
    found = agreement_interval(desk.evidence, desk.terms)
    if found is None:
        return None
    return {
        "low": _value(found.low, desk),
        "high": _value(found.high, desk),
        "origins": found.count,
        "of": found.of,
        "unique": found.is_unique,
    }
