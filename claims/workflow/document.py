"""Building the public document of a claim from its desk rows."""

from __future__ import annotations

from decimal import Decimal

from claims.domain.dates import date_words
from claims.domain.derived import derived_members
from claims.domain.document_format import FORMAT
from claims.domain.published import (
    ClaimDocument,
    Links,
    MeasureEntry,
    Review,
    Takedown,
    Tombstone,
)
from claims.domain.refs import CLAIM, format_ref
from claims.models import Claim, Measure
from claims.workflow.desk import Desk
from claims.workflow.document_parts import (
    arithmetic_entries,
    dispute_entry,
    figure_entry,
    relation_entries,
    source_entries,
    words_of,
)
from claims.workflow.linked import Linked
from claims.workflow.relation_entries import source_relation_entry
from claims.workflow.subject_entries import subject_entry

LICENCE = "CC-BY-4.0"
# What only a version has: publication fills it in.
OF_A_VERSION = frozenset({"version", "sequence", "review", "links", "previous_sha256", "sha256"})
UNPUBLISHED: Review = {"edited_by": "", "approved_by": "", "published_at": "", "reason": ""}


def build_document(desk: Desk, linked: Linked) -> ClaimDocument:
    """The claim as readers would see it, all but version, review and hashes.

    Built from what was read before and from nothing else: no query is made here.
    """
    claim = desk.claim
    said = {row.pk: words_of(row, desk.terms.said_unit) for row in desk.assertions}
    derived = derived_members(desk.evidence, desk.terms, desk.cases, said)
    return {
        "ref": claim.ref,
        "type": "claim",
        "format": FORMAT,
        "version": 0,
        "sequence": 0,
        "status": "published",
        "question": claim.question,
        "contention": derived["contention"],
        "severity": derived["severity"],
        "denied_by": derived["denied_by"],
        "summary": derived["summary"],
        "subject": subject_entry(desk),
        "measure": measure_entry(claim.measure),
        "unit": claim.unit,
        "population": claim.population,
        "aggregation": claim.aggregation,
        "as_of": claim.as_of,
        "as_of_words": date_words(claim.as_of) if claim.as_of else "",
        "cardinality": claim.cardinality,
        "tolerance_pct": Decimal(claim.tolerance_pct),
        "best_policy": claim.best_policy,
        "range": derived["range"],
        "best": derived["best"],
        "agreement": derived["agreement"],
        "fingerprint": derived["fingerprint"],
        "inputs": derived["inputs"],
        "excluded": derived["excluded"],
        "origins": derived["origins"],
        "figures": [
            figure_entry(row, desk.terms.said_unit, desk.belligerents, linked.approved)
            for row in desk.assertions
        ],
        "sources": source_entries(desk),
        "source_relations": [source_relation_entry(row) for row in desk.source_relations],
        "relations": relation_entries(linked),
        "arithmetic": arithmetic_entries(desk, linked),
        "disputes": [dispute_entry(dispute) for dispute in desk.disputes],
        "review": {**UNPUBLISHED},
        "links": links_of(claim, 0),
        "licence": LICENCE,
        "previous_sha256": "",
        "sha256": "",
    }


def build_tombstone(
    claim: Claim,
    *,
    question: str | None = None,
    takedown: Takedown | None = None,
    merged_into: str = "",
) -> Tombstone:
    """What readers find in place of a retired claim, all but version, review and hashes.

    ``takedown`` says why one person took it away at once, and whether another has confirmed it;
    it goes with the ``question`` that readers had, for nobody else has read the desk's.
    ``merged_into`` is the claim that holds its statements by now.
    """
    tombstone: Tombstone = {
        "ref": claim.ref,
        "type": "claim",
        "format": FORMAT,
        "version": 0,
        "sequence": 0,
        "status": "retired",
        "question": claim.question if question is None else question,
        "merged_into": merged_into,
        "review": {**UNPUBLISHED},
        "links": links_of(claim, 0),
        "previous_sha256": "",
        "sha256": "",
    }
    return {**tombstone, "takedown": takedown} if takedown else tombstone


def links_of(claim: Claim, number: int) -> Links:
    """Paths, without a host, so that the stored text holds on every site."""
    ref = format_ref(CLAIM, claim.pk)
    version = {"version": f"/claims/{ref}/v/{number}/"} if number else {}
    return {
        "html": f"/claims/{ref}/",
        **version,
        "api": f"/api/v1/claims/{ref}/",
        "history": f"/claims/{ref}/history/",
    }


def measure_entry(measure: Measure) -> MeasureEntry:
    """What the claim asks for."""
    return {
        "slug": measure.slug,
        "label": measure.label,
        "value_kind": measure.value_kind,
        "is_count": measure.is_count,
        "wikidata_property": measure.wikidata_property,
    }
