"""The lowest and the highest stated end of the answers that count, and who states each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from claims.domain.evidence import Evidence, StatedEnds

type StatedRow = tuple[Evidence, StatedEnds]


@dataclass(frozen=True, slots=True)
class StatedRange:
    """Both ends with the assertion that states each; both None where nothing is stated.

    A lone end counts on both sides: "at least 1,000" may raise the top, "up to 10" lower the
    bottom. `low_open` and `high_open` say that a source states no lower, no upper end.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False
    low_from: int | None = None
    high_from: int | None = None


@dataclass(frozen=True, slots=True)
class _End:
    """One stated end: is it the upper one of its answer, and is it stated plainly."""

    value: Decimal
    number: int
    is_high: bool
    is_plain: bool


def stated_range(rows: Sequence[StatedRow]) -> StatedRange:
    """Return the range over the answers, each with the ends that it states, at least one."""
    ends = [end for one, stated in rows for end in _ends(one, stated)]
    if not ends:
        return StatedRange()
    low = min(ends, key=lambda end: (end.value, _rank(end, top=False), end.number))
    high = min(ends, key=lambda end: (-end.value, _rank(end, top=True), end.number))
    return StatedRange(
        low=low.value,
        high=high.value,
        low_open=any(stated.low is None for _, stated in rows),
        high_open=any(stated.high_open for _, stated in rows),
        low_from=low.number,
        high_from=high.number,
    )


def has_end(ends: StatedEnds) -> bool:
    """Whether an answer states an end at all."""
    return ends.low is not None or ends.high is not None


def _ends(one: Evidence, stated: StatedEnds) -> list[_End]:
    closed = stated.low is not None and stated.high is not None and not stated.high_open
    is_plain = closed and not _is_about(one)
    return [
        _End(value, one.id, is_high, is_plain and not _is_strict(one, value))
        for value, is_high in ((stated.low, False), (stated.high, True))
        if value is not None
    ]


def _is_about(one: Evidence) -> bool:
    return one.figure.approximate if one.figure is not None else bool({"~", "%"} & {*one.edtf})


def _is_strict(one: Evidence, value: Decimal) -> bool:
    figure = one.figure
    if figure is None:
        return False
    below = figure.high_strict and value == figure.high
    return below or (figure.low_strict and value == figure.low)


def _rank(end: _End, *, top: bool) -> int:
    """Of equal ends the plain one speaks; else "less than" for the bottom, "more" for the top."""
    if end.is_plain:
        return 0
    return 1 if end.is_high is not top else 2
