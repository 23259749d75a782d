"""An article as a page shows it: its words as written, cut where marks, links and notes are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile
from typing import Final

from claims.reading.text.blocks import Block, Cell
from claims.reading.text.cutting import Cutter, Run
from claims.reading.text.field_labels import field_label, is_picture
from claims.reading.text.layout import take_apart
from claims.reading.text.nesting import NO_STEP, ListStep, steps_of

LEAST_TEXT: Final = 400  # characters; shorter stretches join the next of their section
_GROUPED = frozenset({"infobox", "table_row", "list"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, paragraph, list item or infobox line, or one cell of a table row.

    Of a cell, ``label`` is the header above it; ``heads`` says that it is one itself, ``columns``
    and ``rows`` what it takes of the table. Of a list item, ``step`` says what of the list ends
    and begins with it.
    """

    runs: tuple[Run, ...]
    label: str = ""
    level: int = 0
    heads: bool = False
    columns: int = 1
    rows: int = 1
    step: ListStep = NO_STEP


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands together: a heading, a paragraph, an infobox, a list or a table.

    ``pieces`` are its lines; of a table, ``rows`` are its rows of cells, the first ``head`` of them
    its head. ``closes`` are the elements of HTML that end after the last item of a list.
    """

    kind: str
    pieces: tuple[Piece, ...] = ()
    rows: tuple[tuple[Piece, ...], ...] = ()
    head: int = 0
    closes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LaidOutArticle:
    """An article laid out: its passages, and its references in wikitext, number 1 first."""

    passages: tuple[Passage, ...]
    notes: tuple[str, ...] = ()


def lay_out(text: str, marks: Sequence[tuple[int, int]], format: str) -> LaidOutArticle:  # noqa: A002
    """Return an article with the marks, spans of code points, laid over it.

    ``format`` is plain, wikitext or auto. A mark is widened to whole words; one in text that
    readers do not see (a comment, a reference) is left out. Linear in text and marks.
    """
    return _laid_out(text, marks, format, as_read=False)


def _laid_out(
    text: str,
    marks: Sequence[tuple[int, int]],
    format: str,  # noqa: A002
    *,
    as_read: bool,
) -> LaidOutArticle:
    layout = take_apart(text, format)
    cutter = Cutter(text, layout, marks, as_read=as_read)
    shown = _with_words([block for block in layout.blocks if not _is_title(block)])
    passages = tuple(_passage(kind, blocks, cutter) for kind, blocks in _together(shown))
    notes = tuple(layout.references.get(key, "") for key in cutter.note_numbers)
    return LaidOutArticle(passages, notes)


def _with_words(blocks: Sequence[Block]) -> list[Block]:
    """All but the headings with nothing below: what their templates list, pages show elsewhere."""
    kept: list[Block] = []
    for block in reversed(blocks):
        below = kept[-1] if kept else None
        if block.kind != "heading" or (
            below is not None and (below.kind != "heading" or below.level > block.level)
        ):
            kept.append(block)
    return kept[::-1]


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


def _passage(kind: str, blocks: list[Block], cutter: Cutter) -> Passage:
    if kind == "list":
        steps, closes = steps_of(block.marker for block in blocks)
        pieces = [
            replace(_piece(block, cutter), step=step)
            for block, step in zip(blocks, steps, strict=True)
        ]
        return Passage(kind, tuple(pieces), closes=closes)
    if kind == "infobox":
        blocks = [block for block in blocks if not is_picture(block.label)]
    if kind != "table_row":
        return Passage(kind, tuple(_piece(block, cutter) for block in blocks))
    rows = tuple(tuple(_cell(cell, cutter) for cell in block.cells) for block in blocks)
    head = sum(1 for _ in takewhile(lambda row: all(cell.heads for cell in row), rows))
    return Passage("table", rows=rows, head=head if head < len(rows) else 0)


def _cell(cell: Cell, cutter: Cutter) -> Piece:
    runs = cutter.runs(cell.start, cell.end)
    return Piece(runs, cell.header, 0, cell.heads, cell.columns, cell.rows)


def _piece(block: Block, cutter: Cutter) -> Piece:
    label = block.label
    if label and not cutter.is_plain:
        label = field_label(label)
    return Piece(cutter.runs(block.start, block.end), label, block.level)


def texts_of(text: str, format: str) -> list[str]:  # noqa: A002
    """The text as readers see it, cut where passages and sections begin, at some length."""
    return list(_stretches(_laid_out(text, (), format, as_read=True).passages))


def _stretches(passages: Iterable[Passage]) -> Iterator[str]:
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
