"""Texts of the log as C2SP writes them: signed notes, their keys, checkpoints and proofs."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Self

from claims.errors import InvalidValueError

ED25519: Final = b"\x01"
KEY_BYTES: Final = 32
PROOF_HEADER: Final = "c2sp.org/tlog-proof@v1"
_NAME: Final = re.compile(r"[^\s+]{1,200}")
_SIGNATURE: Final = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f]")
_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


class NoteError(InvalidValueError):
    """A note, key, checkpoint or proof is not written as C2SP writes it."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half of a key for Ed25519; its text is NAME+ID+BASE64."""

    name: str
    public: bytes

    @property
    def number(self) -> bytes:
        """The four bytes that signatures name the key by."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.number.hex()}+{_base64(ED25519 + self.public)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a key. Raises NoteError."""
        name, number, data = _key_parts(text.strip().split("+", 2))
        key = cls(name, data)
        if key.number.hex() != number:
            raise NoteError(f"The key of {name} does not have the id {number}.", field="key")
        return key


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The private half; its text is PRIVATE+KEY+NAME+ID+BASE64 and is shown to nobody."""

    name: str
    number: bytes
    seed: bytes

    def __repr__(self) -> str:
        return f"<key of {self.name}>"

    def to_text(self) -> str:
        """The text that is kept in the key's file."""
        return f"PRIVATE+KEY+{self.name}+{self.number.hex()}+{_base64(ED25519 + self.seed)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a key. Raises NoteError, which does not repeat the text."""
        start, key, *parts = [*text.strip().split("+", 4), "", ""][:5]
        if (start, key) != ("PRIVATE", "KEY"):
            raise NoteError("A log's key begins with PRIVATE+KEY.", field="key")
        name, number, data = _key_parts(parts)
        return cls(name, bytes.fromhex(number), data)


def _key_parts(parts: Sequence[str]) -> tuple[str, str, bytes]:
    if len(parts) != 3 or not re.fullmatch("[0-9a-f]{8}", parts[1]):
        raise NoteError("A key reads NAME+ID+BASE64.", field="key")
    data = _bytes(parts[2], "key")
    if data[:1] != ED25519 or len(data) != KEY_BYTES + 1:
        raise NoteError("Only keys for Ed25519 are known.", field="key")
    return key_name(parts[0]), parts[1], data[1:]


def key_name(name: str) -> str:
    """Return the name of a key, which is also the origin of its log. Raises NoteError."""
    if not _NAME.fullmatch(name) or _CONTROL.search(name):
        raise NoteError("A key's name has 1 to 200 characters, no space and no +.", field="name")
    return name


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature of a note: who, by which key, and its bytes."""

    name: str
    number: bytes
    data: bytes

    def __str__(self) -> str:
        return f"— {self.name} {_base64(self.number + self.data)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends in a newline, and its signatures."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return f"{self.text}\n" + "".join(map(str, self.signatures))

    def signatures_by(self, key: VerifierKey) -> list[Signature]:
        """Those that name this key."""
        return [one for one in self.signatures if (one.name, one.number) == (key.name, key.number)]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a signed note. Raises NoteError."""
        body, blank, lines = text.rpartition("\n\n")
        if not blank or not lines.endswith("\n") or _CONTROL.search(text):
            raise NoteError("A note is a text, an empty line and signatures.", field="note")
        found = [_SIGNATURE.fullmatch(line) for line in lines[:-1].split("\n")]
        signatures = [
            Signature(one[1], data[:4], data[4:])
            for one in found
            if one is not None and len(data := _bytes(one[2], "note")) > 4
        ]
        if len(signatures) != len(found):
            raise NoteError("A line of the note is no signature.", field="note")
        return cls(f"{body}\n", tuple(signatures))


@dataclass(frozen=True, slots=True)
class TreeHead:
    """What a checkpoint says: the log's origin, its size and its root."""

    origin: str
    size: int
    root: bytes

    def to_text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text of a checkpoint; lines after the third are let be. Raises NoteError."""
        lines = text.split("\n")
        if len(lines) < 4 or not all(lines[:-1]) or not _NUMBER.fullmatch(lines[1]):
            raise NoteError("A checkpoint says origin, size and root.", field="checkpoint")
        root = _bytes(lines[2], "checkpoint")
        if len(root) != KEY_BYTES:
            raise NoteError("The root of a checkpoint has 32 bytes.", field="checkpoint")
        return cls(lines[0], int(lines[1]), root)


def split_notes(text: str) -> Iterator[str]:
    """The notes of a file that several were appended to, each whole."""
    held: list[str] = []
    for line in text.splitlines(keepends=True):
        if held and held[-1].startswith("— ") and not line.startswith("— "):
            yield "".join(held)
            held = []
        if held or line.strip():
            held.append(line)
    if held:
        yield "".join(held)


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """A proof that stands alone: the entry, where it is, the way to the root, the checkpoint."""

    extra: bytes
    index: int
    path: tuple[bytes, ...]
    checkpoint: str

    def to_text(self) -> str:
        """The text of tlog-proof@v1."""
        lines = [PROOF_HEADER, f"extra {_base64(self.extra)}", f"index {self.index}"]
        return "\n".join([*lines, *map(_base64, self.path), "", self.checkpoint])

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read such a text. Raises NoteError."""
        head, _, checkpoint = text.partition("\n\n")
        header, *lines = head.split("\n")
        extra = lines.pop(0)[6:] if lines and lines[0].startswith("extra ") else ""
        index = lines.pop(0)[6:] if lines and lines[0].startswith("index ") else ""
        if header != PROOF_HEADER or not _NUMBER.fullmatch(index):
            raise NoteError("This is no proof of inclusion.", field="proof")
        path = tuple(_bytes(line, "proof") for line in lines)
        return cls(_bytes(extra, "proof"), int(index), path, checkpoint)


def _base64(data: bytes) -> str:
    return b64encode(data).decode()


def _bytes(text: str, field: str) -> bytes:
    try:
        data = b64decode(text, validate=True)
    except ValueError:
        data = None
    if data is None or _base64(data) != text:
        raise NoteError("That is not Base64.", field=field)
    return data
