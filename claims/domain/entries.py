"""Figures read back from the entries of a published document."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from claims.domain.published_figures import FigureEntry
from claims.domain.quantity import Figure
from claims.domain.vocabulary import ValueState


def read_figure(entry: FigureEntry) -> Figure:
    """The quantity of a document's figure entry; numbers may be int or Decimal."""
    return _figure(
        _number(entry["point"]),
        _number(entry["low"]),
        _number(entry["high"]),
        entry["low_strict"],
        entry["high_strict"],
        entry["high_open"],
        entry["approximate"],
        entry["vague_term"],
        entry["value_state"],
    )


def read_quantity(entry: FigureEntry) -> Figure | None:
    """The quantity of an entry; None where it is said to have a value and that is no quantity."""
    if entry["value_state"] == ValueState.VALUE and not has_quantity(entry):
        return None
    return read_figure(entry)


def has_quantity(entry: FigureEntry) -> bool:
    """Whether the entry states a number or a vague word."""
    numbers = (entry["point"], entry["low"], entry["high"])
    return bool(entry["vague_term"]) or any(number is not None for number in numbers)


def entry_has_value(entry: FigureEntry) -> bool:
    """Whether the entry gives an answer of its own, of any kind."""
    if entry["value_state"] != ValueState.VALUE:
        return False
    return (
        has_quantity(entry)
        or bool(entry["edtf"])
        or bool(entry["party_mode"])
        or entry["boolean"] is not None
        or bool(entry["text"])
    )


# One entry is read for several sums, and many entries state the same small number.
_figure = lru_cache(maxsize=4096, typed=True)(Figure)


def _number(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)
