"""The proof that the log holds a publication: entry, tree, signature, each by itself."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pymerkle import InmemoryTree

from claims.domain.documents import seal
from claims.domain.merkle import leaf_hash, node_hash, verify_inclusion
from claims.verifier import signatures
from claims.verifier.command import main
from claims.verifier.proofs import Proof

SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
NAME = "facts.example.org/log"
TOMBSTONE = {"ref": "C1", "type": "claim", "version": 2, "sequence": 7, "status": "retired"}


def encoded(some: bytes) -> str:
    return base64.b64encode(some).decode()


def verifier_key(secret: Ed25519PrivateKey = SECRET, name: str = NAME) -> tuple[str, bytes]:
    """The key's text, and its id."""
    known = b"\x01" + secret.public_key().public_bytes_raw()
    key_id = hashlib.sha256(f"{name}\n".encode() + known).digest()[:4]
    return f"{name}+{key_id.hex()}+{encoded(known)}", key_id


def audit_path(index: int, leaves: list[bytes]) -> list[bytes]:
    """PATH(m, D[n]) as RFC 6962 defines it."""
    if len(leaves) == 1:
        return []
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if index < split:
        return [*audit_path(index, leaves[:split]), root_of(leaves[split:])]
    return [*audit_path(index - split, leaves[split:]), root_of(leaves[:split])]


def root_of(leaves: list[bytes]) -> bytes:
    """The root by a library that others wrote."""
    tree = InmemoryTree(algorithm="sha256")
    for leaf in leaves:
        tree.append_entry(leaf)
    return tree.get_root()


@dataclass
class Log:
    """A log of some entries with one that publishes a document."""

    size: int = 11
    index: int = 6
    origin: str = NAME
    secret: Ed25519PrivateKey = SECRET

    def entry(self, digest: str) -> bytes:
        published = [{"ref": "C1", "version": 2, "sha256": digest}]
        act = {"v": 1, "act": "ab" * 16, "at": "2026-11-29T18:31:17Z", "published": published}
        return json.dumps(act, separators=(",", ":")).encode()

    def proof(self, digest: str) -> str:
        leaves = [b"entry %d" % number for number in range(self.size)]
        leaves[self.index] = self.entry(digest)
        body = f"{self.origin}\n{self.size}\n{encoded(root_of(leaves))}\n"
        key_id = verifier_key(self.secret, self.origin)[1]
        signed = encoded(key_id + self.secret.sign(body.encode()))
        head = ["c2sp.org/tlog-proof@v1", f"extra {encoded(leaves[self.index])}"]
        hashes = map(encoded, audit_path(self.index, leaves))
        note = f"{body}\n\u2014 {self.origin} {signed}\n"
        return "\n".join([*head, f"index {self.index}", *hashes, "", note])


@pytest.fixture
def document(tmp_path: Path) -> tuple[Path, str]:
    """A sealed document in a file, and its hash."""
    review = {"previous_sha256": "", "question": "Asked twice?"}
    text, digest = seal({**TOMBSTONE, **review})
    (tmp_path / "C1.json").write_text(text)
    return tmp_path / "C1.json", digest


def run(capsys: Any, path: Path | None, proof: str, key: str = "", **more: Any) -> tuple[int, str]:
    folder = path.parent if path else more["folder"]
    (folder / "proof").write_text(proof)
    words = [str(path)] if path else []
    words += ["--proof", str(folder / "proof"), *(["--key", key] if key else [])]
    code = main(words)
    return code, capsys.readouterr().out


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 100])
def test_every_leaf_of_a_tree_is_included(size: int) -> None:
    leaves = [b"%d" % number for number in range(size)]
    root = root_of(leaves)
    for index in range(size):
        path = audit_path(index, leaves)
        leaf = leaf_hash(leaves[index])
        assert verify_inclusion(leaf, index, size, path, root)
        assert not verify_inclusion(leaf, index + 1, size, path, root)
        assert not verify_inclusion(leaf, index, size, [*path, root], root)
        assert not verify_inclusion(leaf, index, size, path[:-1], root) or size == 1
        assert not verify_inclusion(node_hash(leaf, leaf), index, size, path, root)


@pytest.mark.parametrize(("size", "index"), [(11, 6), (1, 0), (8, 7), (9, 8)])
def test_a_proof_holds(capsys: Any, document: tuple[Path, str], size: int, index: int) -> None:
    path, digest = document
    code, out = run(capsys, path, Log(size, index).proof(digest), verifier_key()[0])
    assert code == 0, out
    assert "The log's entry of “2026-11-29T18:31:17Z” published C1 version 2 as it is." in out
    assert f"The entry is number {index} of the tree of {size} entries" in out
    assert f"The checkpoint is signed with the key of “{NAME}”." in out


def test_the_key_may_stand_in_a_file(
    capsys: Any, document: tuple[Path, str], tmp_path: Path
) -> None:
    path, digest = document
    (tmp_path / "key").write_text(f"{verifier_key()[0]}\n")
    assert run(capsys, path, Log().proof(digest), str(tmp_path / "key"))[0] == 0


def test_without_a_key_the_signature_is_said_not_to_be_checked(
    capsys: Any, document: tuple[Path, str]
) -> None:
    path, digest = document
    code, out = run(capsys, path, Log().proof(digest))
    assert code == 0
    assert "Not checked: the signature of the checkpoint: no key was given (--key)." in out


def test_a_proof_without_a_document_is_checked_by_itself(
    capsys: Any, document: tuple[Path, str], tmp_path: Path
) -> None:
    code, out = run(capsys, None, Log().proof(document[1]), verifier_key()[0], folder=tmp_path)
    assert code == 0
    assert "Not checked: which document the proof is about: none was given." in out


def test_another_document_is_named(capsys: Any, document: tuple[Path, str]) -> None:
    path, digest = document
    code, out = run(capsys, path, Log().proof("0" * 64), verifier_key()[0])
    assert code == 1
    assert f"The log's entry does not publish C1 version 2 with the hash {digest}." in out


def test_an_entry_that_is_not_in_the_tree_is_named(capsys: Any, document: tuple[Path, str]) -> None:
    path, digest = document
    log = Log()
    forged = log.proof("0" * 64).replace(encoded(log.entry("0" * 64)), encoded(log.entry(digest)))
    code, out = run(capsys, path, forged, verifier_key()[0])
    assert code == 1
    assert f"The proof does not lead from its entry to the checkpoint of “{NAME}”." in out
    assert "is signed with the key" in out


def test_a_checkpoint_of_somebody_else_is_named(capsys: Any, document: tuple[Path, str]) -> None:
    path, digest = document
    code, out = run(capsys, path, Log(secret=OTHER).proof(digest), verifier_key()[0])
    assert (code, "is not signed with this key" in out) == (1, True)
    code, out = run(capsys, path, Log(origin="other.org").proof(digest), verifier_key()[0])
    assert (code, "The checkpoint is of the log “other.org”, the key of" in out) == (1, True)


def forged_signature(digest: str) -> str:
    """A proof whose signature has the id of the key and was made with another one."""
    log = Log()
    proof = log.proof(digest)
    body = proof.split("\n\n")[1] + "\n"
    key_id = verifier_key()[1]
    right, wrong = (encoded(key_id + one.sign(body.encode())) for one in (SECRET, OTHER))
    assert right in proof
    return proof.replace(right, wrong)


@pytest.mark.parametrize("program", ["_by_cryptography", "_by_openssl"])
def test_each_program_tells_a_forged_signature(
    capsys: Any, document: tuple[Path, str], program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shutil.which("openssl"), "the machine that tests has the program"
    other = {"_by_cryptography": "_by_openssl", "_by_openssl": "_by_cryptography"}[program]
    monkeypatch.setattr(signatures, other, lambda *_: False)
    path, digest = document
    assert run(capsys, path, Log().proof(digest), verifier_key()[0])[0] == 0
    code, out = run(capsys, path, forged_signature(digest), verifier_key()[0])
    assert code == 1
    assert f"The checkpoint's signature is not one of the key of “{NAME}”." in out


def test_without_a_program_for_signatures_that_is_said(
    capsys: Any, document: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signatures, "_by_cryptography", lambda *_: False)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    path, digest = document
    code, out = run(capsys, path, Log().proof(digest), verifier_key()[0])
    assert code == 1
    assert "The signature was not checked: neither the Python package cryptography nor" in out


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2"),
        ("extra ", "extra"),
        ("index 6", "index six"),
        ("index 6", "index -6"),
        ("index 6", "index 99999999999999999999999"),
        ("\n\u2014 ", "\n- "),
        ("\n11\n", "\neleven\n"),
        ("\n\n", "\n"),
        ("=\n", "\n"),
        ("index 6\n", "index 6\nAA*A\n"),
    ],
)
def test_what_is_no_proof_is_refused(
    capsys: Any, document: tuple[Path, str], old: str, new: str
) -> None:
    path, digest = document
    proof = Log().proof(digest)
    assert old in proof
    code, out = run(capsys, path, proof.replace(old, new), verifier_key()[0])
    assert code == 1
    assert "The proof cannot be read. " in out


@pytest.mark.parametrize("entry", [b"\xff", b"[]", b"{", b'{"published":5}', b'{"v":NaN}'])
def test_an_entry_of_another_kind_is_refused(
    capsys: Any, document: tuple[Path, str], entry: bytes
) -> None:
    path, digest = document
    log = Log()
    proof = log.proof(digest).replace(encoded(log.entry(digest)), encoded(entry))
    assert run(capsys, path, proof)[0] == 1


@pytest.mark.parametrize("key", ["a+b", "name+00000000+AAAA", f"x{verifier_key()[0]}"])
def test_what_is_no_key_is_refused(capsys: Any, document: tuple[Path, str], key: str) -> None:
    path, digest = document
    code, out = run(capsys, path, Log().proof(digest), key)
    assert code == 1
    assert "The key cannot be read. " in out


def test_a_proof_is_about_one_document(
    capsys: Any, document: tuple[Path, str], tmp_path: Path
) -> None:
    path, digest = document
    (tmp_path / "proof").write_text(Log().proof(digest))
    assert main([str(path), str(path), "--proof", str(tmp_path / "proof")]) == 1
    assert "A proof is about one document, not 2." in capsys.readouterr().out


def test_lines_of_other_signers_are_passed_over(document: tuple[Path, str]) -> None:
    proof = Proof.parse(
        (Log().proof(document[1]) + f"\u2014 witness.org {encoded(bytes(70))}\n").encode()
    )
    assert [one.name for one in proof.note.signatures] == [NAME, "witness.org"]
