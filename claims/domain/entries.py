"""Figures read back from the entries of a published document."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from claims.domain.quantity import Figure


def read_figure(entry: Mapping[str, Any]) -> Figure:
    """The quantity of a document's figure entry; numbers may be int or Decimal."""
    return Figure(
        point=_number(entry["point"]),
        low=_number(entry["low"]),
        high=_number(entry["high"]),
        low_strict=entry["low_strict"],
        high_strict=entry["high_strict"],
        high_open=entry["high_open"],
        approximate=entry["approximate"],
        vague_term=entry["vague_term"],
        state=entry["value_state"],
    )


def read_quantity(entry: Mapping[str, Any]) -> Figure | None:
    """The quantity of an entry; None where it is said to have a value and that is no quantity."""
    if entry["value_state"] == "value" and not has_quantity(entry):
        return None
    return read_figure(entry)


def has_quantity(entry: Mapping[str, Any]) -> bool:
    """Whether the entry states a number or a vague word."""
    numbers = (entry["point"], entry["low"], entry["high"])
    return bool(entry["vague_term"]) or any(number is not None for number in numbers)


def has_value(entry: Mapping[str, Any]) -> bool:
    """Whether the entry gives an answer of its own, of any kind."""
    if entry["value_state"] != "value":
        return False
    return (
        has_quantity(entry)
        or bool(entry["edtf"])
        or bool(entry["party_mode"])
        or entry["boolean"] is not None
        or bool(entry["text"])
    )


def _number(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)
