"""Merge two texts that both come from a third, line by line; a line is a paragraph or a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from claims.domain.line_matching import SameLines, lines_of, matching_lines


@dataclass(frozen=True, slots=True)
class MergedLines:
    """A stretch of lines: what stood at the base, what they and what I made of it.

    ``kind``: "kept" nobody changed it, "theirs" and "mine" one did, "same" both did alike,
    "conflict" both did and not alike.
    """

    kind: Literal["kept", "theirs", "mine", "same", "conflict"]
    base: str
    theirs: str
    mine: str

    @property
    def merged(self) -> str:
        """What the merge makes of it; of a conflict mine, so that nothing typed is lost."""
        return self.theirs if self.kind == "theirs" else self.mine


def merge_texts(base: str, theirs: str, mine: str) -> list[MergedLines]:
    """Return the parts in order; their ``base``, ``theirs`` and ``mine`` join to the three texts.

    Changes in different lines go together; lines that both changed are a conflict, and so are
    changes that touch, with no line between them that all three texts have.
    """
    old, one, other = lines_of(base), lines_of(theirs), lines_of(mine)
    return list(_parts(old, one, other))


def _parts(old: Sequence[str], one: Sequence[str], other: Sequence[str]) -> Iterator[MergedLines]:
    at = left = right = 0
    runs = _in_all(matching_lines(old, one), matching_lines(old, other))
    for start, to_one, to_other, size in runs:
        gap = tuple(
            "".join(lines[begin:end])
            for lines, begin, end in (
                (old, at, start),
                (one, left, to_one),
                (other, right, to_other),
            )
        )
        if any(gap):
            yield _changed(*gap)
        if size:
            same = "".join(old[start : start + size])
            yield MergedLines("kept", same, same, same)
        at, left, right = start + size, to_one + size, to_other + size


def _changed(base: str, theirs: str, mine: str) -> MergedLines:
    if theirs == mine:
        return MergedLines("same", base, theirs, mine)
    if theirs == base:
        return MergedLines("mine", base, theirs, mine)
    if mine == base:
        return MergedLines("theirs", base, theirs, mine)
    return MergedLines("conflict", base, theirs, mine)


def _in_all(
    one: Sequence[SameLines], other: Sequence[SameLines]
) -> Iterator[tuple[int, int, int, int]]:
    """Runs of base lines that both others have: (base, one, other, lines), in order.

    A last run of no lines stands at the ends of the three.
    """
    first = second = 0
    while first < len(one) - 1 and second < len(other) - 1:
        a, b = one[first], other[second]
        start, end = max(a.at, b.at), min(a.at + a.size, b.at + b.size)
        if start < end:
            yield start, a.then + start - a.at, b.then + start - b.at, end - start
        if a.at + a.size <= b.at + b.size:
            first += 1
        else:
            second += 1
    yield one[-1].at, one[-1].then, other[-1].then, 0
