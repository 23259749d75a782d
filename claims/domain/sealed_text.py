"""The text of a document by the standard library alone: read, written, its seal checked."""

from __future__ import annotations

import hashlib
import json
import re
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any, Final

from claims.errors import InvalidValueError

_SEAL: Final = re.compile(r',"sha256":"([0-9a-f]{64})"\}')
_SEAL_OF_BYTES: Final = re.compile(_SEAL.pattern.encode())
_SEAL_CHARACTERS: Final = len(',"sha256":""}') + 64


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


def read_document(text: str | bytes) -> dict[str, Any]:
    """Return the members of a document; numbers with a fraction come as Decimal."""
    document: dict[str, Any] = json.loads(text, parse_float=Decimal)
    return document


def document_text(value: Any) -> str:
    """Return what was read as the text that `dump_document` gives for it, byte for byte.

    Takes what `read_document` returns and nothing else; raises TypeError on anything else.
    """
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, dict):
        return "{" + ",".join(map(_member_text, value.items())) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(document_text, value)) + "]"
    if isinstance(value, Decimal):
        return decimal_literal(value)
    if value is None or isinstance(value, int):
        return json.dumps(value)
    raise TypeError(f"{type(value).__name__} has no form in a document")


def _member_text(member: tuple[str, Any]) -> str:
    name, value = member
    return f"{encode_basestring(name)}:{document_text(value)}"


def sealed_hash(text: str) -> str:
    """Return the hash that ends a sealed text; '' when there is none."""
    match = _SEAL.fullmatch(text[-_SEAL_CHARACTERS:])
    return match[1] if match else ""


def hash_of_line(line: bytes) -> bytes:
    """Return what an export's end record knows a line by, in hex: the hash that seals it.

    A line that nothing seals, such as a document worked out for another day, has its own.
    """
    match = _SEAL_OF_BYTES.fullmatch(line, max(0, len(line) - _SEAL_CHARACTERS))
    return match[1] if match else hashlib.sha256(line).hexdigest().encode()


def verify_seal(text: str) -> bool:
    """Say whether the hash that ends the text is the hash of the rest of it."""
    stated = sealed_hash(text)
    rest = f"{text[:-_SEAL_CHARACTERS]}}}"
    return stated == hashlib.sha256(rest.encode("utf-8", "surrogatepass")).hexdigest()
