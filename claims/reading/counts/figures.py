"""One grammar for figures: modifiers, plus-minus, ranges, fractions, suffixes, with guards."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import islice, takewhile
from typing import Final

from claims.domain.quantity import Figure, FigureError
from claims.reading.counts.guards import (
    counts_nothing,
    is_bare_year,
    is_score,
    label_counts,
    label_is_layout,
)
from claims.reading.counts.in_words import word_counts
from claims.reading.counts.mentions import (
    FigureMention,
    UnkeptNumber,
    bounded_figure,
    range_figure,
    scaled,
    spread_figure,
    vague_figure,
)
from claims.reading.counts.modifiers import Bound, Modifier, modifier_after, modifier_before
from claims.reading.counts.numbers import Number, find_numbers
from claims.reading.counts.polarity import turned
from claims.reading.languages.english import ENGLISH
from claims.reading.proposals import MOST_OF_A_KIND
from claims.reading.text.blocks import Block, Layout
from claims.reading.text.landmarks import Landmarks

JOINER = ENGLISH.pattern("figures.joiner")
PLUS_MINUS = ENGLISH.pattern("figures.plus_minus")
CHANGES = ENGLISH.pattern("figures.changes")
AGED = ENGLISH.pattern("figures.aged")
AT_AGES = ENGLISH.pattern("figures.at_ages")
"""As in "seven men and one woman"."""
LONG = 20_000
"""A piece longer than this is first judged by its beginning."""
MANY, DENSE = 40, 12
"""More numbers than this in one block, one every dozen characters, are no prose."""
NONE_LOST = ENGLISH.pattern("figures.none_lost")
"""Behind a word for nobody: who was not hurt, not who does not know."""
ONE_OR = ENGLISH.pattern("figures.one_or")
UNJOINED: Final = frozenset({"part", "none"})
"""Forms of numbers that make no range with another one."""
SCORE: Final = object()
"""Stands for a pair of numbers that is the result of a game."""


def find_figures(
    layout: Layout, dated: Sequence[tuple[int, int]], landmarks: Landmarks, until: int
) -> tuple[list[FigureMention], list[UnkeptNumber]]:
    """Return the figures of an article in order, from the blocks that begin before `until`.

    Second are the numbers that no figure can hold. `dated` holds the spans of its dates, sorted.
    """
    reader = _Reader(layout, dated, landmarks)
    read = takewhile(lambda block: block.start < until, layout.blocks)
    figures = (figure for block in read for figure in reader.of_block(block))
    return list(islice(figures, MOST_OF_A_KIND)), reader.unkept


class _Reader:
    def __init__(
        self, layout: Layout, dated: Sequence[tuple[int, int]], landmarks: Landmarks
    ) -> None:
        self.landmarks = landmarks
        self.text = layout.plain.text
        self.layout = layout
        self.dated = dated
        self.date_starts = [start for start, _ in dated]
        self.split_at = -1
        self.counted_before = -1
        self.marks = sorted(citation.at for citation in layout.citations)
        self.unkept: list[UnkeptNumber] = []

    def of_block(self, block: Block) -> Iterator[FigureMention]:
        if block.kind == "heading" or label_is_layout(block.label):
            return
        for start, end, header in _pieces(block):
            yield from self._of_piece(block, start, end, header)

    def _of_piece(self, block: Block, start: int, end: int, header: str) -> Iterator[FigureMention]:
        numbers = self._numbers(start, end)
        index = 0
        while index < len(numbers):
            first = numbers[index]
            second = numbers[index + 1] if index + 1 < len(numbers) else None
            if second and (joined := self._range(first, second, start, end)):
                index += 2
                if isinstance(joined, FigureMention):
                    yield turned(self.text, joined, start, end)
                continue
            index += 1
            lead = modifier_before(self.text, first.start, start)
            if self._counts(block, first, start, end, header, modified=lead.said):
                mention = self._single(first, start, end, lead)
                index += mention is not None and second is not None and mention.end >= second.end
                if mention is not None:
                    self.counted_before = mention.end
                    yield turned(self.text, mention, start, end)

    def _numbers(self, start: int, end: int) -> list[Number]:
        """The numbers that are no dates; none where they stand in columns, not in sentences."""
        if end - start > LONG and _in_columns(self._undated(start, start + LONG), LONG):
            return []
        numbers = self._undated(start, end)
        return [] if _in_columns(numbers, end - start) else numbers

    def _undated(self, start: int, end: int) -> list[Number]:
        words = self.landmarks.within("number", start, end)
        found = find_numbers(self.text, start, end, words)
        return [number for number in found if not self._is_dated(number)]

    def _is_dated(self, number: Number) -> bool:
        at = bisect_left(self.date_starts, number.end) - 1
        return at >= 0 and self.dated[at][1] > number.start

    def _counts(
        self, block: Block, number: Number, start: int, end: int, header: str, *, modified: bool
    ) -> bool:
        text = self.text
        written = text[number.start : number.end]
        if number.form == "vague":
            return True
        if number.form == "part":
            return True
        before = text[max(start, number.start - 40) : number.start]
        after = text[number.end : min(end, number.end + 120)]
        if number.form == "none":
            return NONE_LOST.match(after) is not None
        named = label_counts(header or block.label)
        if number.form == "digits":
            whole = start == number.start and end == number.end
            if block.kind == "table_row" and whole and not number.unit and not named:
                return False
            if not modified and not named and is_bare_year(written, before, after):
                return False
            return number.start == self.split_at or not counts_nothing(text, number, start, end)
        counted = self.counted_before if self.counted_before >= start else -1
        return word_counts(self.text, number, (start, end), counted, modified=modified)

    def _range(
        self, first: Number, second: Number, start: int, end: int
    ) -> FigureMention | object | None:
        """Join two numbers; SCORE when they belong together but count nothing."""
        text = self.text
        if first.value is None or second.value is None:
            return None
        if not UNJOINED.isdisjoint((first.form, second.form)):
            return None
        other_units = first.unit and second.unit and first.unit != second.unit
        if other_units or (second.scale != 1 and self._is_year(first, start, end)):
            return None
        inner = modifier_before(text, second.start, first.end)
        joiner = JOINER.fullmatch(text[first.end : inner.at])
        if joiner is None or self._splits(first.end, inner.at, second.start):
            return None
        lead = modifier_before(text, first.start, start)
        words = text[max(start, lead.at - 80) : lead.at].lower()
        if _joins_nothing(joiner, words, first, second):
            return None
        low, high = scaled(first, second, joiner)
        if joiner["dash"] and self._is_result(first, second, low, high, start):
            return SCORE
        if low >= high:
            return None
        if idle := self._idle_ends(joiner, first, second, start, end):
            return SCORE if joiner["dash"] or idle == "ages" else None
        suffix = modifier_after(text, second.end, end)
        figure = self._figure(
            first.start, suffix.at, lambda: range_figure(low, high, lead, inner, suffix)
        )
        if figure is None:
            return SCORE
        opening = next((word for word in ("between ", "from ") if words.endswith(word)), "")
        begin, unit = lead.at - len(opening), second.unit or first.unit
        return FigureMention(begin, suffix.at, first.start, figure, unit)

    def _idle_ends(
        self, joiner: re.Match[str], first: Number, second: Number, start: int, end: int
    ) -> str:
        """Say "ages" or "nothing" where one of two joined numbers counts nothing, "" else."""
        text = self.text
        one_or = joiner["or"] and ONE_OR.match(text, first.end)  # "one or two" is no idiom
        idle = not one_or and counts_nothing(text, first, start, first.end)
        if idle and AT_AGES.search(text, max(start, first.start - 24), first.start):
            return "ages"
        return "nothing" if idle or counts_nothing(text, second, second.start, end) else ""

    def _is_year(self, number: Number, start: int, end: int) -> bool:
        """As in "48 million in 2014 \u2013 12 million above the plan"."""
        text = self.text
        before = text[max(start, number.start - 24) : number.start]
        written = text[number.start : number.end]
        return (
            number.scale == 1
            and before.endswith(" in ")
            and is_bare_year(written, before, text[number.end : end])
        )

    def _figure(self, start: int, end: int, make: Callable[[], Figure]) -> Figure | None:
        """Return what is made of the words; None, and note it, when no figure can hold it."""
        try:
            return make()
        except FigureError as error:
            self.unkept.append(UnkeptNumber(start, end, str(error)))
            return None

    def _splits(self, start: int, end: int, second: int) -> bool:
        """Remember where a reference mark cuts a range in two."""
        if self._marked_between(start, end):
            self.split_at = second
            return True
        return False

    def _is_result(
        self, first: Number, second: Number, low: Decimal, high: Decimal, start: int
    ) -> bool:
        """Whether "3\u20131" is the result of a game or a piece of a longer code."""
        text = self.text
        if high < 30 and is_score(text[max(start, first.start - 60) : first.start]):
            return True
        if low >= high:
            return not first.unit and high < 100
        return first.form == "digits" and CODE_GOES_ON.match(text, second.end) is not None

    def _marked_between(self, start: int, end: int) -> bool:
        """Whether a reference mark splits the range: then two sources give two figures."""
        at = bisect_left(self.marks, start)
        return at < len(self.marks) and self.marks[at] < end

    def _single(self, number: Number, start: int, end: int, lead: Modifier) -> FigureMention | None:
        text, value = self.text, number.value
        if value is None:
            begin = lead.at if lead.said else number.start
            vague = vague_figure(text[begin : number.end])
            return FigureMention(begin, number.end, number.start, vague, form="vague")
        if spread := PLUS_MINUS.match(text, number.end, end):
            begin, finish = number.start, spread.end()
            figure = self._figure(begin, finish, lambda: spread_figure(number, value, spread))
        elif self._is_age(value, lead, start):
            return None
        else:
            suffix = modifier_after(text, number.end, end)
            begin, finish = lead.at, suffix.at
            said = Modifier(begin, lead.bound or suffix.bound, lead.about or suffix.about)
            figure = self._figure(begin, finish, lambda: bounded_figure(value, said))
        if figure is None:
            return None
        unit = "percent" if spread and (spread[2] or "").strip(" %") else number.unit
        return FigureMention(begin, finish, number.start, figure, unit, number.form)

    def _is_age(self, value: Decimal, lead: Modifier, start: int) -> bool:
        """As in "children under 5"."""
        bounds = lead.bound in (Bound.LESS_THAN, Bound.MORE_THAN) and value < 120
        return bounds and bool(AGED.search(self.text, max(start, lead.at - 16), lead.at))


def _in_columns(numbers: Sequence[Number], length: int) -> bool:
    return len(numbers) > MANY and len(numbers) * DENSE > length


def _pieces(block: Block) -> list[tuple[int, int, str]]:
    if block.kind == "table_row":
        headed = [cell for cell in block.cells if cell.header and cell.end > cell.start]
        return [(cell.start, cell.end, cell.header) for cell in headed]
    return [(block.start, block.end, "")]


def _joins_nothing(joiner: re.Match[str], lead: str, first: Number, second: Number) -> bool:
    """Whether the word between two numbers leaves them two: "rose from 50 to 60", "50 and 60"."""
    if joiner["and"]:
        return not lead.endswith("between ")
    if joiner["or"]:
        return joiner["or"] == "/" or (second.scale != first.scale and first.scale != 1)
    return joiner["to"] is not None and CHANGES.search(lead) is not None


CODE_GOES_ON = re.compile(r"-[0-9]")
