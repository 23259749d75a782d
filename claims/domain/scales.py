"""Axes with round ticks, for numbers and for dates; positions run from 0 to 100."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise
from typing import Final, Literal

from claims.domain.dates import MONTHS, day_number
from claims.domain.figures import number_words
from claims.domain.intervals import EXACT, Interval

INTERVALS: Final = 4  # ticks aimed at, less one
NARROWEST: Final = 18  # characters of a label beside one another on the narrowest axis
WIDTH, TENTH = Decimal(100), Decimal("0.1")
ZERO_WHEN_BELOW: Final = Decimal("0.75")  # share of the largest value
_STEPS: Final = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_DAY_STEPS: Final = (1, 2, 5, 10)
_MONTH_STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000)
_BIG: Final = ((12, "trillion"), (9, "billion"), (6, "million"))


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis at `x` (0 to 100) with its label."""

    x: Decimal
    label: str


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a mark: SVG's `anchor` says which of start, middle and end of them lies at `x`."""

    x: Decimal
    text: str
    anchor: Literal["start", "middle", "end"] = "middle"

    def reach(self, room: int) -> tuple[Decimal, Decimal]:
        """Return from where to where it goes on an axis that is so many characters wide."""
        wide = WIDTH * len(self.text) / room
        before = {"start": Decimal(0), "middle": wide / 2, "end": wide}[self.anchor]
        return self.x - before, self.x - before + wide


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight axis from `low` to `high`; dates are in day numbers."""

    low: Decimal
    high: Decimal
    ticks: tuple[Tick, ...] = ()

    def position(self, value: Decimal) -> Decimal:
        """Return where the value lies, 0 to 100 to one decimal; values outside at the edge."""
        inside = min(max(value, self.low), self.high)
        share = EXACT.divide(EXACT.subtract(inside, self.low), self.high - self.low)
        return EXACT.multiply(share, WIDTH).quantize(TENTH)

    def labels(self, room: int = NARROWEST) -> list[Label]:
        """Return the labels that do not run into one another where `room` characters fit.

        They are those of every tick, every second, every third and so on, until they have room.
        """
        for step in range(1, len(self.ticks)):
            found = [_label(tick, room) for tick in self.ticks[::step]]
            if _apart(found, room):
                return found
        return [_label(tick, room) for tick in self.ticks[:1]]


def _label(tick: Tick, room: int) -> Label:
    """The label in the middle of its mark, or at the edge of the axis where it would go beyond."""
    low, high = Label(tick.x, tick.label).reach(room)
    if low < 0:
        return Label(Decimal(0), tick.label, "start")
    return Label(WIDTH, tick.label, "end") if high > WIDTH else Label(tick.x, tick.label)


def _apart(labels: list[Label], room: int) -> bool:
    """Whether a character's width at least lies between each two."""
    reaches = [one.reach(room) for one in labels]
    return all(high + WIDTH / room <= low for (_, high), (low, _) in pairwise(reaches))


def number_scale(intervals: Iterable[Interval]) -> Scale | None:
    """Return an axis over all ends, with room for arrows at open ends; None without ends.

    It starts at 0 unless all values lie close together and far from it.
    """
    spans = list(intervals)
    values = _ends(spans)
    if not values:
        return None
    low, high = min(values), max(values)
    if 0 <= low <= EXACT.multiply(high, ZERO_WHEN_BELOW) or low == high >= 0:
        low = Decimal(0)
    if low == high:
        low, high = (low, high + 1) if low == 0 else (low - 1, high + 1)
    step = _round_step(EXACT.divide(high - low, Decimal(INTERVALS)), values)
    first = EXACT.divide(low, step).to_integral_value(ROUND_FLOOR)
    last = EXACT.divide(high, step).to_integral_value(ROUND_CEILING)
    last += any(_touches(one.high, one.low, last * step) for one in spans)
    first -= low < 0 and any(_touches(one.low, one.high, first * step) for one in spans)
    marks = [EXACT.multiply(step, Decimal(index)) for index in range(int(first), int(last) + 1)]
    return _with_ticks(marks)


def date_scale(intervals: Iterable[Interval]) -> Scale | None:
    """Return an axis over day numbers with ticks at days, months or years; None without ends."""
    spans = list(intervals)
    values = _ends(spans)
    if not values:
        return None
    first, last = date.fromordinal(int(min(values))), date.fromordinal(int(max(values)))
    margin = timedelta(days=1 + (last - first).days // 20)
    first = max(first, date.min + margin) - margin
    last = min(last, date.max - margin) + margin
    marks, unit = _date_marks(first, last)
    edges = Scale(day_number(first), day_number(last))
    at = [edges.position(day_number(mark)) for mark in marks]
    ticks = tuple(Tick(x, label) for x, label in zip(at, _labels(marks, unit), strict=True))
    return Scale(edges.low, edges.high, ticks)


def _ends(spans: list[Interval]) -> list[Decimal]:
    return [end for one in spans for end in (one.low, one.high) if end is not None]


def _touches(open_end: Decimal | None, other: Decimal | None, edge: Decimal) -> bool:
    """Whether an arrow that starts at the edge of the axis would have no room."""
    return open_end is None and other == edge


def _round_step(raw: Decimal, values: list[Decimal]) -> Decimal:
    """Return the next 1, 2, 2.5 or 5 times a power of ten; whole when all values are."""
    power = EXACT.scaleb(Decimal(1), raw.adjusted())
    step = next(EXACT.multiply(one, power) for one in _STEPS if one * power >= raw)
    if all(value == value.to_integral_value() for value in values):
        return step.to_integral_value(ROUND_CEILING)
    return step


def _with_ticks(marks: list[Decimal]) -> Scale:
    edges = Scale(marks[0], marks[-1])
    ticks = tuple(Tick(edges.position(one), _short_number(one)) for one in marks)
    return Scale(edges.low, edges.high, ticks)


def _short_number(value: Decimal) -> str:
    for power, name in _BIG:
        if abs(value) >= 10**power:
            return f"{number_words(EXACT.scaleb(value, -power))} {name}"
    return number_words(value)


def _date_marks(first: date, last: date) -> tuple[list[date], str]:
    """Return ticks within the span, at the finest step that keeps them few, and their unit."""
    days = (last - first).days
    for step in _DAY_STEPS:
        if days <= step * (INTERVALS + 1):
            return [first + timedelta(days=at) for at in range(0, days + 1, step)], "day"
    for step in _MONTH_STEPS:
        if days <= step * 30 * (INTERVALS + 1):
            break
    return list(_month_marks(first, last, step)), "year" if step >= 12 else "month"


def _month_marks(first: date, last: date, step: int) -> Iterator[date]:
    index = -(-(first.year * 12 + first.month - 1 + (first.day > 1)) // step) * step
    while index // 12 <= last.year and index // 12 <= date.max.year:
        mark = date(index // 12, index % 12 + 1, 1)
        if mark > last:
            return
        yield mark
        index += step


def _labels(marks: list[date], unit: str) -> list[str]:
    """Return short labels; the year is said at the first mark and where it changes."""
    labels: list[str] = []
    said = 0
    for mark in marks:
        month = MONTHS[mark.month - 1][:3]
        short = {"day": f"{mark.day} {month}", "month": month, "year": ""}[unit]
        year = str(mark.year) if mark.year != said else ""
        labels.append(" ".join(part for part in (short, year) if part))
        said = mark.year
    return labels
