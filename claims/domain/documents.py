"""The published document as text: exact numbers, one line, sealed by its own hash."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from decimal import Decimal
from typing import Any, Final

import orjson

from claims.errors import InvalidValueError

_OPTIONS: Final = orjson.OPT_NAIVE_UTC | orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS
_SEAL: Final = re.compile(r',"sha256":"([0-9a-f]{64})"\}\Z')


def decimal_literal(number: Decimal) -> str:
    """Return the number as a JSON literal: no exponent, no trailing zeros, ints when integral.

    Raises InvalidValueError on NaN and infinities, which JSON does not have.
    """
    if not number.is_finite():
        raise InvalidValueError(f"{number} is not a number that a document can hold.")
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def dump_document(document: dict[str, Any]) -> str:
    """Return the document as compact JSON on one line, members in their order, exact decimals."""
    return orjson.dumps(document, default=_literal, option=_OPTIONS).decode()


def read_document(text: str | bytes) -> dict[str, Any]:
    """Return the members of a document; numbers with a fraction come as Decimal."""
    document: dict[str, Any] = json.loads(text, parse_float=Decimal)
    return document


def seal(document: dict[str, Any]) -> tuple[str, str]:
    """Return the text of the document with its hash as the last member, and the hash in hex.

    The hash is SHA-256 of the UTF-8 text without that member, so that cutting it from the text
    gives back the exact bytes that were hashed.
    """
    text = dump_document({name: value for name, value in document.items() if name != "sha256"})
    digest = hashlib.sha256(text.encode()).hexdigest()
    return f'{text[:-1]},"sha256":"{digest}"}}', digest


def sealed_hash(text: str) -> str:
    """Return the hash that ends a sealed text; '' when there is none."""
    match = _SEAL.search(text)
    return match[1] if match else ""


def verify_seal(text: str) -> bool:
    """Say whether the hash that ends the text is the hash of the rest of it."""
    match = _SEAL.search(text)
    if match is None:
        return False
    rest = f"{text[: match.start()]}}}"
    return hashlib.sha256(rest.encode("utf-8", "surrogatepass")).hexdigest() == match[1]


def _literal(value: object) -> orjson.Fragment:
    if isinstance(value, Decimal):
        return orjson.Fragment(decimal_literal(value))
    raise TypeError(f"{type(value).__name__} has no form in a document")


def moment_text(moment: dt.datetime) -> str:
    """Return an aware moment as UTC text such as 2026-11-22T13:00:00Z."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
