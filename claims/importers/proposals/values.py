"""A proposed figure as the value of an assertion."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from claims.domain.figures import Figure, check_count
from claims.reading.proposals import ProposedFigure


def value_of(figure: ProposedFigure) -> dict[str, Any]:
    """Return the value fields of the assertion; FigureError when it cannot be kept exactly."""
    fields = _vague(figure) if figure.vague else _numbers(figure)
    check_count(Figure(**fields))
    return fields


def is_whole(figure: ProposedFigure) -> bool:
    """Whether every number of the figure is a whole one, so that it can count things."""
    numbers = (figure.best, figure.low, figure.high)
    return all(number is None or number == number.to_integral_value() for number in numbers)


def _vague(figure: ProposedFigure) -> dict[str, Any]:
    return {"vague_term": (figure.vague_term or figure.quote).strip().lower()[:60]}


def _numbers(figure: ProposedFigure) -> dict[str, Any]:
    if figure.lower_open and not figure.upper_open:
        return {"high": figure.high, "high_strict": figure.exclusive}
    if figure.upper_open and not figure.lower_open:
        return {"low": figure.low, "low_strict": figure.exclusive}
    fields: dict[str, Any] = {"approximate": figure.approximate}
    ends = {figure.low, figure.high} - {None, figure.best}
    if figure.best is not None:
        fields["point"] = figure.best
    if ends or figure.best is None:
        fields |= {"low": figure.low, "high": figure.high}
    if figure.high is not None and figure.quote.rstrip().endswith("+"):
        fields["high_open"] = True
    return fields


def same_value(fields: dict[str, Any], row: Any) -> bool:
    """Whether a stored assertion says exactly this."""
    numbers = ("point", "low", "high", "low_strict", "high_strict", "high_open", "approximate")
    words = ("vague_term", "edtf", "party_mode")
    return all(
        _plain(fields.get(name, False)) == _plain(getattr(row, name)) for name in numbers
    ) and all(fields.get(name, "") == getattr(row, name) for name in words)


def _plain(value: Decimal | bool | None) -> Decimal | None:
    return Decimal(value) if value else None
