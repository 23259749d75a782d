"""Do the sums of a published document again, from nothing but the document."""

from __future__ import annotations

from decimal import Decimal

from claims.domain.contention import Case
from claims.domain.derived import derived_members
from claims.domain.entries import has_quantity, has_value, read_figure
from claims.domain.evidence import ClaimTerms, Evidence
from claims.domain.fingerprint import fingerprint
from claims.domain.published import ClaimDocument, Derived
from claims.domain.published_figures import FigureEntry, SourceEntry
from claims.domain.refs import FIGURE, PARTY, parse_ref
from claims.domain.vocabulary import (
    AssertionStatus,
    BestPolicy,
    Cardinality,
    DisputeKind,
    DisputeState,
    Stance,
    ValueKind,
)

__all__ = ["cases_of", "evidence_of", "recompute_from_document", "terms_of"]


def recompute_from_document(document: ClaimDocument) -> Derived:
    """Return the derived members of a claim's document, worked out from its figures.

    They are contention, severity, denied_by, fingerprint, inputs, excluded, range, best and
    agreement, in the document's own form: a true document holds the same. The document is as
    `read_document` gives it; numbers are int or Decimal. A case that is resolved in it is
    taken as resolved on the evidence beside it: other decisions are reopened before publication.
    """
    evidence, terms = evidence_of(document), terms_of(document)
    today = fingerprint(evidence, terms)
    return derived_members(evidence, terms, cases_of(document, today), today)


def terms_of(document: ClaimDocument) -> ClaimTerms:
    """Return what the document says about comparing its figures."""
    return ClaimTerms(
        value_kind=ValueKind(document["measure"]["value_kind"]),
        cardinality=Cardinality(document["cardinality"]),
        tolerance_pct=Decimal(document["tolerance_pct"]),
        best_policy=BestPolicy(document["best_policy"]),
        count=document["measure"]["is_count"],
    )


def evidence_of(document: ClaimDocument) -> list[Evidence]:
    """Return the document's figures as evidence."""
    sources = {source["ref"]: source for source in document["sources"]}
    kind = ValueKind(document["measure"]["value_kind"])
    return [
        _evidence(entry, sources.get(entry["source"] or ""), kind) for entry in document["figures"]
    ]


def cases_of(document: ClaimDocument, today: str) -> list[Case]:
    """Return the document's disputes; those resolved stand on the fingerprint `today`."""
    return [
        Case(
            kind=DisputeKind(entry["kind"]),
            state=DisputeState(entry["state"]),
            outcome=entry["outcome"],
            covers_fingerprint=today,
            preferred=_figure(entry["preferred"]),
        )
        for entry in document["disputes"]
    ]


def _evidence(entry: FigureEntry, source: SourceEntry | None, kind: ValueKind) -> Evidence:
    stance = Stance(entry["stance"])
    first_link = entry["attribution"][0] if entry["attribution"] else {"belligerent": False}
    return Evidence(
        id=parse_ref(entry["ref"], FIGURE) or 0,
        stance=stance,
        live=entry["status"] == AssertionStatus.LIVE,
        source_withdrawn=source is not None and source["withdrawn_on"] is not None,
        sourced=source is not None,
        origin=entry["origin"],
        value_kind=kind,
        has_value=has_value(entry),
        figure=read_figure(entry) if has_quantity(entry) else None,
        edtf=entry["edtf"],
        parties=frozenset(parse_ref(party["ref"], PARTY) or 0 for party in entry["parties"]),
        boolean=entry["boolean"],
        text=entry["text"],
        asserted_on=entry["asserted_on"],
        target=_figure(entry["target"]),
        denier_is_belligerent=stance is Stance.DENIES and first_link["belligerent"],
        reliability=source["reliability"] if source else "",
        credibility=int(entry["credibility"]) if entry["credibility"] else None,
    )


def _figure(ref: str | None) -> int | None:
    return None if ref is None else parse_ref(ref, FIGURE)
