"""Checking what is typed into a row before it is saved: names, dates, decimals, addresses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from claims.domain.addresses import address_fault
from claims.domain.characters import character_code, without_hidden
from claims.domain.dates import EdtfError, parse_edtf
from claims.errors import InvalidValueError


def assign(row: Any, changes: Mapping[str, Any], allowed: frozenset[str]) -> None:
    """Set the named fields of a row; refuse names that the verb does not take."""
    for name, value in changes.items():
        if name not in allowed:
            known = ", ".join(sorted(allowed))
            raise InvalidValueError(f"{name} cannot be set here; known: {known}.", field=name)
        setattr(row, name, value.strip() if isinstance(value, str) else value)


def shown_only(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that a text names, without what cannot be seen in them: nobody typed them."""
    return {name: _shown(value) for name, value in fields.items()}


def _shown(value: Any) -> Any:
    if isinstance(value, list):
        return [_shown(one) for one in value]
    return without_hidden(value) if type(value) is str else value


def refuse_other_figures(text: str, field: str) -> None:
    """Numbers are typed in the digits 0 to 9: Python reads others, and underscores, as well."""
    strange = next((one for one in text.strip() if not one.isascii() or one == "_"), "")
    if strange:
        raise InvalidValueError(
            f"{field}: write the number with the digits 0 to 9; "
            f"{strange!r} is {character_code(strange)}.",
            field=field,
        )


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
    if isinstance(value, str):
        refuse_other_figures(value, field)
    try:
        number = Decimal(value)
    except (InvalidOperation, TypeError, ValueError) as error:
        raise InvalidValueError(f"{field}: {value!r} is no number.", field=field) from error
    if not number.is_finite():
        raise InvalidValueError(f"{field}: {value!r} is no finite number.", field=field)
    return number or Decimal(0)  # "-0" is 0, and what is signed is what is stored


def refuse_foreign_address(url: str, field: str) -> None:
    """Only http and https addresses that a reader may be sent to; nothing is ever fetched here."""
    fault = address_fault(url) if url else ""
    if fault:
        raise InvalidValueError(f"{field}: {fault}", field=field)
