"""Proofs that the log holds a publication: the files of C2SP tlog-proof and tlog-checkpoint."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import Any, Final

from claims.domain.merkle import leaf_hash, verify_inclusion
from claims.verifier.strict_json import NotJSONError, parse_json

HEADER: Final = "c2sp.org/tlog-proof@v1"
LONGEST_PROOF: Final = 1 << 20  # bytes
_ED25519: Final = b"\x01"
_SIGNATURE = re.compile("\u2014 ([^ +]+) ([A-Za-z0-9+/=]+)")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


class ProofError(ValueError):
    """A file that is no proof, or a key that is none; the message says why."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature under a checkpoint; `key_id` are the first four bytes of it."""

    name: str
    key_id: bytes
    value: bytes


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of its tree: `signed` is the text that the signatures cover."""

    origin: str
    size: int
    root: bytes
    signed: bytes
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """An entry of the log, its place, and the hashes that lead from it to the root."""

    entry: bytes
    index: int
    hashes: tuple[bytes, ...]
    checkpoint: Checkpoint

    @property
    def is_included(self) -> bool:
        """Whether the entry is in the tree that the checkpoint names."""
        tree = self.checkpoint
        return verify_inclusion(
            leaf_hash(self.entry), self.index, tree.size, self.hashes, tree.root
        )

    def published(self) -> list[tuple[Any, Any, Any]]:
        """Ref, version and hash of each document that the act published. Raises ProofError."""
        return [
            (one.get("ref"), one.get("version"), one.get("sha256"))
            for one in self._members().get("published", ())
            if isinstance(one, dict)
        ]

    def moment(self) -> str:
        """When the log says that it happened. Raises ProofError."""
        return str(self._members().get("at", ""))[:40]

    def _members(self) -> dict[str, Any]:
        try:
            members = parse_json(self.entry.decode("utf-8"))
        except (NotJSONError, UnicodeDecodeError):
            raise ProofError("its entry is no JSON") from None
        if not isinstance(members, dict) or not isinstance(members.get("published", []), list):
            raise ProofError("its entry is none of this kind of log")
        return members


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public key of a log, as C2SP signed-note writes it: name+id+key."""

    name: str
    key_id: bytes
    public: bytes


def parse_proof(text: str) -> Proof:
    """Read a proof. Raises ProofError."""
    head, blank, note = text.partition("\n\n")
    lines = head.split("\n")
    if not blank or len(lines) < 3 or lines[0] != HEADER:
        raise ProofError(f"it does not begin with {HEADER}, an entry and its place")
    extra, index = lines[1].removeprefix("extra "), lines[2].removeprefix("index ")
    if extra == lines[1] or index == lines[2] or not _NUMBER.fullmatch(index):
        raise ProofError("its second line must be the entry (extra), its third the place (index)")
    hashes = tuple(_hash(line) for line in lines[3:])
    return Proof(_bytes(extra), int(index), hashes, parse_checkpoint(note))


def parse_checkpoint(note: str) -> Checkpoint:
    """Read a signed checkpoint. Raises ProofError."""
    body, blank, rest = note.rpartition("\n\n")
    lines = body.split("\n")
    if not blank or len(lines) < 3 or not lines[0] or not _NUMBER.fullmatch(lines[1]):
        raise ProofError("its checkpoint names no tree, or nobody signed it")
    signatures = tuple(_signature(line) for line in rest.removesuffix("\n").split("\n"))
    signed = f"{body}\n".encode()
    return Checkpoint(lines[0], int(lines[1]), _hash(lines[2]), signed, signatures)


def parse_key(text: str) -> VerifierKey:
    """Read a verifier key. Raises ProofError."""
    name, plus, rest = text.strip().partition("+")
    key_id, second_plus, encoded = rest.partition("+")
    kind_and_key = _bytes(encoded) if plus and second_plus and name else b""
    if len(kind_and_key) != 33 or kind_and_key[:1] != _ED25519:
        raise ProofError("it is not of the form name+id+key with an Ed25519 key")
    known = hashlib.sha256(f"{name}\n".encode() + kind_and_key).digest()[:4]
    if known.hex() != key_id:
        raise ProofError("its id is not that of its key: it was copied wrong")
    return VerifierKey(name, known, kind_and_key[1:])


def _signature(line: str) -> Signature:
    found = _SIGNATURE.fullmatch(line)
    value = _bytes(found[2]) if found else b""
    if found is None or len(value) < 5:
        raise ProofError("its checkpoint has a signature of the wrong form")
    return Signature(found[1], value[:4], value[4:])


def _hash(line: str) -> bytes:
    found = _bytes(line)
    if len(found) != 32:
        raise ProofError("it has a hash that is not of 32 bytes")
    return found


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, ValueError):
        raise ProofError("a part of it is no base64") from None
