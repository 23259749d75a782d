"""Where the words stand that each step of reading starts from, found in one pass."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

WORD = re.compile(r"[A-Za-z]+")


class Landmarks:
    """The places of certain words in a text; the steps of reading look only near them.

    `vocabulary` holds the words of each kind, in small letters; a word is also found with a
    capital or in capitals.
    """

    def __init__(self, text: str, vocabulary: Mapping[str, Iterable[str]]) -> None:
        self._places: dict[str, list[int]] = {kind: [] for kind in vocabulary}
        wanted: dict[str, list[list[int]]] = {}
        for kind, words in vocabulary.items():
            for word in words:
                for written in {word, word.capitalize(), word.upper()}:
                    wanted.setdefault(written, []).append(self._places[kind])
        for match in WORD.finditer(text):
            lists = wanted.get(match[0])
            if lists is not None:
                for places in lists:
                    places.append(match.start())

    def all(self, kind: str) -> Sequence[int]:
        """Return where words of a kind begin, in order."""
        return self._places[kind]

    def within(self, kind: str, start: int, end: int) -> Sequence[int]:
        """Return where words of a kind begin in [start, end), in order."""
        places = self._places[kind]
        first = bisect_left(places, start)
        return places[first : bisect_left(places, end, first)]
