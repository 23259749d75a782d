"""Freezing a claim into a version: text, hash, chain, facets, index rows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Max

from claims.choices import VersionOp
from claims.domain.documents import moment_text, seal
from claims.models import Claim, ClaimVersion, PublicationHead
from claims.workflow.acts import cover_version
from claims.workflow.desk import Desk, read_desk
from claims.workflow.document import build_document, links_of
from claims.workflow.published_rows import write_index


def publish(
    claim: Claim,
    *,
    by: User,
    reason: str,
    now: dt.datetime,
    op: VersionOp = VersionOp.PUBLISH,
) -> ClaimVersion:
    """Append a version of the locked claim and make it the current one."""
    # Locking the one head row puts all publications into one order: no reader of the change
    # feed can see sequence 8 before 7.
    head, _ = PublicationHead.objects.select_for_update().get_or_create(pk=1)
    desk = read_desk(claim)
    newest = claim.versions.aggregate(newest=Max("number"))["newest"] or 0
    version = ClaimVersion(
        claim=claim,
        number=newest + 1,
        sequence=head.sequence + 1,
        op=op,
        previous_sha256=head.sha256,
        edited_by=claim.last_edited_by,
        approved_by=by,
        published_at=now,
        summary=reason,
        question=claim.question,
        contention=claim.contention,
        severity=claim.severity,
        subject=claim.subject,
        measure=claim.measure,
    )
    document = _document(version, desk)
    version.payload, version.sha256 = seal(document)
    _set_facets(version, desk, document)
    claim.versions.current().update(is_current=False)
    version.act = cover_version(version)
    version.save(force_insert=True)
    write_index(version, desk, document)
    head.sequence, head.sha256 = version.sequence, version.sha256
    head.save()
    return version


def _document(version: ClaimVersion, desk: Desk) -> dict[str, Any]:
    """The claim's document with what only a version has."""
    claim = desk.claim
    own: dict[str, Any] = {
        "version": version.number,
        "sequence": version.sequence,
        "review": {
            "edited_by": version.edited_by.username,
            "approved_by": version.approved_by.username,
            "published_at": moment_text(version.published_at),
            "reason": version.summary,
        },
        "links": links_of(claim, version.number),
        "previous_sha256": version.previous_sha256,
    }
    if version.op == VersionOp.PUBLISH:
        return {**build_document(claim, desk), **own}
    gone = {"ref": claim.ref, "type": "claim", "version": None, "sequence": None}
    return {**gone, "status": "retired", "question": claim.question, **own}


def _set_facets(version: ClaimVersion, desk: Desk, document: dict[str, Any]) -> None:
    """The columns that lists filter and sort on."""
    subject = desk.path[-1]
    version.event_earliest, version.event_latest = subject.earliest, subject.latest
    version.figure_count = len(document.get("figures", ()))
    version.has_denial = bool(document.get("denied_by"))
    span = document.get("range")
    if span and desk.terms.value_kind == "quantity":
        version.range_low, version.range_high = span["low"], span["high"]
        version.spread = _spread(version.range_low, version.range_high)


def _spread(low: Decimal | None, high: Decimal | None) -> Decimal | None:
    """Highest stated figure by the lowest, to three places; None without both above zero."""
    if low is None or high is None or low <= 0:
        return None
    return (high / low).quantize(Decimal("0.001"))
