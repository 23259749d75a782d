"""The published document as text: exact numbers, one line, sealed by its own hash."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

import orjson

from claims.domain.sealed_text import decimal_literal, read_document, sealed_hash, verify_seal

__all__ = [
    "decimal_literal",
    "dump_document",
    "exact_moment_text",
    "moment_text",
    "read_document",
    "seal",
    "sealed_hash",
    "verify_seal",
]

_OPTIONS: Final = orjson.OPT_NAIVE_UTC | orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS


def dump_document(document: Mapping[str, object]) -> str:
    """Return the document as compact JSON on one line, members in their order, exact decimals."""
    return orjson.dumps(document, default=_literal, option=_OPTIONS).decode()


def seal(document: Mapping[str, object]) -> tuple[str, str]:
    """Return the text of the document with its hash as the last member, and the hash in hex.

    The hash is SHA-256 of the UTF-8 text without that member, so that cutting it from the text
    gives back the exact bytes that were hashed.
    """
    text = dump_document({name: value for name, value in document.items() if name != "sha256"})
    digest = hashlib.sha256(text.encode()).hexdigest()
    return f'{text[:-1]},"sha256":"{digest}"}}', digest


def _literal(value: object) -> orjson.Fragment:
    if isinstance(value, Decimal):
        return orjson.Fragment(decimal_literal(value))
    raise TypeError(f"{type(value).__name__} has no form in a document")


def moment_text(moment: dt.datetime) -> str:
    """Return an aware moment as UTC text such as 2026-11-22T13:00:00Z."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def exact_moment_text(moment: dt.datetime) -> str:
    """Return an aware moment as UTC text to its last digit, such as 2026-11-22T13:00:00.000001Z."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
