"""A figure as read, and how single numbers, spreads and bounds become one."""

import re
from dataclasses import dataclass
from decimal import Decimal

from claims.reading import modifiers as mod
from claims.reading.numbers import Number


@dataclass(slots=True)
class Figure:
    """A figure in plain text offsets; `number_start` is where its first number begins.

    `low` or `high` None = that bound is not stated; `exclusive` = more than, fewer than;
    `unit` as in Number; `dash_at` is where a range joined by a dash or word breaks, else -1.
    """

    start: int
    end: int
    number_start: int
    low: Decimal | None
    high: Decimal | None
    best: Decimal | None
    approximate: bool = False
    lower_open: bool = False
    upper_open: bool = False
    exclusive: bool = False
    vague: bool = False
    unit: str = ""
    form: str = "digits"


SCORE = Figure(0, 0, 0, None, None, None)
"""Stands for a pair of numbers that is the result of a game."""


def scaled(first: Number, second: Number, joiner: "re.Match[str]") -> tuple[Decimal, Decimal]:
    """Give "5 to 6 million" and "5\u20136,000" the same power on both sides."""
    low, high = first.value or Decimal(0), second.value or Decimal(0)
    if first.scale == 1 and second.scale != 1 and low < high / second.scale * 10:
        return low * second.scale, high
    thousands = second.form == "digits" and high >= 1000 and high % 1000 == 0
    if first.scale == 1 and thousands and joiner["dash"] and low * 1000 < high and low < 1000:
        return low * 1000, high
    return low, high


def spread_figure(number: Number, value: Decimal, spread: "re.Match[str]") -> Figure:
    margin = Decimal(spread[1].replace(",", "").rstrip("."))
    if spread[2] and number.unit != "percent":
        margin = value * margin / 100
    return Figure(
        number.start,
        spread.end(),
        number.start,
        value - margin,
        value + margin,
        value,
        approximate=True,
        unit=number.unit,
        form=number.form,
    )


def bounded_figure(number: Number, start: int, end: int, value: Decimal, kind: str) -> Figure:
    low: Decimal | None = value
    high: Decimal | None = value
    if kind in (mod.AT_LEAST, mod.MORE_THAN):
        high = None
    elif kind in (mod.UP_TO, mod.LESS_THAN):
        low = None
    return Figure(
        start,
        end,
        number.start,
        low,
        high,
        value,
        approximate=kind == mod.APPROXIMATE,
        lower_open=low is None,
        upper_open=high is None,
        exclusive=kind in (mod.MORE_THAN, mod.LESS_THAN),
        unit=number.unit,
        form=number.form,
    )
