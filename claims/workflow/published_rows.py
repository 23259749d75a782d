"""The index rows of a current version, drawn from its document and nothing else."""

from __future__ import annotations

import datetime as dt
from typing import Any

from claims.choices import VersionOp
from claims.domain.documents import dump_document
from claims.domain.index_rows import dispute_record, figure_columns, source_record
from claims.domain.refs import DISPUTE, SOURCE, parse_ref
from claims.models import (
    BorrowedRow,
    ClaimVersion,
    PublishedAnchor,
    PublishedDispute,
    PublishedFigure,
    PublishedSource,
    PublishedSubject,
)
from claims.workflow.borrowing import Borrowed
from claims.workflow.marks import marks_of
from claims.workflow.rows import write_newest

_OWN = (PublishedFigure, PublishedDispute, PublishedAnchor, BorrowedRow)


def write_index(version: ClaimVersion, document: dict[str, Any], borrowed: Borrowed) -> None:
    """Replace the claim's index rows by those of this version; a tombstone has none."""
    for model in _OWN:
        model._default_manager.filter(claim=version.claim_id).delete()
    if version.op == VersionOp.TOMBSTONE:
        return
    PublishedFigure.objects.bulk_create(
        PublishedFigure(
            version=version,
            claim_id=version.claim_id,
            measure_id=version.measure_id,
            **figure_columns(document, entry),
        )
        for entry in document["figures"]
    )
    PublishedDispute.objects.bulk_create(
        _dispute(version, document, entry) for entry in document["disputes"]
    )
    PublishedAnchor.objects.bulk_create(marks_of([(version, document)]))
    BorrowedRow.objects.bulk_create(
        BorrowedRow(
            version=version, claim_id=version.claim_id, noun=noun, number=number, shown=shown
        )
        for (noun, number), shown in sorted(borrowed.items())
    )
    _write_shared(version, document)


def _dispute(
    version: ClaimVersion, document: dict[str, Any], entry: dict[str, Any]
) -> PublishedDispute:
    return PublishedDispute(
        version=version,
        claim_id=version.claim_id,
        dispute_id=parse_ref(entry["ref"], DISPUTE) or 0,
        subject_id=version.subject_id,
        measure_id=version.measure_id,
        kind=entry["kind"],
        state=entry["state"],
        severity=version.severity,
        spread=version.spread,
        opened_at=dt.datetime.fromisoformat(entry["opened_at"]),
        decided_at=_moment(entry["decided_at"]),
        record=dump_document(dispute_record(document, entry)),
    )


def _write_shared(version: ClaimVersion, document: dict[str, Any]) -> None:
    """Each cited source, and the subject, as this document shows them: the newest word."""
    sources = [
        PublishedSource(
            source_id=parse_ref(entry["ref"], SOURCE) or 0,
            version=version,
            title=entry["title"],
            record=source_record(entry),
        )
        for entry in document["sources"]
    ]
    subject = PublishedSubject(
        subject_id=version.subject_id,
        version=version,
        title=document["subject"]["title"],
        record=dump_document(document["subject"]),
    )
    write_newest(sources, key="source")
    write_newest([subject], key="subject")


def _moment(text: str | None) -> dt.datetime | None:
    return None if text is None else dt.datetime.fromisoformat(text)
