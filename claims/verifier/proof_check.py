"""A proof of the log checked: the document in the entry, the entry in the tree, the signature."""

from __future__ import annotations

from claims.verifier.proofs import (
    LONGEST_PROOF,
    Proof,
    ProofError,
    VerifierKey,
    parse_key,
    parse_proof,
)
from claims.verifier.report import Fault, Report, value_words
from claims.verifier.signatures import find_check

type Known = tuple[str, int, str]  # ref, version and hash of a document

_NO_PROGRAM = (
    "neither the Python package cryptography nor an openssl program that knows Ed25519 is here"
)


def check_proof(
    report: Report, text: bytes, key: str, documents: list[Known], *, asked: bool
) -> None:
    """Check a proof; `asked` says that it must be about the one document given."""
    try:
        if len(text) > LONGEST_PROOF:
            raise ProofError("it is longer than any proof")
        proof = parse_proof(text.decode("utf-8", "replace"))
        _check_entry(report, proof, documents, asked=asked)
    except ProofError as problem:
        report.blame(Fault("proof", f"The proof is none: {problem}."))
        return
    size, origin = proof.checkpoint.size, value_words(proof.checkpoint.origin)
    if proof.is_included:
        tree = f"the tree of {size:,} entries that the checkpoint of {origin} names"
        report.held.append(f"The entry is number {proof.index:,} of {tree}.")
    else:
        what = f"The proof does not lead from its entry to the checkpoint of {origin}."
        report.blame(Fault("proof", what))
    _check_signature(report, proof, key)


def _check_entry(report: Report, proof: Proof, documents: list[Known], *, asked: bool) -> None:
    published = proof.published()
    if not asked:
        report.unchecked.append("which document the proof is about: none was given.")
    elif len(documents) != 1:
        report.blame(Fault("proof", f"A proof is about one document, not {len(documents)}."))
    elif documents[0] in published:
        ref, version, _ = documents[0]
        at = value_words(proof.moment())
        report.held.append(f"The log's entry of {at} published {ref} version {version} as it is.")
    else:
        ref, version, digest = documents[0]
        what = f"The log's entry does not publish {ref} version {version} with the hash {digest}."
        report.blame(Fault("proof", what, ref=ref))


def _check_signature(report: Report, proof: Proof, key: str) -> None:
    if not key:
        report.unchecked.append("the signature of the checkpoint: no key was given (--key).")
        return
    try:
        known = parse_key(key)
    except ProofError as problem:
        report.blame(Fault("signature", f"The key is none: {problem}."))
        return
    _compare(report, proof, known)


def _compare(report: Report, proof: Proof, key: VerifierKey) -> None:
    tree, name = proof.checkpoint, value_words(key.name)
    theirs = [
        one.value for one in tree.signatures if (one.name, one.key_id) == (key.name, key.key_id)
    ]
    if tree.origin != key.name:
        origin = value_words(tree.origin)
        what = f"The checkpoint is of the log {origin}, the key of {name}."
    elif not theirs:
        what = f"The checkpoint is not signed with this key of {name}."
    elif (check := find_check()) is None:
        what = f"The signature was not checked: {_NO_PROGRAM}."
    elif all(check(key.public, tree.signed, value) for value in theirs):
        report.held.append(f"The checkpoint is signed with the key of {name}.")
        return
    else:
        what = f"The checkpoint's signature is not one of the key of {name}."
    report.blame(Fault("signature", what))
