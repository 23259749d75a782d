"""An export checked against its manifest: how many, how long, which hash."""

from __future__ import annotations

import hashlib
from typing import Any, BinaryIO

from claims.verifier.examination import Examination
from claims.verifier.report import Fault, value_words
from claims.verifier.strict_json import NotJSONError, parse_json

_CHUNK = 1 << 20


def read_manifest(text: bytes) -> dict[str, Any]:
    """Return the members of a manifest, none where it is none."""
    try:
        members = parse_json(text.decode("utf-8"))
    except (NotJSONError, UnicodeDecodeError):
        return {}
    return members if isinstance(members, dict) and members.get("type") == "manifest" else {}


def is_table(manifest: dict[str, Any]) -> bool:
    """Whether its file holds rows or reviews: there is nothing in them to work out again."""
    return manifest.get("format") in ("csv", "jsonld")


def check_manifest(examination: Examination, manifest: dict[str, Any], file: BinaryIO) -> None:
    """Compare the file with its manifest; documents were counted and hashed before."""
    size, digest = 0, hashlib.sha256()
    while chunk := file.read(_CHUNK):
        size += len(chunk)
        digest.update(chunk)
    report = examination.report
    found: dict[str, Any] = {"bytes": size, "sha256": digest.hexdigest()}
    if is_table(manifest):
        report.unchecked.append("how many rows it has, and whether they follow from documents.")
    else:
        found["count"] = examination.count
        if manifest.get("sha256") == examination.lines.hexdigest():  # as earlier releases did
            del found["sha256"]
    if not manifest:
        report.blame(Fault("end", "The manifest is none.", examination.file))
        return
    for name, gives in found.items():
        if manifest.get(name) != gives:
            says = value_words(manifest.get(name))
            what = f"The manifest's {name} says {says}; the file gives {gives}."
            report.blame(Fault("end", what, examination.file, member=name))
    report.conclude("end", f"The file is what its manifest says: {size:,} bytes.")
