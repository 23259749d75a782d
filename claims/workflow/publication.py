"""Freezing a document into a version: text, hash, chain, facets, index rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from claims.choices import VersionOp
from claims.domain.documents import moment_text, seal
from claims.domain.published import ClaimDocument, Tombstone
from claims.models import Claim, ClaimVersion, Correction, PublicationHead
from claims.workflow.acts import cover_version
from claims.workflow.borrowing import Borrowed, borrowed_name
from claims.workflow.document import links_of
from claims.workflow.published_rows import facet_columns, write_borrowed, write_index


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What becomes a version: a document, who wrote it, and what of the desk it shows."""

    claim: Claim
    op: VersionOp
    document: ClaimDocument | Tombstone
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
    claim = edition.claim
    before = claim.versions.defer("payload").order_by("-number").first()
    version = ClaimVersion(
        claim=claim,
        number=before.number + 1 if before else 1,
        sequence=head.sequence + 1,
        op=edition.op,
        previous_sha256=head.sha256,
        edited_by=edition.edited_by,
        approved_by=by,
        published_at=now,
        summary=edition.reason,
        shown=_shown(edition),
        is_takedown=edition.is_takedown,
        correction=edition.correction,
        **_facets(edition, before),
    )
    final = _numbered(version, edition.document)
    version.payload, version.sha256 = seal(final)
    claim.versions.current().update(is_current=False)
    version.act = cover_version(version)
    version.save(force_insert=True)
    write_index(version, final)
    write_borrowed(version, edition.borrowed)
    head.sequence, head.sha256 = version.sequence, version.sha256
    head.save()
    return version


def _shown(edition: Edition) -> dict[str, int]:
    """The newest history rows that the version shows: of each table of its own, and of each row
    that it borrows. The act that seals the version covers them, so that no clock has to tell.
    """
    own = {name: newest for name, newest in edition.shown.items() if name.isidentifier()}
    return own | {borrowed_name(*key): newest for key, newest in edition.borrowed.items()}


def _facets(edition: Edition, before: ClaimVersion | None) -> dict[str, Any]:
    """The facets of the document; a tombstone keeps what readers knew the claim by."""
    if edition.document["status"] == "published":
        return facet_columns(edition.document)
    assert before is not None  # only what was published is retired by a version
    kept = ("contention", "severity", "subject_id", "measure_id")
    known = {name: getattr(before, name) for name in kept}
    return {"question": edition.document["question"], **known}


def _numbered(
    version: ClaimVersion, document: ClaimDocument | Tombstone
) -> ClaimDocument | Tombstone:
    """The document with what only a version has."""
    numbered = document.copy()
    numbered["version"] = version.number
    numbered["sequence"] = version.sequence
    numbered["review"] = {
        "edited_by": version.edited_by.username,
        "approved_by": version.approved_by.username,
        "published_at": moment_text(version.published_at),
        "reason": version.summary,
    }
    numbered["links"] = links_of(version.claim, version.number)
    numbered["previous_sha256"] = version.previous_sha256
    return numbered
