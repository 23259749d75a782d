"""What the log says of an act, as bytes: digests of rows, of the act, and its public leaf."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from claims.domain.added_columns import signed_columns

# Table, place in the order of its table, digest. Every row that an act wrote is one such line.
type ActLine = tuple[str, str, str]

_CANONICAL: Final = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def state_digest(values: Mapping[str, Any], previous: str = "") -> str:
    """SHA-256 (hex) of a row's plain values and of its digest before; '' for a new row."""
    return _hex(_CANONICAL.encode([previous, signed_columns(values)]))


def gone_digest(key: str, previous: str) -> str:
    """The same of a row that was removed."""
    return _hex(_CANONICAL.encode([previous, {"gone": key}]))


@dataclass(frozen=True, slots=True)
class ActHeader:
    """An act without its rows. ``nonce`` (hex) keeps anyone from guessing what is not public."""

    id: str
    at: dt.datetime
    actor: int | None
    verb: str
    reason: str
    nonce: str
    published: Sequence[Mapping[str, Any]]
    rows: int

    def digest(self, lines: Iterable[ActLine]) -> str:
        """SHA-256 (hex) of the header and one line a row, ordered by table and place."""
        whole = sha256(_bytes(_CANONICAL.encode([*self._values()])))
        for table, _, digest in lines:
            whole.update(f"\n{table} {digest}".encode())
        return whole.hexdigest()

    def _values(self) -> tuple[Any, ...]:
        at, named = moment_of(self.at), [*self.published]
        return self.id, at, self.actor, self.verb, self.reason, self.nonce, named, self.rows


def leaf_entry(digest: str, at: dt.datetime, published: Sequence[Mapping[str, Any]]) -> bytes:
    """The public leaf of an act: which versions it sealed, and the digest of all that it did."""
    leaf = {"v": 1, "act": digest, "at": moment_of(at), "published": [*published]}
    return _bytes(_CANONICAL.encode(leaf))


def moment_of(at: dt.datetime) -> str:
    """A moment in UTC to the microsecond, in one spelling."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _hex(text: str) -> str:
    return sha256(_bytes(text)).hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
