"""Building the public document of a claim from its desk rows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from claims.domain.dates import date_words
from claims.domain.derived import derived_members
from claims.domain.refs import CLAIM, format_ref
from claims.models import Claim, Subject
from claims.workflow.desk import Desk
from claims.workflow.document_parts import (
    arithmetic_entries,
    dispute_entry,
    figure_entry,
    relation_entries,
    source_entries,
)
from claims.workflow.linked import Linked

LICENCE = "CC-BY-4.0"


def build_document(desk: Desk, linked: Linked) -> dict[str, Any]:
    """The claim as readers would see it, all but version, review and hashes.

    Built from what was read before and from nothing else: no query is made here.
    """
    claim = desk.claim
    derived = derived_members(desk.evidence, desk.terms, desk.cases)
    head = ("contention", "severity", "denied_by", "summary")
    body = ("range", "best", "agreement", "fingerprint", "inputs", "excluded")
    return {
        "ref": claim.ref,
        "type": "claim",
        "version": None,
        "sequence": None,
        "status": "published",
        "question": claim.question,
        **{name: derived[name] for name in head},
        "subject": subject_entry(desk),
        "measure": {
            "slug": claim.measure.slug,
            "label": claim.measure.label,
            "value_kind": claim.measure.value_kind,
            "is_count": claim.measure.is_count,
            "wikidata_property": claim.measure.wikidata_property,
        },
        "unit": claim.unit,
        "population": claim.population,
        "aggregation": claim.aggregation,
        "as_of": claim.as_of,
        "as_of_words": date_words(claim.as_of) if claim.as_of else "",
        "cardinality": claim.cardinality,
        "tolerance_pct": Decimal(claim.tolerance_pct),
        "best_policy": claim.best_policy,
        **{name: derived[name] for name in body},
        "figures": [
            figure_entry(row, desk.belligerents, linked.approved) for row in desk.assertions
        ],
        "sources": source_entries(desk.assertions),
        "relations": relation_entries(linked),
        "arithmetic": arithmetic_entries(desk, linked),
        "disputes": [dispute_entry(dispute) for dispute in desk.disputes],
        "review": {},
        "links": links_of(claim, None),
        "licence": LICENCE,
    }


def build_tombstone(
    claim: Claim, *, question: str | None = None, takedown: dict[str, Any] | None = None
) -> dict[str, Any]:
    """What readers find in place of a retired claim, all but version, review and hashes.

    ``takedown`` says why one person took it away at once, and whether another has confirmed it;
    it goes with the ``question`` that readers had, for nobody else has read the desk's.
    """
    return {
        "ref": claim.ref,
        "type": "claim",
        "version": None,
        "sequence": None,
        "status": "retired",
        "question": claim.question if question is None else question,
        **({"takedown": takedown} if takedown else {}),
        "review": {},
        "links": links_of(claim, None),
    }


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
