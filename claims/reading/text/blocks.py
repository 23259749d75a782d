"""Blocks: the pieces of an article (heading, infobox entry, table row, list item, paragraph)."""

from bisect import bisect_right
from dataclasses import dataclass, field

from claims.reading.text.plaintext import Citation, PlainText, PlainTextWriter
from claims.reading.text.wiki_tokens import Part

# What is made for every line, statement or figure is not frozen: it takes a fifth of the time.


@dataclass(slots=True)
class Cell:
    """One cell of a table row, in plain text offsets, with the header above it.

    `heads` says that it is a header itself; `columns` and `rows` are what it takes of the table.
    """

    start: int
    end: int
    header: str
    heads: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class Block:
    """One piece of an article, in plain text offsets.

    `kind` is heading, infobox, table_row, list or paragraph; `label` is the infobox key;
    `level` is the depth of a heading; `part` numbers the level-2 sections from 0 (the lead);
    `table` numbers the tables, of whose rows it is one; `marker` is the signs of a list item.
    """

    kind: str
    start: int
    end: int
    section: str = ""
    label: str = ""
    level: int = 0
    part: int = 0
    cells: tuple[Cell, ...] = ()
    table: int = 0
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """An article taken apart: plain text, blocks in order, reference marks and references.

    `wholes` are original spans of templates that are quoted whole, `parts` the pieces of markup,
    both in order; `gaps` stand where a template is whose words are not known, with its name.
    """

    plain: PlainText
    blocks: tuple[Block, ...]
    title: str
    format: str
    citations: tuple[Citation, ...] = ()
    references: dict[str, str] = field(default_factory=dict)
    wholes: tuple[tuple[int, int], ...] = ()
    parts: tuple[Part, ...] = ()
    gaps: tuple[Citation, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Turn a plain span into one of the original that never cuts a {{convert}} in two."""
        first, last = self.plain.span(start, end)
        if not self.wholes:
            return first, last
        for place in (first, last - 1):
            at = bisect_right(self.wholes, (place, 1 << 62)) - 1
            if at >= 0 and self.wholes[at][1] > place:
                first, last = min(first, self.wholes[at][0]), max(last, self.wholes[at][1])
        return first, last


class BlockWriter:
    """Writes blocks into one plain text; both formats use it."""

    def __init__(self, original: str) -> None:
        self.plain = PlainTextWriter(original)
        self.blocks: list[Block] = []
        self.section = ""
        self.part = 0
        self._open_at = 0

    def begin(self, at: int) -> None:
        """Start a block on a line of its own."""
        self.plain.break_line(at)
        self._open_at = len(self.plain)

    def end(
        self,
        kind: str,
        *,
        label: str = "",
        level: int = 0,
        cells: tuple[Cell, ...] = (),
        table: int = 0,
        marker: str = "",
    ) -> None:
        """Close the block; one without visible words is dropped."""
        start, end = self._open_at, self.plain.settle()
        if end > start:
            self.blocks.append(
                Block(kind, start, end, self.section, label, level, self.part, cells, table, marker)
            )

    def heading(self, start: int, end: int, level: int) -> str:
        """Write a heading and open its section."""
        self.begin(start)
        title = self.plain.original[start:end].strip()
        if level > 1:
            self.section = title
            self.part += level == 2
        self.plain.put(start, end)
        self.end("heading", level=level)
        return title
