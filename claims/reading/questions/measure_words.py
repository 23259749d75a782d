"""The words of a text that name a measure, each stretch of the text looked through once."""

from bisect import bisect_left
from string import ascii_letters
from typing import NamedTuple

from claims.reading.questions.counted import WORDS
from claims.reading.questions.measures import measure_named

LETTERS = frozenset(ascii_letters)
LONGEST = 100
"""A longer word stands in no window around a figure."""


class MeasureWord(NamedTuple):
    """A word, or the piece of one that a window shows, in plain text offsets."""

    start: int
    end: int
    written: str
    measure: str


class MeasureWords:
    """Finds the words around one figure after another; what two of them share is read once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._words: list[MeasureWord] = []
        self._starts: list[int] = []
        self._first = self._end = 0

    def within(self, low: int, high: int) -> list[MeasureWord]:
        """Return those of text[low:high] in order, as if it stood alone."""
        if low < self._first or low > self._end:
            self._words, self._starts = [], []
            self._first = self._end = self._word_start(low, 0)
        self._read_on(high)
        found = []
        if cut := self._is_cut(low):
            piece = WORDS.match(self.text, low, high)
            found.append(_named(low, piece[0] if piece else ""))
        for word in self._words[bisect_left(self._starts, low) :]:
            if word.end > high:
                break
            found.append(word)
        if self._is_cut(high) and ((start := self._word_start(high, low)) > low or not cut):
            found.append(_named(start, self.text[start:high]))
        return [word for word in found if word.measure]

    def _read_on(self, high: int) -> None:
        """Look through the text up to the end of the word at `high`."""
        if high <= self._end:
            return
        end = high
        for match in WORDS.finditer(self.text, self._end):
            if match.start() >= high:
                break
            end = max(end, match.end())
            if match.end() - match.start() > LONGEST:
                continue
            written = match[0].lower()
            if measure := measure_named(written):
                self._words.append(MeasureWord(*match.span(), written, measure))
                self._starts.append(match.start())
        self._end = end

    def _is_cut(self, at: int) -> bool:
        """Whether a word goes on across a position."""
        return self.text[at - 1 : at] in LETTERS and self.text[at : at + 1] in LETTERS

    def _word_start(self, at: int, floor: int) -> int:
        while at > floor and self.text[at - 1] in LETTERS:
            at -= 1
        return at


def _named(start: int, word: str) -> MeasureWord:
    written = word.lower()
    return MeasureWord(start, start + len(word), written, measure_named(written))
