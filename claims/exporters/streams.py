"""Current versions as a stream of bytes: ndjson, csv, json, jsonld, in constant memory."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import QuerySet

from claims.choices import VersionOp
from claims.domain.document_format import read_claim, read_row
from claims.domain.documents import dump_document, exact_moment_text
from claims.domain.known_on import document_known_on
from claims.domain.tidy import END_OF_LINE, csv_header, csv_line, spreadsheet_row, tidy_row
from claims.exporters.claim_review import CONTEXT, claim_review
from claims.exporters.snapshot import head_sequence, read_snapshot
from claims.exporters.stored_text import Batch, stored_texts
from claims.models import ClaimVersion, PublishedFigure, VersionKey

LICENCE: Final = "CC-BY-4.0"
BYTE_ORDER_MARK: Final = "\ufeff".encode()


@dataclass
class Tally:
    """What a stream held: rows, bytes, SHA-256, the newest sequence that it saw.

    For ndjson and json the hash is that of the claim documents, each followed by a line feed;
    for csv and jsonld it is that of the whole file.
    """

    count: int = 0
    size: int = 0
    sequence: int = 0
    _digest: Any = field(default_factory=hashlib.sha256)

    @property
    def sha256(self) -> str:
        """The hash so far, in hex."""
        return str(self._digest.hexdigest())

    def hashed(self, chunk: bytes) -> bytes:
        """Take the bytes into the hash and return them."""
        self._digest.update(chunk)
        return chunk

    def end_record(self, wanted: Wanted) -> str:
        """Return the record that ends a stream of documents."""
        members = {"type": "end", "count": self.count, "sha256": self.sha256}
        return dump_document({**members, "sequence": self.sequence, **wanted.members()})


@dataclass(frozen=True)
class Wanted:
    """What to export: the format, for which program, which claims (none named: all), of when.

    ``keys`` are (name, values) as versions are found by: claims that have one value of each.
    ``as_recorded`` and ``known_on`` are the two axes of time, None for now.
    """

    kind: str = "ndjson"
    contentions: tuple[str, ...] = ()
    excel: bool = False
    base: str = ""
    keys: tuple[tuple[str, tuple[str, ...]], ...] = ()
    as_recorded: dt.datetime | None = None
    known_on: dt.date | None = None

    @property
    def is_of_now(self) -> bool:
        """Whether the stored texts are the answer as they are."""
        return self.as_recorded is None and self.known_on is None

    def members(self) -> dict[str, Any]:
        """What a file that is no whole file of now says of itself beside its size and hash."""
        found: dict[str, Any] = {name: list(values) for name, values in self.keys}
        if self.as_recorded is not None:
            found["as_recorded"] = exact_moment_text(self.as_recorded)
        if self.known_on is not None:
            found |= {"known_on": self.known_on.isoformat(), "undated": "left out"}
        return found


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
            for chunk in _WRITERS[wanted.kind](texts, wanted, tally):
                tally.size += len(chunk)
                yield chunk


def _asked(wanted: Wanted) -> tuple[QuerySet[Any], str]:
    """Return the rows of an export and the column that holds their text."""
    if wanted.kind == "csv" and wanted.is_of_now:
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
    if wanted.kind != "csv":
        yield payload
        return
    for entry in document["figures"]:
        row = tidy_row(document, entry)
        yield (dump_document(row) if wanted.excel else csv_line(row)).encode()


def _ndjson(batches: Iterator[Batch], wanted: Wanted, tally: Tally) -> Iterator[bytes]:
    """One document a line, verbatim; the last line says how many and their hash."""
    for batch in batches:
        tally.count += len(batch)
        yield tally.hashed(b"\n".join(batch) + b"\n")
    yield f"{tally.end_record(wanted)}\n".encode()


def _json(batches: Iterator[Batch], wanted: Wanted, tally: Tally) -> Iterator[bytes]:
    """One document: ``{"results": [...], "end": {...}}``."""
    yield b'{"results":[\n'
    for batch in batches:
        comma = b",\n" if tally.count else b""
        tally.count += len(batch)
        tally.hashed(b"\n".join(batch) + b"\n")
        yield comma + b",\n".join(batch)
    yield f'\n],"end":{tally.end_record(wanted)}}}\n'.encode()


def _csv(batches: Iterator[Batch], wanted: Wanted, tally: Tally) -> Iterator[bytes]:
    """The tidy table under its header (RFC 4180)."""
    end = END_OF_LINE.encode()
    mark = BYTE_ORDER_MARK if wanted.excel else b""
    yield tally.hashed(mark + csv_header().encode() + end)
    for batch in batches:
        tally.count += len(batch)
        lines = [_disarmed(text) for text in batch] if wanted.excel else batch
        yield tally.hashed(end.join(lines) + end)


def _jsonld(batches: Iterator[Batch], wanted: Wanted, tally: Tally) -> Iterator[bytes]:
    """One JSON-LD graph of ClaimReviews; its last node tells the size of the data set."""
    yield tally.hashed(f'{{"@context":"{CONTEXT}","@graph":[\n'.encode())
    for batch in batches:
        tally.count += len(batch)
        yield tally.hashed(b"".join(_review(text, wanted.base) for text in batch))
    node = {
        "@type": "Dataset",
        "name": "factbase claims",
        "version": str(tally.sequence),
        "size": str(tally.count),
        "license": LICENCE,
    }
    yield tally.hashed(f"{dump_document(node)}\n]}}\n".encode())


def _disarmed(record: bytes) -> bytes:
    return csv_line(spreadsheet_row(read_row(record))).encode()


def _review(payload: bytes, base: str) -> bytes:
    review = claim_review(read_claim(payload), base)
    del review["@context"]
    return f"{dump_document(review)},\n".encode()


Writer = Callable[[Iterator[Batch], Wanted, Tally], Iterator[bytes]]
_WRITERS: Final[dict[str, Writer]] = {
    "ndjson": _ndjson,
    "csv": _csv,
    "json": _json,
    "jsonld": _jsonld,
}
FORMATS: Final = tuple(_WRITERS)
# These tell their own size and hash; the others need a manifest beside them.
SELF_DESCRIBING: Final = frozenset({"ndjson", "json"})


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
