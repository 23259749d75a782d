"""Figures and dates as shapes on a common axis, in units of 0 to 100."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from claims.domain.edtf_text import day_number, parse_edtf
from claims.domain.intervals import Interval
from claims.domain.quantity import Figure, kind, stated_high, stated_low
from claims.domain.scales import Scale, Tick, date_scale, number_scale
from claims.domain.vague import least_of
from claims.domain.vocabulary import FigureKind, ValueState

__all__ = [
    "Band",
    "Scale",
    "StripShape",
    "Tick",
    "band",
    "date_strip",
    "date_strip_scale",
    "empty_strip",
    "strip",
    "strip_scale",
]

LEFT, RIGHT = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True)
class StripShape:
    """One answer on the axis: a dot at `x`, a bar from `x1` to `x2`, arrows at open ends.

    `kind` is that of the figure: exact a full dot, approximate a hollow one, range a bar,
    at_least, at_most and their like a bar with an arrow, "empty" a bare line (a denial, or an
    answer without a value). An end with an arrow lies at the edge, 0 or 100; where a high was
    stated before it ("1,000 to 1,500 or more") that is `mark`. Positions are None where there
    is nothing to draw.
    """

    kind: FigureKind | Literal["empty"]
    x: Decimal | None = None
    x1: Decimal | None = None
    x2: Decimal | None = None
    arrow_left: bool = False
    arrow_right: bool = False
    mark: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A shaded stretch behind the strips: the range, or where most origins agree."""

    x1: Decimal
    x2: Decimal
    width: Decimal
    arrow_left: bool = False
    arrow_right: bool = False


def strip_scale(figures: Iterable[Figure], bands: Iterable[Interval] = ()) -> Scale | None:
    """Return the common axis of the figures and bands; None when none has a number."""
    spans = [span for figure in figures for span in (_drawn(figure), _beyond(figure))]
    return number_scale([*spans, *bands])


def date_strip_scale(texts: Iterable[str], bands: Iterable[Interval] = ()) -> Scale | None:
    """Return the common axis of EDTF dates and bands of day numbers; raises EdtfError."""
    return date_scale([*(_days(text) for text in texts if text), *bands])


def strip(figure: Figure, scale: Scale) -> StripShape:
    """Return the shape of one figure on the axis."""
    drawn = _drawn(figure)
    if drawn.low is None and drawn.high is None:
        return empty_strip()
    looks = kind(figure)
    if looks in (FigureKind.EXACT, FigureKind.APPROXIMATE):
        return StripShape(looks, x=scale.position(_known(drawn.low, drawn.high)))
    dot = None if figure.point is None else scale.position(figure.point)
    shape = _bar(looks, dot, drawn, scale)
    if not figure.high_open or drawn.high is None:
        return shape
    return replace(shape, x2=RIGHT, arrow_right=True, mark=shape.x2)


def date_strip(text: str, scale: Scale) -> StripShape:
    """Return the shape of one EDTF date: a dot for a single day, else a bar; raises EdtfError."""
    drawn = _days(text) if text else Interval()
    if drawn.low is None and drawn.high is None:
        return empty_strip()
    if drawn.low is not None and drawn.low == drawn.high:
        about = "~" in text or "%" in text
        looks = FigureKind.APPROXIMATE if about else FigureKind.EXACT
        return StripShape(looks, x=scale.position(drawn.low))
    return _bar(_stretch_kind(drawn), None, drawn, scale)


def empty_strip() -> StripShape:
    """Return the bare line of an answer without a value."""
    return StripShape("empty")


def band(interval: Interval, scale: Scale) -> Band:
    """Return the stretch of an interval, to the edge where it is not bounded."""
    x1 = LEFT if interval.low is None else scale.position(interval.low)
    x2 = RIGHT if interval.high is None else scale.position(interval.high)
    return Band(x1, x2, x2 - x1, interval.low is None, interval.high is None)


def _stretch_kind(drawn: Interval) -> FigureKind:
    if drawn.high is None:
        return FigureKind.AT_LEAST
    return FigureKind.AT_MOST if drawn.low is None else FigureKind.RANGE


def _bar(looks: FigureKind, dot: Decimal | None, drawn: Interval, scale: Scale) -> StripShape:
    stretch = band(drawn, scale)
    return StripShape(looks, dot, stretch.x1, stretch.x2, stretch.arrow_left, stretch.arrow_right)


def _drawn(figure: Figure) -> Interval:
    """Return the ends to draw, as stated; not those of the test interval."""
    if figure.state != ValueState.VALUE:
        return Interval()
    if not figure.has_number:
        return Interval(least_of(figure.vague_term), None)
    return Interval(stated_low(figure), stated_high(figure))


def _beyond(figure: Figure) -> Interval:
    """Return what lies above a stated but open high, so that the axis leaves room for it."""
    return Interval(stated_high(figure), None) if figure.high_open else Interval()


def _known(low: Decimal | None, high: Decimal | None) -> Decimal:
    end = low if low is not None else high
    return LEFT if end is None else end


def _days(text: str) -> Interval:
    parsed = parse_edtf(text)
    return Interval(
        None if parsed.earliest is None else day_number(parsed.earliest),
        None if parsed.latest is None else day_number(parsed.latest),
    )
