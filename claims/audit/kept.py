"""Checkpoints that somebody kept: beside the key, or in a file of a reader's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from claims.audit.findings import Report
from claims.domain.notes import Note, NoteError, TreeHead, VerifierKey, split_notes
from claims.models import Checkpoint
from claims.workflow.log_key import is_signed, kept_checkpoint, verifier_keys


class Promise(NamedTuple):
    """A root that the tree must have had, and who says so."""

    size: int
    root: bytes
    where: str


def read_promises(path: Path, keys: list[VerifierKey]) -> list[Promise]:
    """The checkpoints of a file, one or several one after the other.

    Raises NoteError when there is none, or one that no key has signed; OSError.
    """
    notes = [Note.parse(text) for text in split_notes(path.read_text())]
    if not notes or not keys:
        what = "holds no checkpoint" if keys else "cannot be checked: give the log's --key"
        raise NoteError(f"{path} {what}.", field="checkpoint")
    promises = []
    for note in notes:
        head = TreeHead.parse(note.text)
        if not is_signed(note, keys) or head.origin not in {key.name for key in keys}:
            raise NoteError(
                f"The checkpoint of {head.size} leaves in {path} is not signed by this log.",
                field="checkpoint",
            )
        promises.append(Promise(head.size, head.root, f"the checkpoint in {path.name}"))
    return promises


def known_keys(report: Report) -> list[VerifierKey]:
    """The public keys of this log; a key that cannot be read is blamed."""
    try:
        return verifier_keys()
    except NoteError as error:
        report.blame(Checkpoint, "-", error.message)
        return []


def kept_beside_the_key(report: Report, keys: Sequence[VerifierKey]) -> list[Promise]:
    """The newest checkpoint that this site remembers to have signed, outside the database."""
    if not keys:
        return []
    try:
        kept = kept_checkpoint()
    except (NoteError, OSError, UnicodeDecodeError) as error:
        report.blame(Checkpoint, "-", f"the checkpoint beside the key: {error}")
        return []
    return [Promise(kept.size, kept.root, "the checkpoint kept beside the key")] if kept else []
