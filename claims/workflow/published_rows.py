"""The index rows of a current version, drawn from its document and nothing else."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from claims.domain.facets import facets_of, found_by, keys_of
from claims.domain.index_rows import (
    dispute_columns,
    figure_columns,
    source_columns,
    subject_columns,
)
from claims.domain.published import ClaimDocument, Tombstone
from claims.domain.refs import SOURCE, number_in
from claims.models import (
    BorrowedRow,
    ClaimVersion,
    Measure,
    PublishedAnchor,
    PublishedDispute,
    PublishedFigure,
    PublishedSource,
    PublishedSubject,
    SearchFacets,
    VersionKey,
)
from claims.workflow.borrowing import Borrowed
from claims.workflow.marks import marks_of
from claims.workflow.rows import write_newest

_OWN = (PublishedFigure, PublishedDispute, PublishedAnchor)


def facet_columns(document: ClaimDocument) -> dict[str, Any]:
    """The columns of a version that lists filter and sort on. One query."""
    columns = asdict(facets_of(document))
    measures = Measure.objects.values_list("pk", flat=True)
    columns["measure_id"] = measures.get(slug=columns.pop("measure"))
    columns["subject_id"] = columns.pop("subject")
    return columns


def write_index(version: ClaimVersion, document: ClaimDocument | Tombstone) -> None:
    """Replace the claim's index rows by those of this version; a tombstone has none.

    Keys of versions stay with each version, so that lists of an earlier day find it.
    """
    for model in _OWN:
        model._default_manager.filter(claim=version.claim_id).delete()
    if document["status"] == "retired":
        return
    SearchFacets.objects.create(version=version, **asdict(found_by(document)))
    VersionKey.objects.bulk_create(
        VersionKey(version=version, name=name, value=value) for name, value in keys_of(document)
    )
    links = {"version": version, "claim_id": version.claim_id, "measure_id": version.measure_id}
    PublishedFigure.objects.bulk_create(
        PublishedFigure(**links, **figure_columns(document, entry)) for entry in document["figures"]
    )
    PublishedDispute.objects.bulk_create(
        PublishedDispute(**links, **dispute_columns(document, entry))
        for entry in document["disputes"]
    )
    PublishedAnchor.objects.bulk_create(marks_of([(version, document)]))
    _write_shared(version, document)


def write_borrowed(version: ClaimVersion, borrowed: Borrowed) -> None:
    """Note which rows of registers the version shows, and as of when."""
    BorrowedRow.objects.filter(claim=version.claim_id).delete()
    BorrowedRow.objects.bulk_create(
        BorrowedRow(
            version=version, claim_id=version.claim_id, noun=noun, number=number, shown=shown
        )
        for (noun, number), shown in sorted(borrowed.items())
    )


def _write_shared(version: ClaimVersion, document: ClaimDocument) -> None:
    """Each cited source, and the subject, as this document shows them: the newest word."""
    sources = [
        PublishedSource(
            source_id=number_in(entry["ref"], SOURCE), version=version, **source_columns(entry)
        )
        for entry in document["sources"]
    ]
    subject = PublishedSubject(
        subject_id=version.subject_id, version=version, **subject_columns(document["subject"])
    )
    write_newest(sources, key="source")
    write_newest([subject], key="subject")
