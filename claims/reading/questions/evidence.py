"""A figure with its question and its sources, as conflicts and groups look at it."""

from dataclasses import dataclass

from claims.domain.intervals import Interval
from claims.reading.counts.mentions import FigureMention
from claims.reading.questions.counted import is_count
from claims.reading.text.blocks import Block
from claims.reading.voices.statements import CuedStatement


@dataclass(slots=True)
class Question:
    """What one figure answers; texts are "" where the article does not say.

    `dated` and `placed` = the sentence itself names the date or the place; `echo` = the figure
    answers again what one before it did; `topic` = the sentence that announces the dispute, or -1;
    `past` = what it was at another time, as in "up from 50"; `currency` = the ISO 4217 code of a
    sum of money where the text says which.
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
    currency: str = ""


@dataclass(slots=True)
class FigureEvidence:
    """One figure of the article with everything read about it."""

    index: int
    mention: FigureMention
    question: Question
    block: Block
    sources: tuple[CuedStatement, ...]
    words: str

    @property
    def origin(self) -> str:
        """Who says it, folded; "" = the article's own voice or nobody named."""
        return (self.sources[0].source or "").casefold() if self.sources else ""

    @property
    def is_count(self) -> bool:
        """Whether the figure is a whole number of people or things."""
        return is_count(self.mention.figure, self.question.unit, self.question.event)

    @property
    def interval(self) -> Interval:
        """What conflicts are tested with, here as on the desk."""
        return self.mention.figure.test_interval(count=self.is_count)
