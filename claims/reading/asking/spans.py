"""What lies within a span of the text, and what a span lies within; found by bisection."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence

from claims.reading.proposals import ArticleBlock, ProposedFigure, Span


class Within[Thing]:
    """Things with a place in the text; those at one place keep their order."""

    def __init__(self, things: Iterable[Thing], start: Callable[[Thing], int]) -> None:
        self._things = sorted(things, key=start)
        self._starts = [start(thing) for thing in self._things]

    def of(self, span: Span) -> Sequence[Thing]:
        """The things that begin within the span, in the order of the text."""
        first = bisect_left(self._starts, span.char_start)
        return self._things[first : bisect_left(self._starts, span.char_end, lo=first)]


class Blocks:
    """The article's blocks, found by a place in the text; blocks lie within each other or apart."""

    def __init__(self, blocks: Iterable[ArticleBlock]) -> None:
        self._blocks = sorted(blocks, key=lambda block: (block.char_start, -block.char_end))
        self._starts = [block.char_start for block in self._blocks]
        self._outer = _outer_of(self._blocks)

    def around(self, figure: ProposedFigure) -> ArticleBlock | None:
        """The innermost block that holds the figure."""
        at: int | None = bisect_right(self._starts, figure.char_start) - 1
        if at == -1:
            return None
        while at is not None and self._blocks[at].char_end < figure.char_end:
            at = self._outer[at]
        return None if at is None else self._blocks[at]


def _outer_of(blocks: Sequence[ArticleBlock]) -> list[int | None]:
    """For each block the one that it lies within, by index."""
    found: list[int | None] = []
    around: list[int] = []
    for index, block in enumerate(blocks):
        while around and blocks[around[-1]].char_end < block.char_end:
            around.pop()
        found.append(around[-1] if around else None)
        around.append(index)
    return found
