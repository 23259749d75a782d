"""The words a reader sees, each character tied to its place in the original text."""

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

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
_SPACE_CLASS = "".join(SPACES) + "\n"
# One blank between a word and a letter needs no care, and there is one after every word.
_BETWEEN_WORDS = r"(?! (?<=[A-Za-z0-9,.;:)] )[A-Za-z(])"
SPECIAL = re.compile(f"{_BETWEEN_WORDS}[{_SPACE_CLASS}]+|[{''.join(HIDDEN)}]+|[{''.join(DASHES)}]")


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference mark: its place in the plain text and which reference it points to."""

    at: int
    key: str


@dataclass(frozen=True, slots=True)
class PlainText:
    """Plain text with `offsets[i]` = code point of `text[i]` in the original, never falling."""

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Turn a non-empty plain span into a span of the original, end exclusive."""
        return self.offsets[start], self.offsets[end - 1] + 1


class PlainTextWriter:
    """Collects visible characters; runs of white space become one space."""

    def __init__(self, original: str) -> None:
        self.original = original
        self._chars: list[str] = []
        self._offsets = array("Q")
        self._pending_space = -1

    def __len__(self) -> int:
        return len(self._chars)

    def put(self, start: int, end: int) -> None:
        """Show original[start:end]."""
        original = self.original
        at = start
        if original.startswith(" ", start, end):
            self._pending_space = start if self._pending_space < 0 else self._pending_space
            at += 1
        for special in SPECIAL.finditer(original, at, end):
            if special.start() > at:
                self._add_run(at, special.start())
            at = special.end()
            self._put_special(special, end)
        if end > at:
            self._add_run(at, end)

    def _put_special(self, special: re.Match[str], end: int) -> None:
        char, at = special[0], special.start()
        if char in DASHES:
            self._add(DASHES[char], at)
        elif char[0] not in HIDDEN:
            if len(char) == 1 and char in DIGIT_GAPS and _is_digit_gap(self.original, at, end):
                self._add(",", at)
            elif self._pending_space < 0:
                self._pending_space = at

    def _add_run(self, start: int, end: int) -> None:
        """Show a run of ordinary characters."""
        self._add(self.original[start], start)
        if self._offsets[-1] == start:
            self._chars += self.original[start + 1 : end]
            self._offsets.extend(range(start + 1, end))
        else:
            for at in range(start + 1, end):
                self._push(self.original[at], at)

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
        if self._chars and self._chars[-1] != "\n":
            self._push("\n", at)

    def settle(self) -> int:
        """Forget a pending space and return the length so far."""
        self._pending_space = -1
        return len(self._chars)

    def words_between(self, start: int, end: int) -> str:
        """What was written from one position to another."""
        return "".join(self._chars[start:end])

    def words_from(self, start: int) -> str:
        """What was written since a position."""
        return "".join(self._chars[start:]).strip()

    def finish(self) -> PlainText:
        """Return what was collected."""
        return PlainText("".join(self._chars), self._offsets)

    def _add(self, char: str, at: int) -> None:
        if self._pending_space >= 0:
            if self._chars and self._chars[-1] != "\n":
                self._push(" ", self._pending_space)
            self._pending_space = -1
        self._push(char, at)

    def _push(self, char: str, at: int) -> None:
        offsets = self._offsets
        if offsets and at < offsets[-1]:
            at = offsets[-1]
        self._chars.append(char)
        offsets.append(at)


def _is_digit_gap(text: str, at: int, end: int) -> bool:
    """Whether the space at `at` stands between a digit and exactly three digits."""
    if at == 0 or not text[at - 1].isdecimal() or at + 3 >= len(text) or at + 3 >= end + 1:
        return False
    if not text[at + 1 : at + 4].isdecimal() or len(text[at + 1 : at + 4]) < 3:
        return False
    return at + 4 >= len(text) or not text[at + 4].isalnum()
