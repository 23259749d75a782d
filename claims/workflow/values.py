"""Checking what is typed into a row before it is saved: names, dates, decimals, addresses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from claims.domain.dates import EdtfError, parse_edtf
from claims.errors import InvalidValueError


def assign(row: Any, changes: Mapping[str, Any], allowed: frozenset[str]) -> None:
    """Set the named fields of a row; refuse names that the verb does not take."""
    for name, value in changes.items():
        if name not in allowed:
            known = ", ".join(sorted(allowed))
            raise InvalidValueError(f"{name} cannot be set here; known: {known}.", field=name)
        setattr(row, name, value.strip() if isinstance(value, str) else value)


def edtf_ends(text: str, field: str) -> tuple[dt.date | None, dt.date | None]:
    """The first and last day that an EDTF text may mean; refuses what is no EDTF."""
    if not text:
        return None, None
    try:
        parsed = parse_edtf(text)
    except EdtfError as error:
        raise InvalidValueError(f"{field}: {error}", field=field) from error
    return parsed.earliest, parsed.latest


def to_decimal(value: Any, field: str) -> Decimal | None:
    """Read a number given as Decimal, int or text; floats are refused, they are not exact."""
    if value is None or value == "":
        return None
    if isinstance(value, bool | float):
        raise InvalidValueError(f"{field}: give the number as text, such as 97.", field=field)
    try:
        number = Decimal(value)
    except (InvalidOperation, TypeError, ValueError) as error:
        raise InvalidValueError(f"{field}: {value!r} is no number.", field=field) from error
    if not number.is_finite():
        raise InvalidValueError(f"{field}: {value!r} is no finite number.", field=field)
    return number or Decimal(0)  # "-0" is 0, and what is signed is what is stored


def refuse_foreign_address(url: str, field: str) -> None:
    """Only http and https addresses with a host; nothing is ever fetched here."""
    if not url:
        return
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        good = False
    if not good or any(character.isspace() for character in url):
        raise InvalidValueError(
            f"{field}: write a full web address that begins with http:// or https://.",
            field=field,
        )
