"""An article as a page shows it: readable words, cut where marked passages begin and end."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, takewhile
from typing import Final

from claims.reading.text.blocks import Block, Cell, Layout
from claims.reading.text.layout import take_apart

LEAST_TEXT: Final = 400  # characters; shorter stretches join the next of their section
_GROUPED = frozenset({"infobox", "table_row", "list"})


@dataclass(frozen=True, slots=True)
class Run:
    """Words under the same marks; ``marks`` cover it, ``ends`` are those that end with it.

    Both hold positions in the list of marks that was passed in.
    """

    text: str
    marks: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, paragraph, list item or infobox line, or one cell of a table row.

    Of a cell, ``label`` is the header above it; ``heads`` says that it is one itself, ``columns``
    and ``rows`` what it takes of the table.
    """

    runs: tuple[Run, ...]
    label: str = ""
    level: int = 0
    heads: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands together: a heading, a paragraph, an infobox, a list or a table.

    ``pieces`` are its lines; of a table, ``rows`` are its rows of cells, the first ``head`` of them
    its head.
    """

    kind: str
    pieces: tuple[Piece, ...] = ()
    rows: tuple[tuple[Piece, ...], ...] = ()
    head: int = 0


def lay_out(text: str, marks: Sequence[tuple[int, int]], format: str) -> list[Passage]:  # noqa: A002
    """Return the passages of an article with the marks, spans of code points, laid over it.

    ``format`` is plain, wikitext or auto. A mark is widened to whole words; one in text that
    readers do not see (a comment, a reference) is left out. Linear in text and marks.
    """
    layout = take_apart(text, format)
    cutter = _Cutter(layout, marks)
    return [
        _passage(kind, list(blocks), cutter)
        for kind, blocks in _together(block for block in layout.blocks if not _is_title(block))
    ]


def _is_title(block: Block) -> bool:
    return block.kind == "heading" and block.level == 1


def _together(blocks: Iterable[Block]) -> list[tuple[str, list[Block]]]:
    """Neighbours that make one infobox, list or table; everything else by itself."""
    found: list[tuple[str, list[Block]]] = []
    for (kind, _), group in groupby(blocks, key=lambda block: (block.kind, block.table)):
        if kind in _GROUPED:
            found.append((kind, list(group)))
        else:
            found += [(kind, [block]) for block in group]
    return found


def _passage(kind: str, blocks: list[Block], cutter: _Cutter) -> Passage:
    if kind != "table_row":
        return Passage(kind, tuple(_piece(block, cutter) for block in blocks))
    rows = tuple(tuple(_cell(cell, cutter) for cell in block.cells) for block in blocks)
    head = sum(1 for _ in takewhile(lambda row: all(cell.heads for cell in row), rows))
    return Passage("table", rows=rows, head=head if head < len(rows) else 0)


def _cell(cell: Cell, cutter: _Cutter) -> Piece:
    runs = cutter.runs(cell.start, cell.end)
    return Piece(runs, cell.header, 0, cell.heads, cell.columns, cell.rows)


def _piece(block: Block, cutter: _Cutter) -> Piece:
    return Piece(cutter.runs(block.start, block.end), block.label, block.level)


class _Cutter:
    """Cuts the plain text where marks begin and end."""

    def __init__(self, layout: Layout, marks: Sequence[tuple[int, int]]) -> None:
        self.text = layout.plain.text
        offsets = layout.plain.offsets
        spans = (
            (bisect_left(offsets, start), bisect_left(offsets, end), number)
            for number, (start, end) in enumerate(marks)
        )
        self.spans = sorted(
            (*self._whole_words(start, end), number) for start, end, number in spans if start < end
        )
        self.starts = [start for start, _, _ in self.spans]
        self.longest = max((end - start for start, end, _ in self.spans), default=0)

    def runs(self, start: int, end: int) -> tuple[Run, ...]:
        """The words from start to end; a mark that leaves the block is cut at its border."""
        first = bisect_left(self.starts, start - self.longest)
        last = bisect_left(self.starts, end)
        inside = [span for span in self.spans[first:last] if span[1] > start]
        cuts = {start, end}
        for begin, stop, _ in inside:
            cuts |= {max(begin, start), min(stop, end)}
        places = sorted(cuts)
        return tuple(self._run(a, b, inside) for a, b in pairwise(places) if a < b)

    def _run(self, start: int, end: int, spans: list[tuple[int, int, int]]) -> Run:
        covering = tuple(n for begin, stop, n in spans if begin <= start and stop >= end)
        ending = tuple(n for begin, stop, n in spans if begin < end and stop == end)
        return Run(self.text[start:end], covering, ending)

    def _whole_words(self, start: int, end: int) -> tuple[int, int]:
        text = self.text
        while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
            start -= 1
        while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
            end += 1
        return start, end


def texts_of(text: str, format: str) -> list[str]:  # noqa: A002
    """The text as readers see it, cut where passages and sections begin, at some length."""
    return list(_stretches(lay_out(text, [], format)))


def _stretches(passages: list[Passage]) -> Iterator[str]:
    kept: list[str] = []
    for passage in passages:
        if passage.kind == "heading" and kept:
            yield "\n".join(kept)
            kept = []
        if text := _text_of(passage):
            kept.append(text)
        if sum(map(len, kept)) >= LEAST_TEXT:
            yield "\n".join(kept)
            kept = []
    if kept:
        yield "\n".join(kept)


def _text_of(passage: Passage) -> str:
    cells = (piece for row in passage.rows for piece in row)
    pieces = [_words(piece) for piece in (*passage.pieces, *cells)]
    return " · ".join(filter(None, pieces))


def _words(piece: Piece) -> str:
    text = " ".join("".join(run.text for run in piece.runs).split())
    return f"{piece.label}: {text}" if piece.label else text
