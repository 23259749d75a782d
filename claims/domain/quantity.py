"""A figure: what a source says about a quantity, its test interval and its kind."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import Final

from claims.domain.intervals import EXACT, Interval
from claims.domain.vague import least_of
from claims.domain.vocabulary import FigureKind, ValueState

MAX_DIGITS: Final = 15  # SQLite keeps numbers as doubles: it corrupts longer ones in silence
MAX_VAGUE_LENGTH: Final = 60
APPROXIMATE_MARGIN: Final = Decimal("0.1")
_DOWN: Final = Context(prec=MAX_DIGITS, rounding=ROUND_FLOOR)
_UP: Final = Context(prec=MAX_DIGITS, rounding=ROUND_CEILING)


class FigureError(ValueError):
    """A figure that contradicts itself or that cannot be kept exactly; the message says why."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One stated quantity in the unit of its claim.

    `point` is the number said, `low` and `high` the ends said; an end that was not said is
    None. `low_strict` reads "more than low", `high_strict` "less than high", `high_open`
    "or more". Raises FigureError when the parts contradict each other.
    """

    point: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    low_strict: bool = False
    high_strict: bool = False
    high_open: bool = False
    approximate: bool = False
    vague_term: str = ""
    state: ValueState = ValueState.VALUE

    def __post_init__(self) -> None:
        for name in ("point", "low", "high"):
            _check_number(name, getattr(self, name))
        _check_state(self)
        _check_order(self)
        _check_flags(self)

    @property
    def has_number(self) -> bool:
        return any(number is not None for number in (self.point, self.low, self.high))

    def test_interval(self, count: bool = True) -> Interval:
        """Return the interval used for testing agreement only; it is never shown.

        A count is a whole number and not below zero: "more than n" starts at n + 1, "up to n" at
        0, and widened ends are rounded outwards. For other measures a strict end is kept as if it
        were included and "up to n" has no lower end, so that the test errs towards compatible.
        """
        if self.state != ValueState.VALUE:
            return Interval()
        if not self.has_number:
            return Interval(least_of(self.vague_term), None)
        low, high = _whole_ends(self) if count else (stated_low(self), _high_end(self))
        return _widened(low, high, count) if self.approximate else Interval(low, high)


def check_count(figure: Figure) -> Figure:
    """Return the figure unchanged; raise FigureError when it cannot count things."""
    for number in (figure.point, figure.low, figure.high):
        if number is not None and number < 0:
            raise FigureError(f"A count cannot be below zero, and {number} is.")
    return figure


def stated_low(figure: Figure) -> Decimal | None:
    """Return the lower end as stated: the low, else the point, else None."""
    return figure.low if figure.low is not None else figure.point


def stated_high(figure: Figure) -> Decimal | None:
    """Return the upper end as stated: the high, else the point, else None."""
    return figure.high if figure.high is not None else figure.point


def kind(figure: Figure) -> FigureKind:
    """Return how the figure is to be read and drawn."""
    if figure.state != ValueState.VALUE:
        return FigureKind(figure.state)
    if not figure.has_number:
        return FigureKind.VAGUE
    low, high = stated_low(figure), stated_high(figure)
    if low is None:
        return FigureKind.LESS_THAN if figure.high_strict else FigureKind.AT_MOST
    if high is None or (figure.high_open and low == high):
        return FigureKind.MORE_THAN if figure.low_strict else FigureKind.AT_LEAST
    if figure.high_open:
        return FigureKind.RANGE_OPEN
    if low == high:
        return FigureKind.APPROXIMATE if figure.approximate else FigureKind.EXACT
    return FigureKind.RANGE


def _check_number(name: str, number: Decimal | None) -> None:
    if number is None:
        return
    if not isinstance(number, Decimal):
        raise FigureError(f"The {name} must be a Decimal, not {type(number).__name__}.")
    _sign, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int):  # a letter stands here for infinities and NaN
        raise FigureError(f"The {name} must be a finite number.")
    if exponent == 0 and len(digits) <= MAX_DIGITS:
        return  # most numbers are small and whole
    # SQLite gives 0.001 back with fifteen digits: zeros at the end are none of the number's own.
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    places = -exponent - zeros
    padded = -exponent > 2 * MAX_DIGITS
    if padded or max(len(digits) + max(exponent, 0), places) > MAX_DIGITS:
        raise FigureError(
            f"The {name} has more than {MAX_DIGITS} digits; it cannot be kept exactly."
        )


def _check_state(figure: Figure) -> None:
    if figure.state not in list(ValueState):
        raise FigureError(f'The state is value, unknown or none, not "{figure.state}".')
    if len(figure.vague_term) > MAX_VAGUE_LENGTH:
        raise FigureError(f"The vague word has more than {MAX_VAGUE_LENGTH} characters.")
    filled = figure.has_number or bool(figure.vague_term)
    if figure.state == ValueState.VALUE and not filled:
        raise FigureError("A figure needs a number or a vague word, or the state unknown or none.")
    if figure.state != ValueState.VALUE and filled:
        raise FigureError(f"A figure in the state {figure.state} cannot carry a number or a word.")


def _check_order(figure: Figure) -> None:
    low, point, high = figure.low, figure.point, figure.high
    if low is not None and high is not None and low > high:
        raise FigureError(f"The low {low} is above the high {high}.")
    if low is not None and point is not None and low > point:
        raise FigureError(f"The low {low} is above the point {point}.")
    if point is not None and high is not None and point > high:
        raise FigureError(f"The point {point} is above the high {high}.")


def _check_flags(figure: Figure) -> None:
    if figure.low_strict and figure.low is None:
        raise FigureError('"More than" needs its low end.')
    if figure.high_strict and figure.high is None:
        raise FigureError('"Less than" needs its high end.')
    if figure.high_open and stated_low(figure) is None:
        raise FigureError('"Or more" needs a low end or a point.')
    if figure.high_open and figure.high_strict:
        raise FigureError('"Less than" and "or more" exclude each other.')
    if figure.low_strict and figure.low in (figure.point, figure.high):
        raise FigureError(f'"More than {figure.low}" leaves out {figure.low} itself.')
    if figure.high_strict and figure.high in (figure.point, figure.low):
        raise FigureError(f'"Less than {figure.high}" leaves out {figure.high} itself.')


def _low_end(figure: Figure) -> Decimal | None:
    low = stated_low(figure)
    if low is None and figure.high is not None and figure.high >= 0:
        return Decimal(0)
    return low


def _high_end(figure: Figure) -> Decimal | None:
    return None if figure.high_open else stated_high(figure)


def _whole_ends(figure: Figure) -> tuple[Decimal | None, Decimal | None]:
    """Return the first and the last whole number that strict ends allow."""
    low, high = _low_end(figure), _high_end(figure)
    if figure.low_strict and low is not None:
        low = low.to_integral_value(ROUND_FLOOR) + 1
    if figure.high_strict and high is not None:
        high = high.to_integral_value(ROUND_CEILING) - 1
    if low is not None and high is not None and low > high:
        return _low_end(figure), _high_end(figure)  # no whole number between: keep what was said
    return low, high


def _widened(low: Decimal | None, high: Decimal | None, count: bool) -> Interval:
    wide = Interval(
        None if low is None else EXACT.subtract(low, EXACT.multiply(abs(low), APPROXIMATE_MARGIN)),
        None if high is None else EXACT.add(high, EXACT.multiply(abs(high), APPROXIMATE_MARGIN)),
    )
    if count:
        wide = Interval(
            None if wide.low is None else wide.low.to_integral_value(ROUND_FLOOR),
            None if wide.high is None else wide.high.to_integral_value(ROUND_CEILING),
        )
    # Both databases must keep the same ends, which are published: SQLite rounds longer ones.
    return Interval(
        None if wide.low is None else _DOWN.plus(wide.low),
        None if wide.high is None else _UP.plus(wide.high),
    )
