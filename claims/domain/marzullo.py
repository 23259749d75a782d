"""The interval that the largest number of origins support (Marzullo's algorithm)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from claims.domain.evidence import ClaimTerms, Evidence, tested_interval
from claims.domain.intervals import Interval
from claims.domain.origins import counted
from claims.domain.vocabulary import is_numeric

_START, _END = 0, 1
_BELOW_ALL, _NUMBER, _ABOVE_ALL = -1, 0, 1
_ZERO: Final = Decimal(0)

type _Edge = tuple[tuple[int, Decimal], int, Decimal | None]


@dataclass(frozen=True, slots=True)
class Agreement:
    """The interval that `count` of `of` origins support.

    An end is None where it is not bounded. `is_unique` is false when another interval has as
    much support; the lowest one is given then, and it deserves no weight.
    """

    low: Decimal | None
    high: Decimal | None
    count: int
    of: int
    is_unique: bool


def agreement_interval(evidence: Iterable[Evidence], terms: ClaimTerms) -> Agreement | None:
    """Return where most origins agree, over test intervals with the claim's tolerance.

    None when no origin gives a quantity or a date. Dates are in day numbers.
    """
    if not is_numeric(terms.value_kind):
        return None
    inputs = counted(evidence).inputs
    return best_supported([tested_interval(one, terms) for one in inputs]) if inputs else None


def best_supported(intervals: list[Interval]) -> Agreement:
    """Sweep the sorted ends of at least one closed interval; touching ends agree.

    K. Marzullo, Maintaining the time in a distributed system, Stanford 1984; the variant
    without tolerance of false tickers, as clocks are selected in NTP (RFC 5905).
    """
    edges = sorted(_edges(intervals), key=lambda edge: edge[:2])
    depth = most = winners = 0
    low = high = None
    for here, following in zip(edges, [*edges[1:], edges[-1]], strict=True):
        if here[1] == _END:
            depth -= 1
            continue
        depth += 1
        if depth > most:
            most, winners, low, high = depth, 1, here[2], following[2]
        elif depth == most:
            winners += 1
    return Agreement(low, high, most, len(intervals), winners == 1)


def _edges(intervals: list[Interval]) -> list[_Edge]:
    """Return both ends of each interval; at one place starts come before ends."""
    starts: list[_Edge] = [
        ((_BELOW_ALL, _ZERO) if one.low is None else (_NUMBER, one.low), _START, one.low)
        for one in intervals
    ]
    ends: list[_Edge] = [
        ((_ABOVE_ALL, _ZERO) if one.high is None else (_NUMBER, one.high), _END, one.high)
        for one in intervals
    ]
    return starts + ends
