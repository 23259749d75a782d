"""A proof of the log checked: the document in the entry, the entry in the tree, the signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Self

from claims.domain.merkle import leaf_hash, verify_inclusion
from claims.domain.notes import InclusionProof, Note, NoteError, TreeHead, VerifierKey
from claims.verifier.report import CheckReport, Fault, value_words
from claims.verifier.signatures import find_check
from claims.verifier.strict_json import NotJSONError, parse_json

type KnownDocument = tuple[str, int, str]  # ref, version and hash of a document

_LONGEST: Final = 1 << 20  # bytes
_NO_PROGRAM: Final = (
    "neither the Python package cryptography nor an openssl program that knows Ed25519 is here"
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What stands in a file of C2SP tlog-proof: the way from an entry to a signed checkpoint."""

    way: InclusionProof
    note: Note
    tree: TreeHead
    entry: dict[str, Any]

    @classmethod
    def parse(cls, text: bytes) -> Self:
        """Read a proof. Raises NoteError."""
        if len(text) > _LONGEST:
            raise NoteError("It is longer than any proof.")
        way = InclusionProof.parse(text.decode("utf-8", "replace"))
        note = Note.parse(way.checkpoint)
        return cls(way, note, TreeHead.parse(note.text), _members(way.extra))

    @property
    def is_included(self) -> bool:
        """Whether the entry is in the tree that the checkpoint names."""
        way, tree = self.way, self.tree
        return verify_inclusion(leaf_hash(way.extra), way.index, tree.size, way.path, tree.root)

    @property
    def published(self) -> list[tuple[Any, Any, Any]]:
        """Ref, version and hash of each document that the act published."""
        return [
            (one.get("ref"), one.get("version"), one.get("sha256"))
            for one in self.entry["published"]
            if isinstance(one, dict)
        ]


def _members(entry: bytes) -> dict[str, Any]:
    try:
        members = parse_json(entry.decode("utf-8"))
    except (NotJSONError, UnicodeDecodeError):
        members = None
    if not isinstance(members, dict) or not isinstance(members.get("published"), list):
        raise NoteError("Its entry is none of a log of publications.")
    return members


def check_proof(
    report: CheckReport, text: bytes, key: str, documents: list[KnownDocument], *, asked: bool
) -> None:
    """Check a proof; `asked` says that it must be about the one document given."""
    try:
        proof = Proof.parse(text)
    except NoteError as problem:
        report.blame(Fault("proof", f"The proof cannot be read. {problem}"))
        return
    _check_entry(report, proof, documents, asked=asked)
    size, origin = proof.tree.size, value_words(proof.tree.origin)
    if proof.is_included:
        tree = f"the tree of {size:,} entries that the checkpoint of {origin} names"
        report.held.append(f"The entry is number {proof.way.index:,} of {tree}.")
    else:
        what = f"The proof does not lead from its entry to the checkpoint of {origin}."
        report.blame(Fault("proof", what))
    _check_signature(report, proof, key)


def _check_entry(
    report: CheckReport, proof: Proof, documents: list[KnownDocument], *, asked: bool
) -> None:
    if not asked:
        report.unchecked.append("which document the proof is about: none was given.")
    elif len(documents) != 1:
        report.blame(Fault("proof", f"A proof is about one document, not {len(documents)}."))
    elif documents[0] in proof.published:
        ref, version, _ = documents[0]
        at = value_words(proof.entry.get("at"))
        report.held.append(f"The log's entry of {at} published {ref} version {version} as it is.")
    else:
        ref, version, digest = documents[0]
        what = f"The log's entry does not publish {ref} version {version} with the hash {digest}."
        report.blame(Fault("proof", what, ref=ref))


def _check_signature(report: CheckReport, proof: Proof, text: str) -> None:
    if not text:
        report.unchecked.append("the signature of the checkpoint: no key was given (--key).")
        return
    try:
        key = VerifierKey.parse(text)
    except NoteError as problem:
        report.blame(Fault("signature", f"The key cannot be read. {problem}"))
        return
    if what := _wrong_signature(proof, key):
        report.blame(Fault("signature", what))
    else:
        report.held.append(f"The checkpoint is signed with the key of {value_words(key.name)}.")


def _wrong_signature(proof: Proof, key: VerifierKey) -> str:
    """Return what keeps the checkpoint from being signed with the key; '' when nothing does."""
    name, theirs = value_words(key.name), proof.note.signatures_by(key)
    if proof.tree.origin != key.name:
        return f"The checkpoint is of the log {value_words(proof.tree.origin)}, the key of {name}."
    if not theirs:
        return f"The checkpoint is not signed with this key of {name}."
    check = find_check()
    if check is None:
        return f"The signature was not checked: {_NO_PROGRAM}."
    if not all(check(key.public, proof.note.text.encode(), one.data) for one in theirs):
        return f"The checkpoint's signature is not one of the key of {name}."
    return ""
