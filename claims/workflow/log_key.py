"""The key of the log: kept outside the database, and beside it the newest checkpoint it signed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from claims.domain.notes import (
    Note,
    NoteError,
    Signature,
    SigningKey,
    TreeHead,
    VerifierKey,
    key_name,
)
from claims.errors import InvalidValueError


@dataclass(frozen=True, slots=True)
class LogKey:
    """A key that signs checkpoints, with its public half."""

    private: SigningKey
    public: VerifierKey

    @classmethod
    def make(cls, name: str) -> Self:
        """A new key. Raises NoteError for a name that no key can have."""
        key = Ed25519PrivateKey.generate()
        public = VerifierKey(key_name(name), key.public_key().public_bytes_raw())
        return cls(SigningKey(name, public.number, key.private_bytes_raw()), public)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the private text. Raises NoteError, also when its id is not that of the key."""
        private = SigningKey.parse(text)
        key = Ed25519PrivateKey.from_private_bytes(private.seed)
        public = VerifierKey(private.name, key.public_key().public_bytes_raw())
        if public.number != private.number:
            raise NoteError("The key of the log does not have the id that it names.", field="key")
        return cls(private, public)

    def sign(self, text: str) -> str:
        """The text as a signed note."""
        data = Ed25519PrivateKey.from_private_bytes(self.private.seed).sign(text.encode())
        return str(Note(text, (Signature(self.public.name, self.public.number, data),)))


def is_signed(note: Note, keys: list[VerifierKey]) -> bool:
    """Whether one of the keys signed the note; a wrong signature in a key's name spoils it."""
    good = False
    for key in keys:
        for signature in note.signatures_by(key):
            try:
                verifier = Ed25519PublicKey.from_public_bytes(key.public)
                verifier.verify(signature.data, note.text.encode())
            except (InvalidSignature, ValueError):
                return False
            good = True
    return good


def log_key() -> LogKey | None:
    """The site's key, None when it has none. Raises NoteError when it cannot be read."""
    if settings.LOG_KEY:
        return LogKey.parse(settings.LOG_KEY)
    path = Path(settings.LOG_KEY_FILE) if settings.LOG_KEY_FILE else None
    if path is None or (not settings.PRODUCTION and not path.exists()):
        return None
    try:
        return LogKey.parse(path.read_text())
    except (OSError, UnicodeDecodeError) as error:
        raise NoteError(f"The log's key {path} cannot be read.", field="key") from error


def verifier_keys() -> list[VerifierKey]:
    """The public keys that checkpoints of this site may be signed with, older ones included."""
    key = log_key()
    older = [VerifierKey.parse(text) for text in settings.LOG_VERIFIER_KEYS]
    return [*([key.public] if key is not None else []), *older]


def write_key(key: LogKey, path: Path) -> None:
    """Write a key that only its owner may read. Raises InvalidValueError when the file is there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise InvalidValueError(
            f"{path} exists; a key is never written over.", field="path"
        ) from None
    with os.fdopen(number, "w") as file:
        file.write(f"{key.private.to_text()}\n")


def kept_checkpoint() -> TreeHead | None:
    """The newest checkpoint that was signed here, from the file beside the key.

    Raises NoteError when the file holds anything else.
    """
    path = kept_path()
    if path is None or not path.exists():
        return None
    note = Note.parse(path.read_text())
    if not is_signed(note, verifier_keys()):
        raise NoteError(f"The checkpoint in {path} is not signed by this log.", field="checkpoint")
    return TreeHead.parse(note.text)


def keep_checkpoint(note: str) -> None:
    """Keep a signed checkpoint beside the key, unless a newer one is there."""
    path = kept_path()
    if path is None:
        return
    held = kept_checkpoint()
    if held is not None and held.size > TreeHead.parse(Note.parse(note).text).size:
        return
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.write_text(note)
    fresh.replace(path)


def kept_path() -> Path | None:
    """The file of that checkpoint: beside the key unless the settings say where."""
    if settings.LOG_CHECKPOINT_FILE:
        return Path(settings.LOG_CHECKPOINT_FILE)
    return Path(f"{settings.LOG_KEY_FILE}.checkpoint") if settings.LOG_KEY_FILE else None
