"""The index rows of a current version, drawn from its document and nothing else."""

from __future__ import annotations

from typing import Any

from claims.choices import VersionOp
from claims.domain.documents import dump_document
from claims.domain.tidy import csv_line, tidy_row
from claims.models import (
    Assertion,
    Claim,
    ClaimVersion,
    PublishedAnchor,
    PublishedDispute,
    PublishedFigure,
    PublishedSource,
    PublishedSubject,
)
from claims.workflow.desk import Desk, chain_of
from claims.workflow.marks import marks_of


def write_index(version: ClaimVersion, desk: Desk, document: dict[str, Any]) -> None:
    """Replace the claim's index rows by those of this version; a tombstone has none."""
    claim = desk.claim
    for model in (PublishedFigure, PublishedDispute, PublishedAnchor):
        model._default_manager.filter(claim=claim).delete()
    if version.op == VersionOp.TOMBSTONE:
        return
    PublishedFigure.objects.bulk_create(_figures(version, desk, document))
    PublishedDispute.objects.bulk_create(_disputes(version, desk, document))
    PublishedAnchor.objects.bulk_create(marks_of(version, document))
    _write_sources(version, desk, document)
    PublishedSubject.objects.update_or_create(
        subject=claim.subject,
        defaults={
            "version": version,
            "title": document["subject"]["title"],
            "record": dump_document(document["subject"]),
        },
    )


def _figures(version: ClaimVersion, desk: Desk, document: dict[str, Any]) -> list[PublishedFigure]:
    rows = {row.ref: row for row in desk.assertions}
    return [_figure(version, desk.claim, rows[entry["ref"]], document, entry)
            for entry in document["figures"]]  # fmt: skip


def _figure(
    version: ClaimVersion,
    claim: Claim,
    row: Assertion,
    document: dict[str, Any],
    entry: dict[str, Any],
) -> PublishedFigure:
    tidy = tidy_row(document, entry)
    speakers = [link.party_id for link in chain_of(row) if link.role == "speaker"]
    stated = [number for number in (entry["low"], entry["point"]) if number is not None]
    highest = [number for number in (entry["high"], entry["point"]) if number is not None]
    return PublishedFigure(
        version=version,
        claim=claim,
        assertion=row,
        source=row.source,
        speaker_id=speakers[0] if speakers else None,
        subject=claim.subject,
        measure=claim.measure,
        contention=version.contention,
        kind=entry["kind"],
        stance=entry["stance"],
        low=stated[0] if stated else None,
        high=highest[0] if highest else None,
        test_low=entry["test_low"],
        test_high=entry["test_high"],
        record=dump_document(tidy),
        csv_line=csv_line(tidy),
    )


def _disputes(
    version: ClaimVersion, desk: Desk, document: dict[str, Any]
) -> list[PublishedDispute]:
    entries = {entry["ref"]: entry for entry in document["disputes"]}
    return [
        PublishedDispute(
            version=version,
            claim=desk.claim,
            dispute=dispute,
            subject=desk.claim.subject,
            measure=desk.claim.measure,
            kind=dispute.kind,
            state=dispute.state,
            severity=version.severity,
            spread=version.spread,
            opened_at=dispute.opened_at,
            decided_at=dispute.decided_at,
            record=dump_document(dispute_record(document, entries[dispute.ref])),
        )
        for dispute in desk.disputes
    ]


def dispute_record(document: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    """A dispute's own document: the case, its claim in brief, its members in full."""
    brief = (
        *("ref", "question", "contention", "severity", "range", "agreement", "subject"),
        *("measure", "unit", "population", "version", "links"),
    )
    return {
        **{name: value for name, value in entry.items() if name != "figures"},
        "type": "dispute",
        "claim": {name: document[name] for name in brief},
        "figures": [one for one in document["figures"] if one["ref"] in entry["figures"]],
        "links": {
            "html": f"/disputes/{entry['ref']}/",
            "api": f"/api/v1/disputes/{entry['ref']}/",
            "claim": document["links"]["html"],
        },
    }


def _write_sources(version: ClaimVersion, desk: Desk, document: dict[str, Any]) -> None:
    """Each cited source as this document shows it, newest word first."""
    cited = {row.source.ref: row.source for row in desk.assertions if row.source}
    for entry in document["sources"]:
        PublishedSource.objects.update_or_create(
            source=cited[entry["ref"]],
            defaults={
                "version": version,
                "title": entry["title"],
                "record": dump_document({**entry, "type": "source"}),
            },
        )
