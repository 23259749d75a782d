"""The entry of the public document for a relation between two sources."""

from __future__ import annotations

from claims.domain.documents import moment_text
from claims.domain.published import SourceRelationEntry
from claims.domain.refs import SOURCE, format_ref
from claims.models import SourceRelation


def source_relation_entry(row: SourceRelation) -> SourceRelationEntry:
    """A confirmed relation between two sources, with what speaks for it and who confirmed it."""
    return {
        "ref": row.ref,
        "kind": row.kind,
        "from": format_ref(SOURCE, row.from_source_id),
        "to": row.to_ref,
        "scope": "source" if row.claim_id is None else "claim",
        "evidence": row.evidence,
        "proposed_by": row.proposed_by.username if row.proposed_by else "",
        "decided_by": row.decided_by.username if row.decided_by else "",
        "decided_at": moment_text(row.decided_at) if row.decided_at else None,
        "reason": row.decision_reason,
    }
