"""A figure with its question and its sources, as conflicts and groups look at it."""

from dataclasses import dataclass
from decimal import Decimal

from claims.domain.intervals import Interval
from claims.domain.vague import least_of
from claims.reading.blocks import Block
from claims.reading.quantities import Figure
from claims.reading.statements import Statement

MARGIN = Decimal("0.1")


@dataclass(slots=True)
class Question:
    """What one figure answers; texts are "" where the article does not say.

    `dated` and `placed` = the sentence itself names the date or the place; `echo` = the figure
    answers again what one before it did; `topic` = the sentence that announces the dispute, or -1;
    `past` = what it was at another time, as in "up from 50".
    """

    event: str
    counted: str
    population: str
    unit: str
    place: str
    date_edtf: str
    sentence: int
    block: int
    noun: str = ""
    dated: bool = False
    echo: bool = False
    topic: int = -1
    past: bool = False


@dataclass(slots=True)
class Evidence:
    """One figure of the article with everything read about it."""

    index: int
    figure: Figure
    question: Question
    block: Block
    sources: tuple[Statement, ...]
    words: str

    @property
    def origin(self) -> str:
        """Who says it, folded; "" = the article's own voice or nobody named."""
        return (self.sources[0].source or "").casefold() if self.sources else ""


def tested_interval(figure: Figure, words: str) -> Interval:
    """Return the interval that conflicts are tested with (about = 10 % either side)."""
    if figure.vague:
        return Interval(least_of(words), None)
    low, high = figure.low, None if figure.upper_open else figure.high
    if figure.approximate and figure.best is not None and low == high and low is not None:
        return Interval(low - abs(low) * MARGIN, low + abs(low) * MARGIN)
    if figure.exclusive and low is not None and figure.unit == "" and low == int(low):
        return Interval(low + 1, high)
    return Interval(low, high)
