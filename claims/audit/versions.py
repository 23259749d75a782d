"""The chain of versions: no gap, no changed text, facet columns drawn from it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any, cast

from django.db import models

from claims.audit.findings import Report
from claims.audit.streams import CHUNK, ordered_rows, side_by_side
from claims.choices import VersionOp
from claims.domain.document_format import missing_members, upgraded
from claims.domain.documents import moment_text, read_document, sealed_hash, verify_seal
from claims.domain.facets import facets_of, found_by, keys_of
from claims.domain.published import ClaimDocument
from claims.domain.refs import CLAIM, format_ref
from claims.errors import RefusalError
from claims.models import ClaimVersion, PublicationHead, SearchFacets, VersionKey
from claims.workflow.published_rows import stored_facets


def verify_versions(report: Report) -> None:
    """Follow the chain from the first version to the head."""
    sequence, digest = 0, ""
    for version in _with_keys(
        ordered_rows(ClaimVersion.objects.select_related("measure", "search"), "sequence")
    ):
        report.count(ClaimVersion)
        report.count(VersionKey, len(version.keys.all()))
        report.count(SearchFacets, int(hasattr(version, "search")))
        if version.sequence != sequence + 1:
            what = f"sequence {version.sequence} follows {sequence}: versions are missing"
            report.blame(ClaimVersion, version.pk, what)
        elif version.previous_sha256 != digest:
            report.blame(ClaimVersion, version.pk, "its previous_sha256 is not the one before")
        for what in faults(version):
            report.blame(ClaimVersion, version.pk, what)
        sequence, digest = version.sequence, version.sha256
    _verify_head(report, sequence, digest)
    _verify_numbers(report)


def _with_keys(versions: Iterable[ClaimVersion]) -> Iterator[ClaimVersion]:
    for batch in itertools.batched(versions, CHUNK // 5):
        found = list(batch)
        models.prefetch_related_objects(found, "keys")
        yield from found


def faults(version: ClaimVersion) -> Iterator[str]:
    """What is wrong with one version taken by itself."""
    if not verify_seal(version.payload):
        yield "its payload does not have the hash that it is sealed with"
        return
    document = read_document(version.payload)
    if version.sha256 != sealed_hash(version.payload):
        yield "its sha256 is not that of its payload"
    try:
        expected = {**_identity(version), **_facets(version, document)}
    except (AttributeError, KeyError, TypeError, ValueError, RefusalError):
        yield "its payload is no document of its kind"
        return
    found = {**_named(document), **_columns(version)}
    for name, value in expected.items():
        if found[name] != value:
            yield f"{name} is {found[name]!r} and its payload says {value!r}"


def _identity(version: ClaimVersion) -> dict[str, Any]:
    return {
        "ref": format_ref(CLAIM, version.claim_id),
        "version": version.number,
        "sequence": version.sequence,
        "previous_sha256": version.previous_sha256,
        "published_at": moment_text(version.published_at),
        "reason": version.summary,
        "status": "published" if version.op == VersionOp.PUBLISH else "retired",
    }


def _named(document: dict[str, Any]) -> dict[str, Any]:
    names = ("ref", "version", "sequence", "previous_sha256", "status")
    review = document.get("review") or {}
    return {
        **{name: document.get(name) for name in names},
        "published_at": review.get("published_at"),
        "reason": review.get("reason"),
    }


def _columns(version: ClaimVersion) -> dict[str, Any]:
    return {
        **stored_facets(version),
        **_found_by(version),
        "keys": sorted((key.name, key.value) for key in version.keys.all()),
    }


def _found_by(version: ClaimVersion) -> dict[str, Any]:
    """The row of its facets for searches; None where there is none."""
    row = getattr(version, "search", None)
    return {name: getattr(row, name, None) for name in ("folded", "live_count")}


def _facets(version: ClaimVersion, document: dict[str, Any]) -> dict[str, Any]:
    """The columns that lists filter on, as the payload alone gives them."""
    if version.op != VersionOp.PUBLISH:
        return {"question": document.get("question"), "keys": [], "folded": None}
    if missing := missing_members(document, ClaimDocument):
        raise KeyError(missing[0])
    whole = cast("ClaimDocument", upgraded(document, ClaimDocument))
    return {**asdict(facets_of(whole)), **asdict(found_by(whole)), "keys": keys_of(whole)}


def _verify_head(report: Report, sequence: int, digest: str) -> None:
    head = PublicationHead.objects.first()
    if head is None and sequence == 0:
        return
    report.count(PublicationHead)
    if head is None or (head.sequence, head.sha256) != (sequence, digest):
        at = head.sequence if head else "missing"
        what = f"it is {at} and the newest version has sequence {sequence}, or another hash"
        report.blame(PublicationHead, 1, what)


def _verify_numbers(report: Report) -> None:
    """Each claim's versions count from 1; the newest one is the current one."""
    rows = ClaimVersion.objects.only("claim_id", "number", "is_current")
    for _, (versions,) in side_by_side((ordered_rows(rows, "claim_id", "number"), "claim_id")):
        for number, version in enumerate(versions, start=1):
            if version.number != number:
                report.blame(ClaimVersion, version.pk, f"number {number} of its claim is missing")
            if version.is_current != (version is versions[-1]):
                report.blame(ClaimVersion, version.pk, "is_current is not the newest version's")
