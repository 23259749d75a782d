"""Which lines of two texts are the same: what a comparison and a merge of long texts rest on."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

MOST_COMPARED: Final = 40_000  # pairs of lines within one gap that are compared one by one


@dataclass(frozen=True, slots=True)
class SameLines:
    """old[at : at + size] are the lines new[then : then + size]."""

    at: int
    then: int
    size: int


def lines_of(text: str) -> list[str]:
    """The lines with their ends, cut at line feeds only, so that they join to the text."""
    return text.splitlines(keepends=True) if _only_feeds(text) else _cut_at_feeds(text)


def matching_lines(old: Sequence[str], new: Sequence[str]) -> list[SameLines]:
    """What stays, in the order of both; a last match of no lines stands at the ends.

    Lines that each text has once lead (the longest run of them that rises in both), as in the
    patience algorithm; their neighbours follow. Between them short gaps are compared line by
    line, long ones have nothing in common. Nearly linear: n log n of the lines.
    """
    pairs = [(-1, -1), *_rising(_once_in_both(old, new)), (len(old), len(new))]
    found: list[SameLines] = []
    for (at, then), (end, stop) in pairwise(pairs):
        found += _between(old, new, (at + 1, then + 1), (end, stop))
        if end < len(old) and stop < len(new):
            found.append(SameLines(end, stop, 1))
    return [*_joined(found), SameLines(len(old), len(new), 0)]


def _only_feeds(text: str) -> bool:
    """Whether str.splitlines would cut at line feeds only; most texts have no other ends."""
    return not any(end in text for end in "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")


def _cut_at_feeds(text: str) -> list[str]:
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _once_in_both(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The places of the lines that each text has exactly once, in the order of the old one."""
    mine, theirs = Counter(old), Counter(new)
    there = {line: then for then, line in enumerate(new) if theirs[line] == 1}
    return [(at, there[line]) for at, line in enumerate(old) if mine[line] == 1 and line in there]


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that rises on both sides."""
    ends: list[int] = []  # the least end of a run of each length, and which pair it is
    holders: list[int] = []
    before: list[int] = []
    for index, (_at, then) in enumerate(pairs):
        length = bisect_left(ends, then)
        before.append(holders[length - 1] if length else -1)
        ends[length : length + 1] = [then]
        holders[length : length + 1] = [index]
    found = []
    index = holders[-1] if holders else -1
    while index >= 0:
        found.append(pairs[index])
        index = before[index]
    return found[::-1]


def _between(
    old: Sequence[str], new: Sequence[str], start: tuple[int, int], stop: tuple[int, int]
) -> Iterator[SameLines]:
    """What is the same in a gap: at its ends, and in what is left of a short one."""
    (at, then), (end, last) = start, stop
    head = 0
    while at + head < end and then + head < last and old[at + head] == new[then + head]:
        head += 1
    if head:
        yield SameLines(at, then, head)
    at, then, tail = at + head, then + head, 0
    while end - tail > at and last - tail > then and old[end - tail - 1] == new[last - tail - 1]:
        tail += 1
    end, last = end - tail, last - tail
    if 0 < (end - at) * (last - then) <= MOST_COMPARED:
        matcher = SequenceMatcher(None, old[at:end], new[then:last], autojunk=False)
        for block in matcher.get_matching_blocks():
            if block.size:
                yield SameLines(at + block.a, then + block.b, block.size)
    if tail:
        yield SameLines(end, last, tail)


def _joined(matches: Sequence[SameLines]) -> Iterator[SameLines]:
    """Neighbours in both texts as one match."""
    last: SameLines | None = None
    for one in matches:
        if last and (last.at + last.size, last.then + last.size) == (one.at, one.then):
            last = SameLines(last.at, last.then, last.size + one.size)
            continue
        if last:
            yield last
        last = one
    if last:
        yield last
