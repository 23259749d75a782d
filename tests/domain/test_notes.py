"""Signed notes, keys, checkpoints and proofs, as their specifications write them."""

from __future__ import annotations

from base64 import b64decode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from claims.domain.notes import (
    InclusionProof,
    Note,
    NoteError,
    SigningKey,
    TreeHead,
    VerifierKey,
    key_name,
    split_notes,
)

# The example of C2SP tlog-checkpoint.
CHECKPOINT = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5"
    "/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)
# The keys of the Go checksum database, and its first lines.
GO_KEY = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"


def test_the_example_of_a_checkpoint_is_read():
    note = Note.parse(CHECKPOINT)
    head = TreeHead.parse(note.text)

    assert (head.origin, head.size) == ("example.com/behind-the-sofa", 20852163)
    assert head.to_text() == note.text
    assert str(note) == CHECKPOINT
    assert note.signatures[0].number == b64decode("Az3grg==")


def test_a_published_key_has_the_id_that_it_names():
    key = VerifierKey.parse(GO_KEY)

    assert (key.name, key.number.hex(), str(key)) == ("sum.golang.org", "033de0ae", GO_KEY)
    assert Ed25519PublicKey.from_public_bytes(key.public).public_bytes_raw() == key.public


def test_signatures_of_other_keys_are_not_this_key_s():
    assert Note.parse(CHECKPOINT).signatures_by(VerifierKey.parse(GO_KEY)) == []


def test_the_text_may_hold_empty_lines():
    note = Note.parse("one\n\ntwo\n\n— a.example AAAAAAAA\n")

    assert note.text == "one\n\ntwo\n"


@pytest.mark.parametrize(
    "text",
    [
        "", "no signature\n", "text\n\n", "text\n\n— name notbase64!\n",
        "text\n\n- name AAAAAAAA\n",
        "text\n\n— name AAAA\n", "text\n\n— na+me AAAAAAAA\n", "te\txt\n\n— name AAAAAAAA\n",
        "text\n\n— name AAAAAAAA", "text\n\n— name AAAAAAAB=\n",
    ],
)  # fmt: skip
def test_what_is_no_note_is_refused(text):
    with pytest.raises(NoteError):
        Note.parse(text)


@pytest.mark.parametrize(
    "text",
    ["", "a\n1\n", "a\n01\nAAAA\n", "a\n-1\nAAAA\n", "a\n1\nAAAA\n", f"\n1\n{'A' * 43}=\n",
     f"a\n1\n{'A' * 43}=\n\nb\n"],
)  # fmt: skip
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(NoteError):
        TreeHead.parse(text)


def test_lines_after_the_third_are_let_be():
    assert TreeHead.parse(f"a\n1\n{'A' * 43}=\nmore\n").size == 1


@pytest.mark.parametrize(
    "text",
    ["", "a+b", "a+033de0af+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8", "a b+033de0ae+AAAA",
     "a+033de0ae+AAAA", "a+033de0ae+Ag" + "A" * 42],
)  # fmt: skip
def test_what_is_no_key_is_refused(text):
    with pytest.raises(NoteError):
        VerifierKey.parse(text)


def test_a_private_key_is_read_back_and_never_shown():
    key = SigningKey("example.com/log", b"\x01\x02\x03\x04", bytes(range(32)))

    assert SigningKey.parse(key.to_text() + "\n") == key
    assert key.to_text().startswith("PRIVATE+KEY+example.com/log+01020304+AQAB")
    assert "AQAB" not in repr(key)
    for text in ("PRIVATE+KEY+x", "PUBLIC+KEY+a+01020304+AQAB", ""):
        with pytest.raises(NoteError):
            SigningKey.parse(text)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "x" * 201])
def test_names_of_keys(name):
    with pytest.raises(NoteError):
        key_name(name)


def test_several_notes_of_one_file():
    other = "b\n2\nroot\n\n— b AAAAAAAA\n— c AAAAAAAA\n"

    assert list(split_notes(CHECKPOINT + other + CHECKPOINT)) == [CHECKPOINT, other, CHECKPOINT]
    assert list(split_notes(f"\n{CHECKPOINT}\n{other}")) == [CHECKPOINT, other]
    assert list(split_notes("")) == []


def test_a_proof_is_read_back():
    proof = InclusionProof(b'{"v":1}', 7, (bytes(32), bytes(range(32))), CHECKPOINT)
    lines = proof.to_text().split("\n")

    assert lines[:3] == ["c2sp.org/tlog-proof@v1", "extra eyJ2IjoxfQ==", "index 7"]
    assert lines[5] == ""
    assert proof.to_text().endswith("\n\n" + CHECKPOINT)
    assert InclusionProof.parse(proof.to_text()) == proof


@pytest.mark.parametrize(
    "text", ["", "c2sp.org/tlog-proof@v2\nindex 1\n\nx", "c2sp.org/tlog-proof@v1"]
)
def test_what_is_no_proof_is_refused(text):
    with pytest.raises(NoteError):
        InclusionProof.parse(text)
