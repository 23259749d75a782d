"""A figure where the text gives it, and how numbers and the words around them become one."""

import re
from dataclasses import dataclass
from decimal import Decimal

from claims.domain.intervals import EXACT
from claims.domain.quantity import MAX_VAGUE_LENGTH, Figure, stated_high, stated_low
from claims.reading.counts.modifiers import Bound, Modifier
from claims.reading.counts.numbers import Number


@dataclass(frozen=True, slots=True)
class FigureMention:
    """A figure and its place in plain text offsets; `number_start` is where its number begins.

    `unit` and `form` as in Number; `denied` = the words say that it is not so many, `whole` = it
    says of how many others are counted.
    """

    start: int
    end: int
    number_start: int
    figure: Figure
    unit: str = ""
    form: str = "digits"
    denied: bool = False
    whole: bool = False

    @property
    def low(self) -> Decimal | None:
        """The lower end as stated."""
        return stated_low(self.figure)

    @property
    def high(self) -> Decimal | None:
        """The upper end as stated."""
        return stated_high(self.figure)

    @property
    def vague(self) -> bool:
        """Whether a word stands where others give a number."""
        return self.figure.vague_term != ""


@dataclass(frozen=True, slots=True)
class UnkeptNumber:
    """A number in plain text offsets that no figure can hold, and why."""

    start: int
    end: int
    why: str


def scaled(first: Number, second: Number, joiner: "re.Match[str]") -> tuple[Decimal, Decimal]:
    """Give "5 to 6 million" and "5\u20136,000" the same power on both sides."""
    low, high = first.value or Decimal(0), second.value or Decimal(0)
    if first.scale == 1 and second.scale != 1 and low < high / second.scale * 10:
        return low * second.scale, high
    thousands = second.form == "digits" and high >= 1000 and high % 1000 == 0
    if first.scale == 1 and thousands and joiner["dash"] and low * 1000 < high and low < 1000:
        return low * 1000, high
    return low, high


def vague_figure(words: str) -> Figure:
    """Return "several hundred" as a figure without a number."""
    return Figure(vague_term=words.strip().lower()[:MAX_VAGUE_LENGTH])


def spread_figure(number: Number, value: Decimal, spread: "re.Match[str]") -> Figure:
    """Return "60 \u00b1 5" or "60 \u00b1 5%" as a figure; "52 \u00b1 3 per cent" is in per cent."""
    margin = Decimal(spread[1].replace(",", "").rstrip("."))
    if (spread[2] or "").strip() == "%" and number.unit != "percent":
        margin = EXACT.divide(EXACT.multiply(value, margin), Decimal(100))
    return Figure(value, EXACT.subtract(value, margin), EXACT.add(value, margin), approximate=True)


def bounded_figure(value: Decimal, said: Modifier) -> Figure:
    """Return one number with what the words around it make of it."""
    about = said.about
    match said.bound:
        case Bound.AT_LEAST:
            return Figure(low=value, approximate=about)
        case Bound.MORE_THAN:
            return Figure(low=value, low_strict=True, approximate=about)
        case Bound.UP_TO:
            return Figure(high=value, approximate=about)
        case Bound.LESS_THAN:
            return Figure(high=value, high_strict=True, approximate=about)
        case None:
            return Figure(point=value, approximate=about)


def range_figure(
    low: Decimal, high: Decimal, lead: Modifier, inner: Modifier, suffix: Modifier
) -> Figure:
    """Return two numbers with what is said before, between and behind them.

    Under a bound from above ("up to 50 to 60") the lower number says nothing.
    """
    about = lead.about or inner.about or suffix.about
    if lead.bound in (Bound.UP_TO, Bound.LESS_THAN):
        return Figure(high=high, high_strict=lead.bound is Bound.LESS_THAN, approximate=about)
    opened = {lead.bound, suffix.bound} & {Bound.AT_LEAST}
    opened |= {inner.bound} & {Bound.AT_LEAST, Bound.MORE_THAN}
    return Figure(
        low=low,
        high=high,
        low_strict=lead.bound is Bound.MORE_THAN,
        high_strict=inner.bound is Bound.LESS_THAN and not opened,
        high_open=bool(opened),
        approximate=about,
    )
