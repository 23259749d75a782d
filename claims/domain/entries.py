"""Figures read back from the entries of a published document."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from claims.domain.quantity import Figure


def read_figure(entry: dict[str, Any]) -> Figure:
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


def _number(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)
