"""The words a reader sees, each character tied to its place in the original text."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

HIDDEN = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
"""Characters without a width: they would split a number in two."""

DIGIT_GAPS = frozenset("\u00a0\u2007\u2009\u202f")
"""Spaces that some languages print between groups of three digits."""

SPACES = frozenset(
    " \t\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u202f\u205f\u3000"
)
DASHES = {"\u2010": "-", "\u2011": "-", "\u2012": "\u2013", "\u2015": "\u2014", "\u2212": "-"}
_SPACE, _HIDDEN, _DASH = "".join(SPACES) + "\n", "".join(HIDDEN), "".join(DASHES)
_SHOWN = f"[^{_SPACE}{_HIDDEN}]"
SPECIAL = re.compile(
    f"[{_SPACE}{_HIDDEN}{_DASH}](?:(?<=[{_DASH}])|(?<=[{_HIDDEN}])[{_HIDDEN}]*+"
    # One blank between two characters that are shown needs no care: there is one at every word.
    f"|(?<=[{_SPACE}])(?:[{_SPACE}]++|(?!(?<={_SHOWN} ){_SHOWN})))"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference mark: its place in the plain text and which reference it points to."""

    at: int
    key: str


@dataclass(frozen=True, slots=True)
class Offsets(Sequence[int]):
    """The code point of the original behind each character of a plain text, never falling.

    Kept by runs, which begin at `starts`: the first character of a run stands at its place, the
    next ones further by its step each (1, or 0 where all stand for one place).
    """

    length: int
    starts: Sequence[int]
    places: Sequence[int]
    steps: Sequence[int]

    def __len__(self) -> int:
        return self.length

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> list[int]: ...
    def __getitem__(self, index: int | slice) -> int | list[int]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(self.length))]
        if not 0 <= index < self.length:
            raise IndexError(index)
        run = bisect_right(self.starts, index) - 1
        return self.places[run] + self.steps[run] * (index - self.starts[run])

    def both(self, first: int, last: int) -> tuple[int, int]:
        """Return the code points behind two characters."""
        if not (0 <= first < self.length and 0 <= last < self.length):
            raise IndexError(first, last)
        starts, places, steps = self.starts, self.places, self.steps
        run = bisect_right(starts, first) - 1
        begin = places[run] + steps[run] * (first - starts[run])
        if last < starts[run] or (run + 1 < len(starts) and starts[run + 1] <= last):
            run = bisect_right(starts, last) - 1
        return begin, places[run] + steps[run] * (last - starts[run])


@dataclass(frozen=True, slots=True)
class PlainText:
    """Plain text with `offsets[i]` = code point of `text[i]` in the original, never falling."""

    text: str
    offsets: Offsets

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Turn a non-empty plain span into a span of the original, end exclusive."""
        first, last = self.offsets.both(start, end - 1)
        return first, last + 1


class PlainTextWriter:
    """Collects visible characters; runs of white space become one space."""

    def __init__(self, original: str) -> None:
        self.original = original
        self._words: list[str] = []
        self._length = 0
        self._starts, self._places, self._steps = array("Q"), array("Q"), bytearray()
        self._last = 0
        self._pending_space = -1

    def __len__(self) -> int:
        return self._length

    def put(self, start: int, end: int) -> None:
        """Show original[start:end]."""
        original = self.original
        at = start
        if original.startswith(" ", start, end):
            self._pending_space = start if self._pending_space < 0 else self._pending_space
            at += 1
        words = original[at:end]
        plain = words.isascii() and words.isprintable() and "  " not in words
        if plain and words == words.strip():
            if words:
                self._add(words, at)
            return
        for special in SPECIAL.finditer(original, at, end):
            if special.start() > at:
                self._add(original[at : special.start()], at)
            at = special.end()
            self._put_special(special, end)
        if end > at:
            self._add(original[at:end], at)

    def _put_special(self, special: re.Match[str], end: int) -> None:
        char, at = special[0], special.start()
        if char in DASHES:
            self._add(DASHES[char], at)
        elif char[0] not in HIDDEN:
            if len(char) == 1 and char in DIGIT_GAPS and _is_digit_gap(self.original, at, end):
                self._add(",", at)
            elif self._pending_space < 0:
                self._pending_space = at

    def put_words(self, words: str, at: int) -> None:
        """Show words that stand for the original at one place (a template, an entity)."""
        for char in words:
            if char == " ":
                if self._pending_space < 0:
                    self._pending_space = at
            else:
                self._add(char, at)

    def break_line(self, at: int) -> None:
        """End a line once; nothing is ever read across it."""
        self._pending_space = -1
        if self._words and self._words[-1] != "\n":
            self._push("\n", at)

    def settle(self) -> int:
        """Forget a pending space and return the length so far."""
        self._pending_space = -1
        return self._length

    def words_from(self, start: int) -> str:
        """What was written since a position."""
        wanted = self._length - start
        first, found = len(self._words), 0
        while found < wanted:
            first -= 1
            found += len(self._words[first])
        return "".join(self._words[first:])[found - wanted :]

    def finish(self) -> PlainText:
        """Return what was collected."""
        offsets = Offsets(self._length, self._starts, self._places, self._steps)
        return PlainText("".join(self._words), offsets)

    def _add(self, words: str, at: int) -> None:
        if self._pending_space >= 0:
            if self._words and self._words[-1] != "\n":
                self._push(" ", self._pending_space)
            self._pending_space = -1
        self._push(words, at)

    def _push(self, words: str, at: int) -> None:
        """Write words that stand at `at`; what stands before the last word is tied to its place."""
        count = len(words)
        self._words.append(words)
        if at < self._last:
            behind = min(count, self._last - at)
            self._begin_run(self._last, 0)
            self._length += behind
            count -= behind
            at = self._last
        if count:
            if at != self._last + 1 or not self._steps or not self._steps[-1]:
                self._begin_run(at, 1)
            self._length += count
            self._last = at + count - 1

    def _begin_run(self, place: int, step: int) -> None:
        self._starts.append(self._length)
        self._places.append(place)
        self._steps.append(step)


def _is_digit_gap(text: str, at: int, end: int) -> bool:
    """Whether the space at `at` stands between a digit and exactly three digits."""
    if at == 0 or not text[at - 1].isdecimal() or at + 3 >= len(text) or at + 3 >= end + 1:
        return False
    if not text[at + 1 : at + 4].isdecimal() or len(text[at + 1 : at + 4]) < 3:
        return False
    return at + 4 >= len(text) or not text[at + 4].isalnum()
