"""What of a text stands unchanged in a later one, sentence by sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_END = re.compile(r"\n|(?<=[.!?])\s")


@dataclass(frozen=True, slots=True)
class _Part:
    """Where the same words stand in both texts: from ``start`` to ``end``, and from ``then`` on."""

    start: int
    end: int
    then: int


class Unchanged:
    """The parts of an old text that a new one repeats word by word.

    A sentence that each text has once is the same sentence wherever it stands; from there on
    equal neighbours are the same too. Linear in both texts (after Heckel, A technique for
    isolating differences between files, 1978).
    """

    def __init__(self, old: str, new: str) -> None:
        mine, theirs = list(_sentences(old)), list(_sentences(new))
        pairs = _paired(
            [old[start:end] for start, end in mine], [new[start:end] for start, end in theirs]
        )
        self._parts = list(_joined(old, new, mine, theirs, pairs))
        self._starts = [part.start for part in self._parts]
        self.taken = sorted((part.then, part.then + part.end - part.start) for part in self._parts)

    def place_of(self, start: int, end: int) -> tuple[int, int] | None:
        """Where old[start:end] stands in the new text; None when what is around it changed."""
        at = bisect_right(self._starts, start) - 1
        if at < 0 or end > self._parts[at].end:
            return None
        part = self._parts[at]
        return part.then + start - part.start, part.then + end - part.start


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _END.finditer(text):
        if end.start() > start:
            yield start, end.start()
        start = end.end()
    if start < len(text):
        yield start, len(text)


def _paired(mine: Sequence[str], theirs: Sequence[str]) -> dict[int, int]:
    """Which sentence of the new text each old one is, by index."""
    once, also = _once(mine), _once(theirs)
    pairs = {at: also[words] for words, at in once.items() if words in also}
    found = set(pairs.values())
    for step, ends in ((1, (-1, -1)), (-1, (len(mine), len(theirs)))):
        for at, then in [ends, *sorted(pairs.items())[::step]]:
            one, other = at + step, then + step
            while (
                0 <= one < len(mine)
                and 0 <= other < len(theirs)
                and one not in pairs
                and other not in found
                and mine[one] == theirs[other]
            ):
                pairs[one] = other
                found.add(other)
                one, other = one + step, other + step
    return pairs


def _once(sentences: Sequence[str]) -> dict[str, int]:
    counts = Counter(sentences)
    return {words: at for at, words in enumerate(sentences) if counts[words] == 1}


def _joined(
    old: str,
    new: str,
    mine: Sequence[tuple[int, int]],
    theirs: Sequence[tuple[int, int]],
    pairs: dict[int, int],
) -> Iterator[_Part]:
    """The paired sentences as parts, neighbours in both texts in one part."""
    part: _Part | None = None
    before = -2, -2
    for at, then in sorted(pairs.items()):
        (start, end), (to, _) = mine[at], theirs[then]
        if part is not None and (at, then) == (before[0] + 1, before[1] + 1):
            gap = old[part.end : start]
            if gap == new[part.then + part.end - part.start : to]:
                part = _Part(part.start, end, part.then)
                before = at, then
                continue
        if part is not None:
            yield part
        part, before = _Part(start, end, to), (at, then)
    if part is not None:
        yield part
