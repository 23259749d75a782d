"""Freezing a document into a version: text, hash, chain, facets, index rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Max

from claims.choices import VersionOp
from claims.domain.documents import moment_text, seal
from claims.domain.facets import facets_of
from claims.models import Claim, ClaimVersion, Correction, PublicationHead
from claims.workflow.acts import cover_version
from claims.workflow.borrowing import Borrowed
from claims.workflow.document import links_of
from claims.workflow.published_rows import write_index


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What becomes a version: a document, who wrote it, and what of the desk it shows."""

    claim: Claim
    op: VersionOp
    document: dict[str, Any]
    edited_by: User
    reason: str
    shown: dict[str, int]
    borrowed: Borrowed
    is_takedown: bool = False
    correction: Correction | None = None


def publish(edition: Edition, *, by: User, now: dt.datetime) -> ClaimVersion:
    """Append a version of the locked claim and make it the current one."""
    # Locking the one head row puts all publications into one order: no reader of the change
    # feed can see sequence 8 before 7.
    head, _ = PublicationHead.objects.select_for_update().get_or_create(pk=1)
    claim, document = edition.claim, edition.document
    newest = claim.versions.aggregate(newest=Max("number"))["newest"] or 0
    version = ClaimVersion(
        claim=claim,
        number=newest + 1,
        sequence=head.sequence + 1,
        op=edition.op,
        previous_sha256=head.sha256,
        edited_by=edition.edited_by,
        approved_by=by,
        published_at=now,
        summary=edition.reason,
        question=document["question"],
        contention=document.get("contention", claim.contention),
        severity=document.get("severity", claim.severity),
        subject=claim.subject,
        measure=claim.measure,
        shown=edition.shown,
        is_takedown=edition.is_takedown,
        correction=edition.correction,
        **asdict(facets_of(document)),
    )
    final = _numbered(version, document)
    version.payload, version.sha256 = seal(final)
    claim.versions.current().update(is_current=False)
    version.act = cover_version(version)
    version.save(force_insert=True)
    write_index(version, final, edition.borrowed)
    head.sequence, head.sha256 = version.sequence, version.sha256
    head.save()
    return version


def _numbered(version: ClaimVersion, document: dict[str, Any]) -> dict[str, Any]:
    """The document with what only a version has."""
    return {
        **document,
        "version": version.number,
        "sequence": version.sequence,
        "review": {
            "edited_by": version.edited_by.username,
            "approved_by": version.approved_by.username,
            "published_at": moment_text(version.published_at),
            "reason": version.summary,
        },
        "links": links_of(version.claim, version.number),
        "previous_sha256": version.previous_sha256,
    }
