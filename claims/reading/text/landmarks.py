"""Where the words stand that each step of reading starts from, found in one pass."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

WORD = re.compile(r"[^\W\d_]+")
"""What a word is made of where no language says: letters of any script."""
LONGEST = 24
"""No word of a vocabulary is longer."""


class Landmarks:
    """The places of certain words in a text; the steps of reading look only near them.

    `vocabulary` holds the words of each kind, in small letters; a word is also found with a
    capital or in capitals. A word with a star stands for all that begin with it, however written.
    `pattern` says what a word is made of.
    """

    def __init__(
        self,
        text: str,
        vocabulary: Mapping[str, Iterable[str]],
        pattern: re.Pattern[str] = WORD,
    ) -> None:
        self.text, self._word = text, pattern
        self._places: dict[str, list[int]] = {kind: [] for kind in vocabulary}
        self._wanted: dict[str, list[list[int]]] = {}
        self._stems: dict[str, list[list[int]]] = {}
        for kind, words in vocabulary.items():
            for word in words:
                if word.endswith("*"):
                    self._stems.setdefault(word[:-1], []).append(self._places[kind])
                    continue
                for written in {word, word.capitalize(), word.upper()}:
                    self._wanted.setdefault(written, []).append(self._places[kind])
        self._beginnings = tuple(self._stems)
        self._find(text)

    def _find(self, text: str) -> None:
        known: dict[str, list[list[int]]] = {}
        for match in self._word.finditer(text):
            word = match[0]
            lists = known.get(word)
            if lists is None:
                known[word] = lists = self._lists_of(word)
            if lists:
                for places in lists:
                    places.append(match.start())

    def _lists_of(self, word: str) -> list[list[int]]:
        """Where a word is to be noted down, as it stands or by what it begins with."""
        lists = self._wanted.get(word, [])
        small = word[:LONGEST].lower()
        if small.startswith(self._beginnings):
            lists = [
                *lists,
                *(p for stem, of in self._stems.items() if small.startswith(stem) for p in of),
            ]
        return lists

    def all(self, kind: str) -> Sequence[int]:
        """Return where words of a kind begin, in order."""
        return self._places[kind]

    def within(self, kind: str, start: int, end: int) -> Sequence[int]:
        """Return where words of a kind begin in [start, end), in order."""
        places = self._places[kind]
        first = bisect_left(places, start)
        return places[first : bisect_left(places, end, first)]

    def window(self, start: int, end: int) -> "Window":
        """Return what tells of the words in text[start:end], as if it stood alone."""
        cut = [each for piece in self._cut(start, end) for each in self._lists_of(piece)]
        return Window(self._places, start, end, cut)

    def _cut(self, start: int, end: int) -> list[str]:
        """The pieces of words that are cut in two at the ends of text[start:end]."""
        text, cut = self.text, []
        if text[start - 1 : start].isalpha() and (piece := self._word.match(text, start, end)):
            cut.append(piece[0])
        if text[end : end + 1].isalpha() and text[end - 1 : end].isalpha():
            cut += self._word.findall(text, max(start, end - LONGEST), end)[-1:]
        return cut


class Window:
    """Which landmarks a stretch of text may hold; `cut` are those of words cut at its ends."""

    __slots__ = ("_cut", "_end", "_places", "_start")

    def __init__(
        self, places: Mapping[str, list[int]], start: int, end: int, cut: list[list[int]]
    ) -> None:
        self._places, self._start, self._end, self._cut = places, start, end, cut

    def holds(self, kind: str) -> bool:
        """Whether the stretch may hold a word of a kind, were it cut from a longer one."""
        places = self._places[kind]
        first = bisect_left(places, self._start)
        if first < len(places) and places[first] < self._end:
            return True
        return any(places is each for each in self._cut) if self._cut else False

    def search(self, kind: str, pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
        """Search words of the stretch for a pattern with a word of a kind in it."""
        return pattern.search(words) if self.holds(kind) else None
