"""All claims as one file, in each format: what to write, the writers, what they wrote."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from claims.domain.document_format import read_claim, read_row
from claims.domain.documents import dump_document, exact_moment_text
from claims.domain.sealed_text import hash_of_line
from claims.domain.tidy import END_OF_LINE, csv_header, csv_line, spreadsheet_row
from claims.exporters.claim_review import CONTEXT, review_node
from claims.exporters.stored_text import Batch

LICENCE: Final = "CC-BY-4.0"
BYTE_ORDER_MARK: Final = "\ufeff".encode()


@dataclass
class Tally:
    """What a stream held: rows, bytes, the newest sequence that it saw, and its digests.

    ``hashes_sha256`` is the SHA-256 over the hash that seals each document, in hex, each followed
    by a line feed; it stays that of nothing for csv and jsonld. ``sha256`` is over every byte of
    the file, and '' unless it was asked for by ``whole``: a live stream has no time for it.
    """

    whole: bool = False
    count: int = 0
    size: int = 0
    sequence: int = 0
    _bytes: Any = field(default_factory=hashlib.sha256)
    _hashes: Any = field(default_factory=hashlib.sha256)

    @property
    def sha256(self) -> str:
        """The hash of the bytes so far, in hex."""
        return str(self._bytes.hexdigest()) if self.whole else ""

    @property
    def hashes_sha256(self) -> str:
        """The hash of the hashes of the documents so far, in hex."""
        return str(self._hashes.hexdigest())

    def sent(self, chunk: bytes) -> bytes:
        """Note the bytes of the file and return them."""
        self.size += len(chunk)
        if self.whole:
            self._bytes.update(chunk)
        return chunk

    def documents(self, batch: Batch) -> None:
        """Note the documents of a batch."""
        self.count += len(batch)
        self._hashes.update(b"\n".join([*map(hash_of_line, batch), b""]))

    def end_record(self, wanted: Wanted) -> str:
        """Return the record that ends a stream of documents."""
        members = {"type": "end", "count": self.count, "hashes_sha256": self.hashes_sha256}
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


def write_ndjson(batches: Iterator[Batch], wanted: Wanted, tally: Tally) -> Iterator[bytes]:
    """One document a line, verbatim; the last line says how many and the hash of their hashes."""
    for batch in batches:
        tally.documents(batch)
        yield b"\n".join([*batch, b""])
    yield f"{tally.end_record(wanted)}\n".encode()


def write_json(batches: Iterator[Batch], wanted: Wanted, tally: Tally) -> Iterator[bytes]:
    """One document: ``{"results": [...], "end": {...}}``."""
    yield b'{"results":[\n'
    for batch in batches:
        comma = b",\n" if tally.count else b""
        tally.documents(batch)
        yield comma + b",\n".join(batch)
    yield f'\n],"end":{tally.end_record(wanted)}}}\n'.encode()


def write_csv(batches: Iterator[Batch], wanted: Wanted, tally: Tally) -> Iterator[bytes]:
    """The tidy table under its header (RFC 4180)."""
    end = END_OF_LINE.encode()
    mark = BYTE_ORDER_MARK if wanted.excel else b""
    yield mark + csv_header().encode() + end
    for batch in batches:
        tally.count += len(batch)
        lines = map(_disarmed, batch) if wanted.excel else batch
        yield end.join([*lines, b""])


def write_jsonld(batches: Iterator[Batch], wanted: Wanted, tally: Tally) -> Iterator[bytes]:
    """One JSON-LD graph of ClaimReviews; its last node tells the size of the data set."""
    yield f'{{"@context":"{CONTEXT}","@graph":[\n'.encode()
    for batch in batches:
        tally.count += len(batch)
        yield b"".join(_review(text, wanted.base) for text in batch)
    node = {
        "@type": "Dataset",
        "name": "factbase claims",
        "version": str(tally.sequence),
        "size": str(tally.count),
        "license": LICENCE,
    }
    yield f"{dump_document(node)}\n]}}\n".encode()


def _disarmed(record: bytes) -> bytes:
    return csv_line(spreadsheet_row(read_row(record))).encode()


def _review(payload: bytes, base: str) -> bytes:
    return f"{dump_document(review_node(read_claim(payload), base))},\n".encode()


FileWriter = Callable[[Iterator[Batch], Wanted, Tally], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class WholeFile:
    """How a format holds all claims: its writer, and in words what a row of it is.

    ``of_statements``: it is written from rows of the tidy table and counts statements, else from
    documents and counts claims. ``ends_itself``: its end tells count and hash; otherwise a
    manifest beside it does.
    """

    write: FileWriter
    rows: str
    of_statements: bool = False
    ends_itself: bool = False
