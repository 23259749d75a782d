"""Do the sums of a published document again, from nothing but the document."""

from __future__ import annotations

from decimal import Decimal

from claims.domain.contention import Case
from claims.domain.derived import derived_members
from claims.domain.entries import entry_has_value, has_quantity, read_figure
from claims.domain.evidence import ClaimTerms, Evidence
from claims.domain.fingerprint import fingerprint
from claims.domain.published import ClaimDocument, Derived
from claims.domain.published_figures import FigureEntry, SourceEntry
from claims.domain.refs import ARTICLE, FIGURE, PARTY, parse_ref
from claims.domain.resting import THE_ARTICLE, Rest, follow, is_named, merges
from claims.domain.units import said_unit
from claims.domain.vocabulary import (
    AssertionStatus,
    BestPolicy,
    Cardinality,
    DisputeKind,
    DisputeState,
    Stance,
    ValueKind,
)

__all__ = ["cases_of", "document_terms", "evidence_in", "recompute_from_document"]


def recompute_from_document(document: ClaimDocument) -> Derived:
    """Return the derived members of a claim's document, worked out from its figures.

    They are contention, severity, denied_by, fingerprint, inputs, excluded, range, best,
    agreement and origins, in the document's own form: a true document holds the same. The
    document is as `read_document` gives it; numbers are int or Decimal. A case that is resolved
    in it is taken as resolved on the evidence beside it: other decisions are reopened before
    publication.
    """
    evidence, terms = evidence_in(document), document_terms(document)
    today = fingerprint(evidence, terms)
    said = {parse_ref(entry["ref"], FIGURE) or 0: entry["words"] for entry in document["figures"]}
    return derived_members(evidence, terms, cases_of(document, today), said, today)


def document_terms(document: ClaimDocument) -> ClaimTerms:
    """Return what the document says about comparing its figures."""
    return ClaimTerms(
        value_kind=ValueKind(document["measure"]["value_kind"]),
        cardinality=Cardinality(document["cardinality"]),
        tolerance_pct=Decimal(document["tolerance_pct"]),
        best_policy=BestPolicy(document["best_policy"]),
        count=document["measure"]["is_count"],
        said_unit=said_unit(document["measure"]["value_kind"], document["unit"]),
    )


def evidence_in(document: ClaimDocument) -> list[Evidence]:
    """Return the document's figures as evidence, origins followed along its relations."""
    sources = {source["ref"]: source for source in document["sources"]}
    kind = ValueKind(document["measure"]["value_kind"])
    found = [
        _evidence(entry, sources.get(entry["source"] or ""), kind) for entry in document["figures"]
    ]
    return follow(found, _rests(document))


def _rests(document: ClaimDocument) -> list[Rest]:
    return [
        Rest(one["from"], THE_ARTICLE if parse_ref(one["to"], ARTICLE) else one["to"])
        for one in document["source_relations"]
        if merges(one["kind"], whole=one["scope"] == "source")
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
            reason=entry["reason"],
            rationale=entry["rationale"],
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
        has_value=entry_has_value(entry),
        figure=read_figure(entry) if has_quantity(entry) else None,
        edtf=entry["edtf"],
        parties=frozenset(parse_ref(party["ref"], PARTY) or 0 for party in entry["parties"]),
        boolean=entry["boolean"],
        text=entry["text"],
        asserted_on=entry["asserted_on"],
        issued=entry["said_on"],  # '' in documents of format 1: no date stood in
        target=_figure(entry["target"]),
        denier_is_belligerent=stance is Stance.DENIES and first_link["belligerent"],
        reliability=source["reliability"] if source else "",
        credibility=int(entry["credibility"]) if entry["credibility"] else None,
        source=entry["source"] or "",
        names_speaker=any(is_named(one["role"], one["kind"]) for one in entry["attribution"][:1]),
    )


def _figure(ref: str | None) -> int | None:
    return None if ref is None else parse_ref(ref, FIGURE)
