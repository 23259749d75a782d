"""Proofs that the log holds the act which sealed a version."""

from __future__ import annotations

from claims.domain.merkle import inclusion_spans, span_hash, tiles_under
from claims.domain.notes import InclusionProof
from claims.models import Act, Checkpoint, ClaimVersion, LogTile


def proof_of(version: ClaimVersion) -> InclusionProof | None:
    """The proof against the newest signed checkpoint; None while the act waits for one."""
    act = Act.objects.filter(pk=version.act).first() if version.act is not None else None
    checkpoint = Checkpoint.objects.newest_signed()
    if act is None or act.index is None or checkpoint is None or act.index >= checkpoint.size:
        return None
    spans = inclusion_spans(act.index, checkpoint.size)
    tiles = LogTile.objects.at(tiles_under(spans))
    path = tuple(span_hash(span, tiles) for span in spans)
    return InclusionProof(act.entry, act.index, path, checkpoint.note)
