"""Do the parts add up to the total?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from claims.domain.figures import number_words
from claims.domain.intervals import EXACT, Interval
from claims.domain.quantity import Figure, stated_high, stated_low


@dataclass(frozen=True, slots=True)
class ArithmeticResult:
    """Whether parts and total contradict each other.

    `hard`: the test intervals cannot hold together. `soft`: sentences on stated ends that do
    not fit although the intervals can. `sum_low` and `sum_high` are the sums of the parts' test
    intervals, None where not bounded.
    """

    hard: bool
    soft: tuple[str, ...]
    sum_low: Decimal | None
    sum_high: Decimal | None


def arithmetic_check(
    parts: Sequence[Figure],
    total: Figure,
    *,
    exhaustive: bool = False,
    scope_exact: bool = False,
    count: bool = True,
) -> ArithmeticResult:
    """Compare the sum of the parts with the total.

    Hard only when the scopes are exactly alike: then, when the parts are all there is
    (`exhaustive`), if sum and total are disjoint; otherwise if the total's high is below the
    sum of the lows. Raises ValueError without parts.
    """
    if not parts:
        raise ValueError("An arithmetic check needs at least one part.")
    summed = _sum([part.test_interval(count) for part in parts], count)
    hard = scope_exact and _contradicts(summed, total.test_interval(count), exhaustive)
    soft = () if hard else _stated_misfits(parts, total, exhaustive)
    return ArithmeticResult(hard, soft, summed.low, summed.high)


def _sum(intervals: list[Interval], count: bool) -> Interval:
    """Add the intervals up; a count of which nothing is known is at least 0."""
    floor = Decimal(0) if count else None
    lows = [floor if one.low is None else one.low for one in intervals]
    return Interval(_total(lows), _total([one.high for one in intervals]))


def _total(ends: list[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for end in ends:
        if end is None:
            return None
        total = EXACT.add(total, end)
    return total


def _contradicts(summed: Interval, total: Interval, exhaustive: bool) -> bool:
    if exhaustive:
        return not summed.intersects(total)
    return summed.low is not None and total.high is not None and total.high < summed.low


def _stated_misfits(parts: Sequence[Figure], total: Figure, exhaustive: bool) -> tuple[str, ...]:
    """Return a sentence for each stated end of the total that the parts' stated ends exceed."""
    low, high = stated_low(total), stated_high(total)
    least = _total([stated_low(part) or Decimal(0) for part in parts])
    most = _total([None if part.high_open else stated_high(part) for part in parts])
    found: list[str] = []
    if high is not None and least is not None and high < least:
        found.append(_sentence("high", high, "below", "lows", least))
    if low is not None and low != high and least is not None and low < least:
        found.append(_sentence("low", low, "below", "lows", least))
    if exhaustive and low is not None and most is not None and low > most:
        found.append(_sentence("low", low, "above", "highs", most))
    if exhaustive and high is not None and high != low and most is not None and high > most:
        found.append(_sentence("high", high, "above", "highs", most))
    return tuple(found)


def _sentence(end: str, stated: Decimal, side: str, ends: str, total: Decimal) -> str:
    sign = "<" if side == "below" else ">"
    sums = f"{number_words(stated)} {sign} {number_words(total)}"
    return f"The total's stated {end} is {side} the sum of the parts' {ends}: {sums}."
