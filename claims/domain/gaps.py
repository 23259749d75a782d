"""How far figures lie apart: the ends that face each other, as stated."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Final

from claims.domain.intervals import EXACT, Interval
from claims.domain.quantity import Figure, stated_high, stated_low
from claims.domain.vague import least_of
from claims.domain.vocabulary import MaybeSeverity, Severity

MINOR_BELOW, MODERATE_BELOW = Decimal("1.1"), Decimal("1.5")
_ORDER: Final[tuple[MaybeSeverity, ...]] = ("", *Severity)

type Tested = tuple[Interval, Figure]


def worst(found: Iterable[MaybeSeverity]) -> MaybeSeverity:
    """Return the gravest; '' of none."""
    return max(found, key=_ORDER.index, default="")


def widest_gap(figures: Iterable[Figure]) -> MaybeSeverity:
    """Return how far apart the two figures are that lie furthest apart; '' for less than two."""
    given = list(figures)
    if len(given) < 2:
        return ""
    tops = [end for end in map(top_of, given) if end is not None]
    bottoms = [end for end in map(bottom_of, given) if end is not None]
    return gap(min(tops), max(bottoms)) if tops and bottoms else Severity.MINOR


def widest_conflict(these: Sequence[Tested], those: Sequence[Tested]) -> MaybeSeverity:
    """Return the widest gap between one of these and one of those that cannot both hold.

    '' where none contradict. Each figure stands beside its test interval. In one sweep: below a
    given low end the figure with the lowest stated top is the furthest away.
    """
    return worst((_widest_above(these, those), _widest_above(those, these)))


def gap(top: Decimal, bottom: Decimal) -> MaybeSeverity:
    """Return how far the top of one figure lies below the bottom of another.

    Their ratio: below 1.1 minor, below 1.5 moderate, else major; unlike signs, or a zero, are
    major; what does not lie below is minor.
    """
    if top >= bottom:
        return Severity.MINOR
    if top <= 0 <= bottom:
        return Severity.MAJOR
    near, far = sorted((abs(top), abs(bottom)))
    if far < EXACT.multiply(near, MINOR_BELOW):
        return Severity.MINOR
    return Severity.MODERATE if far < EXACT.multiply(near, MODERATE_BELOW) else Severity.MAJOR


def bottom_of(figure: Figure) -> Decimal | None:
    """Return the lower end as stated, of a vague word its least number; None without one."""
    return stated_low(figure) if figure.has_number else least_of(figure.vague_term)


def top_of(figure: Figure) -> Decimal | None:
    """Return the upper end as stated; None where the figure is open above."""
    return None if figure.high_open else stated_high(figure)


def _widest_above(lower: Sequence[Tested], upper: Sequence[Tested]) -> MaybeSeverity:
    ends = sorted(
        (interval.high, top)
        for interval, figure in lower
        if interval.high is not None and (top := top_of(figure)) is not None
    )
    highs = [high for high, _ in ends]
    lowest = list(accumulate((top for _, top in ends), min))
    found: list[MaybeSeverity] = []
    for interval, figure in upper:
        bottom = bottom_of(figure)
        below = 0 if interval.low is None else bisect_left(highs, interval.low)
        if below and bottom is not None:
            found.append(gap(lowest[below - 1], bottom))
    return worst(found)
