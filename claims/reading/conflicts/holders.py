"""Who took which place, and when: told in sentences and in tables."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from claims.reading.dates.date_mentions import DateMention
from claims.reading.languages.english import ENGLISH
from claims.reading.text.blocks import Block, Cell, Layout
from claims.reading.text.sentences import Sentence, Sentences
from claims.reading.voices.names import abbreviations, actors_in, folded
from claims.reading.voices.speakers import clause_subject, speaker_before

_PLACES = ENGLISH.source("holders.places")
TAKES = ENGLISH.pattern("holders.takes")
TAKEN = ENGLISH.pattern("holders.taken")
NOUN = ENGLISH.pattern("holders.noun")
_TAKING = ENGLISH.words("holders.taking")
TAKING_WORDS = frozenset(
    (*_TAKING, *("re" + word for word in _TAKING), "capture", "fall", "seizure", "conquest",
     "occupation", "control")
)  # fmt: skip
"""The verbs and nouns of these patterns: a sentence without any of them tells of no taking."""
HELD_BY = ENGLISH.pattern("holders.held_by")
CAPTURED = ENGLISH.pattern("holders.captured")
MOST_TAKINGS = 10
NOT_PLACES = frozenset(ENGLISH.words("holders.not_places"))


@dataclass(slots=True)
class Holding:
    """One statement that somebody took or held a place; spans in plain text.

    `place` is folded; `actors` are {folded: written}, empty when none is named; `edtf` "" when
    undated; `dated` spans the date too; `again` = retaken.
    """

    place: str
    place_name: str
    actors: dict[str, str]
    either: bool
    edtf: str
    dated: tuple[int, int]
    again: bool
    start: int
    end: int
    block: int


class Holdings:
    """All such statements of an article."""

    def __init__(self, layout: Layout, sentences: Sentences, dates: Sequence[DateMention]) -> None:
        self.text = layout.plain.text
        self.layout = layout
        self.short = abbreviations(self.text)
        self.dates = dates
        self._date_starts = [date.start for date in dates]
        self.in_text = [
            holding
            for sentence in sentences.holding("taking")
            if layout.blocks[sentence.block].kind in ("paragraph", "list")
            for holding in self._of_sentence(sentence)
        ]

    def _of_sentence(self, sentence: Sentence) -> Iterator[Holding]:
        text = self.text
        for match in islice(TAKES.finditer(text, sentence.start, sentence.end), MOST_TAKINGS):
            start, subject = speaker_before(text, match.start(), sentence.start)
            if not actors_in(subject, self.short) and match["verb"].endswith("ing"):
                subject = clause_subject(text, sentence.start, match.start())
            yield from self._holdings(match, subject, min(start, match.start()), sentence)
        for pattern in (TAKEN, NOUN):
            for match in islice(pattern.finditer(text, sentence.start, sentence.end), MOST_TAKINGS):
                by = match.groupdict().get("by") or _following_actor(
                    text, match.end(), sentence.end
                )
                yield from self._holdings(match, by, match.start(), sentence)

    def _holdings(
        self, match: re.Match[str], subject: str, start: int, sentence: Sentence
    ) -> Iterator[Holding]:
        date, actors = self._date_of(match.start(), sentence), actors_in(subject, self.short)
        spans = [(start, match.end()), *([(date.start, date.end)] if date else [])]
        dated = min(spans)[0], max(end for _, end in spans)
        again = match["verb"].lower().startswith("re")
        for place in re.split(r",? and |, ", match["places"]):
            if folded(place) not in NOT_PLACES:
                yield Holding(
                    folded(place),
                    place,
                    actors,
                    " or " in subject,
                    date.edtf if date else "",
                    dated,
                    again,
                    start,
                    match.end(),
                    sentence.block,
                )

    def _date_of(self, position: int, sentence: Sentence) -> DateMention | None:
        near = dates_within(self.dates, self._date_starts, sentence.start, sentence.end)
        return min(near, key=lambda d: abs(d.start - position), default=None)

    @cached_property
    def in_tables(self) -> Sequence[tuple[str, Cell, Cell | None, Block, int]]:
        """Each (place, cell with the holders, cell with the date of capture, row, its index)."""
        found: list[tuple[str, Cell, Cell | None, Block, int]] = []
        for index, block in enumerate(self.layout.blocks):
            if block.kind != "table_row" or not any(cell.header for cell in block.cells):
                continue
            filled = [cell for cell in block.cells if cell.end > cell.start]
            held = next((cell for cell in filled if _names_holder(cell.header)), None)
            taken = next((cell for cell in filled if _names_capture(cell.header)), None)
            if not (held or taken):
                continue
            if place := folded(self.text[block.cells[0].start : block.cells[0].end]):
                found.append((place, held or block.cells[0], taken, block, index))
        return found

    def actors_of(self, cell: Cell) -> dict[str, str]:
        """Return {folded: written} of the actors named in a cell, none for "?" and the like."""
        return actors_in(self.text[cell.start : cell.end], self.short)

    def dates_of(self, cell: Cell) -> Sequence[DateMention]:
        """Return the dates written in a cell."""
        return dates_within(self.dates, self._date_starts, cell.start, cell.end)

    def dates_in(self, sentence: Sentence) -> Sequence[DateMention]:
        """Return the dates of a sentence."""
        return dates_within(self.dates, self._date_starts, sentence.start, sentence.end)


@lru_cache(maxsize=1024)
def _names_holder(header: str) -> bool:
    return HELD_BY.search(header) is not None


@lru_cache(maxsize=1024)
def _names_capture(header: str) -> bool:
    return CAPTURED.search(header) is not None


def dates_within(
    dates: Sequence[DateMention], starts: Sequence[int], start: int, end: int
) -> Sequence[DateMention]:
    """Return the dates that start in [start, end); `starts` is sorted as `dates` are."""
    return dates[bisect_left(starts, start) : bisect_left(starts, end)]


def _following_actor(text: str, end: int, limit: int) -> str:
    by = re.compile(r" (?:by )?((?:the )?[A-Z][\w'\u2019-]*(?: [A-Z][\w'\u2019-]*){0,4})").match(
        text, end, limit
    )
    return by[1] if by else ""
