"""Closed intervals of Decimal numbers, unbounded where an end is None."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal

EXACT = Context(prec=60)  # 15-digit figures times a short percentage stay exact


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`, ends included; None is an end that is not bounded."""

    low: Decimal | None = None
    high: Decimal | None = None

    def widened(self, tolerance_pct: Decimal) -> Interval:
        """Move each end outwards by half of `tolerance_pct` percent of its magnitude.

        Two facing ends a < b of widened intervals meet exactly when the gap b - a is at most
        `tolerance_pct` percent of the mean magnitude of a and b. Because the widening looks at
        one interval only, Helly's theorem still holds under tolerance: a set is pairwise
        compatible if and only if its largest low is at most its smallest high.
        """
        if not tolerance_pct:
            return self
        return Interval(
            None
            if self.low is None
            else EXACT.subtract(self.low, _margin(self.low, tolerance_pct)),
            None if self.high is None else EXACT.add(self.high, _margin(self.high, tolerance_pct)),
        )

    def intersection(self, other: Interval) -> Interval | None:
        """Return what both intervals hold, or None when they are disjoint."""
        low = _largest([self.low, other.low])
        high = _smallest([self.high, other.high])
        if low is not None and high is not None and low > high:
            return None
        return Interval(low, high)

    def intersects(self, other: Interval, tolerance_pct: Decimal = Decimal(0)) -> bool:
        """Whether the intervals share a number once both are widened by the tolerance."""
        mine, theirs = self.widened(tolerance_pct), other.widened(tolerance_pct)
        return mine.intersection(theirs) is not None

    def contains(self, value: Decimal) -> bool:
        """Whether `value` lies inside, ends included."""
        above = self.low is None or self.low <= value
        return above and (self.high is None or value <= self.high)


def common_interval(
    intervals: Iterable[Interval], tolerance_pct: Decimal = Decimal(0)
) -> Interval | None:
    """Return what all (widened) intervals hold, or None when any two of them are disjoint.

    One pass: in one dimension intervals have a common point if and only if they have one in
    pairs (Helly), so max(low) <= min(high) decides for the whole set.
    """
    wide = [interval.widened(tolerance_pct) for interval in intervals]
    low = _largest([interval.low for interval in wide])
    high = _smallest([interval.high for interval in wide])
    if low is not None and high is not None and low > high:
        return None
    return Interval(low, high)


def _margin(end: Decimal, tolerance_pct: Decimal) -> Decimal:
    return EXACT.divide(EXACT.multiply(abs(end), tolerance_pct), Decimal(200))


def _largest(ends: list[Decimal | None]) -> Decimal | None:
    return max((end for end in ends if end is not None), default=None)


def _smallest(ends: list[Decimal | None]) -> Decimal | None:
    return min((end for end in ends if end is not None), default=None)
