"""Current versions as a stream of bytes in any format that holds all claims, in constant memory."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from claims.choices import VersionOp
from claims.domain.document_format import read_claim
from claims.domain.documents import dump_document
from claims.domain.known_on import document_known_on
from claims.domain.tidy import csv_line, tidy_row
from claims.exporters.formats import whole_file
from claims.exporters.snapshot import head_sequence, read_snapshot
from claims.exporters.stored_text import Batch, stored_texts
from claims.exporters.whole_files import LICENCE, Tally, Wanted
from claims.models import ClaimVersion, PublishedFigure, VersionKey


def stream(
    wanted: Wanted, tally: Tally, using: str | None = None, seconds: int | None = None
) -> Generator[bytes, None, None]:
    """Yield the export in chunks, all of one moment; ``tally`` is filled on the way.

    Nothing is open before the first chunk and after the last one, or after ``close()``.
    ``seconds``: see ``read_snapshot``.
    """
    rows, column = _asked(wanted)
    with read_snapshot(using, seconds) as connection:
        tally.sequence = head_sequence(connection)
        with stored_texts(connection, rows, column) as batches:
            texts = batches if wanted.is_of_now else _of_then(batches, wanted)
            for chunk in whole_file(wanted.kind).write(texts, wanted, tally):
                yield tally.sent(chunk)


def _asked(wanted: Wanted) -> tuple[QuerySet[Any], str]:
    """Return the rows of an export and the column that holds their text."""
    if whole_file(wanted.kind).of_statements and wanted.is_of_now:
        rows: Any = PublishedFigure.objects.order_by("claim_id", "assertion_id")
        column, version = "record" if wanted.excel else "csv_line", "version_id"
    else:
        rows, column, version = _versions(wanted).order_by("claim_id"), "payload", "pk"
    if wanted.contentions and wanted.known_on is None:
        rows = rows.filter(contention__in=wanted.contentions)
    for name, values in wanted.keys:
        found = VersionKey.objects.versions_of(name, values)
        rows = rows.filter(**{f"{version}__in": found})
    return rows, column


def _versions(wanted: Wanted) -> QuerySet[Any]:
    if wanted.as_recorded is None:
        return ClaimVersion.objects.public()
    return ClaimVersion.objects.as_recorded(wanted.as_recorded).filter(op=VersionOp.PUBLISH)


def _of_then(batches: Iterator[Batch], wanted: Wanted) -> Iterator[Batch]:
    """The texts of another time, worked out from the documents of then, batch by batch."""
    for batch in batches:
        texts = [text for payload in batch for text in _texts_of(payload, wanted)]
        if texts:
            yield texts


def _texts_of(payload: bytes, wanted: Wanted) -> Iterator[bytes]:
    document = read_claim(payload)
    if wanted.known_on is not None:
        document = document_known_on(document, wanted.known_on)
        if not document["figures"]:
            return
        if wanted.contentions and document["contention"] not in wanted.contentions:
            return
        payload = dump_document(document).encode()
    if not whole_file(wanted.kind).of_statements:
        yield payload
        return
    for entry in document["figures"]:
        row = tidy_row(document, entry)
        yield (dump_document(row) if wanted.excel else csv_line(row)).encode()


def manifest(name: str, wanted: Wanted, tally: Tally) -> dict[str, Any]:
    """Return what a reader needs to check a file: rows, bytes, SHA-256 of the whole file."""
    return {
        "type": "manifest",
        "name": name,
        "format": wanted.kind,
        "contention": list(wanted.contentions),
        "count": tally.count,
        "bytes": tally.size,
        "sha256": tally.sha256,
        "sequence": tally.sequence,
        "licence": LICENCE,
        **wanted.members(),
    }


def refuse_outage(wanted: Wanted) -> None:
    """Raise now what the database would refuse at a stream's start, when an answer has begun."""
    rows, _ = _asked(wanted)
    rows.order_by()[:1].exists()


def drained(chunks: Iterable[bytes]) -> None:
    """Read a stream to its end for its tally only."""
    for _ in chunks:
        pass
