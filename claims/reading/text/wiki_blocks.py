"""Lines of wikitext as blocks: headings, lists, tables and paragraphs."""

import re
from collections.abc import Callable

from claims.reading.text.blocks import BlockWriter, Cell
from claims.reading.text.wiki_tables import CellSpan, Grid, span_in

HEADING = re.compile(
    r"(={2,6})[ \t]*([^\n]*?[^\n=])[ \t]*\1[ \t]*(?:<!--[^\n]{0,200})?$", re.MULTILINE
)
CELL_ATTRIBUTES = re.compile(
    r"(?:[ \t]*[a-z-]{2,20}[ \t]*=[ \t]*(?:\"[^\"\n]{0,200}\"|'[^'\n]{0,200}'|[^\s|"
    r"\"'\[\]{}]{1,60}))+[ \t]*\|(?!\|)"
)
HIGHEST = 2000


class WikiBlocks(BlockWriter):
    """Opens and closes blocks as lines begin and end."""

    def __init__(self, original: str) -> None:
        super().__init__(original)
        self.original = original
        self.open_kind = ""
        self.tables = 0  # how deep
        self.count = 0
        self.outer: list[tuple[Grid, int]] = []
        self.grid, self.table, self.span = Grid(), 0, CellSpan()
        self.columns: list[int] = []
        self.cells: list[Cell] = []
        self.cell_start = -1
        self.row_has_headers = self.heads = False
        self.at_line_start = True
        self.level = 0
        self.marker = ""
        self.heading_end = 0

    @property
    def in_cells(self) -> bool:
        """Whether a table or an infobox is being written: a line break then separates items."""
        return self.tables > 0 or self.open_kind == "infobox"

    def put(self, start: int, end: int) -> None:
        """Show text inside the current line."""
        if self.at_line_start:
            start = self._begin_line(start, end)
        if self.open_kind == "heading":
            end = min(end, self.heading_end)
        if start < end and not (self.tables and self.cell_start < 0):
            self.ready(start, True)
            self.plain.put(start, end)

    def ready(self, at: int, in_blocks: bool) -> None:
        """Have a block open for what is to be shown."""
        if in_blocks:
            self.at_line_start = False
        if in_blocks and not self.open_kind and not self.tables:
            self.begin(at)
            self.open_kind = "paragraph"

    def newline(self, at: int, line_end: Callable[[int], int]) -> int:
        """End a line; return where reading goes on."""
        text = self.original
        if self.open_kind == "heading":
            self._close_heading()
        following = text[at + 1 : at + 2]
        if self.open_kind == "list" or (
            not self.tables and following in ("\n", "", "*", "#", ":", ";", "=", "{")
        ):
            self.close_text()
        if self.tables and following in ("|", "!"):
            return self._table_line(at + 1, line_end)
        if following == "=" and (heading := HEADING.match(text, at + 1)) and not self.tables:
            self.close_text()
            self._open_heading(at + 1, heading)
            return heading.start(2)
        if self.open_kind:
            self.plain.put_words(" ", at)
        self.at_line_start = True
        return at + 1

    def _begin_line(self, start: int, end: int) -> int:
        text = self.original
        self.at_line_start = False
        at = start
        if at == 0 and (heading := HEADING.match(text, at)):
            self._open_heading(at, heading)
            return heading.start(2)
        while at < end and text[at] in "*#:;":
            at += 1
        if at > start and not self.tables:
            self.close_text()
            self.begin(at)
            self.open_kind = "list"
            self.marker = text[start:at]
        elif at > start:
            self.plain.put_words("; ", start)
        return at

    def _open_heading(self, at: int, heading: re.Match[str]) -> None:
        self.begin(at)
        self.level = len(heading[1])
        self.heading_end = heading.end(2)
        self.open_kind = "heading"

    def _close_heading(self) -> None:
        title = self.last_words(self._open_at)
        self.section = title
        self.part += self.level == 2
        self.end("heading", level=self.level)
        self.open_kind = ""

    def last_words(self, since: int) -> str:
        """The plain text written since a position."""
        return self.plain.words_from(since).strip()

    def close_text(self) -> None:
        """Close a paragraph or list item."""
        if self.open_kind in ("paragraph", "list"):
            self.end(self.open_kind, marker=self.marker if self.open_kind == "list" else "")
            self.open_kind = ""

    def begin_entry(self, at: int) -> None:
        """Open an infobox entry."""
        self.close_text()
        self.begin(at)
        self.open_kind = "infobox"

    def close(self) -> None:
        """Close whatever is open."""
        if self.open_kind == "heading":
            self._close_heading()
        if self.open_kind == "infobox":
            self.open_kind = ""
        self.close_text()
        if self.tables and self.cell_start >= 0:
            self._end_row()

    def open_table(self, at: int) -> int:
        """Enter a table; return the end of its opening line."""
        if not self.tables:
            self.close()
        elif self.cell_start >= 0:
            self._end_row(whole=False)
        self.outer.append((self.grid, self.table))
        self.tables += 1
        self.count += 1
        self.grid, self.table = Grid(), self.count
        end = self.original.find("\n", at)
        return end if end >= 0 else len(self.original)

    def _table_line(self, at: int, line_end: Callable[[int], int]) -> int:
        text = self.original
        mark = text[at : at + 2]
        if mark in ("|-", "|}", "|+"):
            self._end_row()
            if mark == "|}":
                self.tables -= 1
                self.grid, self.table = self.outer.pop()
                return at + 2
            return line_end(at)
        self._open_cell(at, header=mark[0] == "!")
        return self._after_attributes(at + 1)

    def _after_attributes(self, at: int) -> int:
        attributes = CELL_ATTRIBUTES.match(self.original, at, min(len(self.original), at + HIGHEST))
        if attributes is None:
            return at
        self.span = span_in(attributes[0])
        return attributes.end()

    def _open_cell(self, at: int, *, header: bool) -> None:
        if self.cell_start < 0:
            self.begin(at)
            self.cells, self.columns = [], []
            self.row_has_headers = header
        else:
            self._end_cell()
            self.row_has_headers &= header
        self.heads, self.span = header, CellSpan()
        self.plain.break_line(at)
        self.cell_start = len(self.plain)
        self.at_line_start = False

    def _end_cell(self) -> None:
        column = self.grid.place(self.span)
        header = self.grid.headers.get(column, "")
        self.columns.append(column)
        end, span = self.plain.settle(), self.span
        self.cells.append(Cell(self.cell_start, end, header, self.heads, span.columns, span.rows))

    def _end_row(self, *, whole: bool = True) -> None:
        """Close the row; one that a table inside cuts is not whole and goes on after it."""
        if self.cell_start < 0:
            if self.grid.column:
                self.grid.end_row()  # of which a table inside was the last
            return
        self._end_cell()
        if self.row_has_headers and len(self.cells) > 1:
            self._take_headers()
        self.end("table_row", cells=tuple(self.cells), table=self.table)
        if whole:
            self.grid.end_row()
        self.cell_start, self.cells = -1, []

    def _take_headers(self) -> None:
        """What stands above the rows to come; a header that reaches down here stays."""
        row = self.plain.words_from(first := self.cells[0].start)
        kept = {c: words for c, words in self.grid.headers.items() if self.grid.covered.get(c)}
        for column, cell in zip(self.columns, self.cells, strict=True):
            words = row[cell.start - first : cell.end - first]
            kept |= dict.fromkeys(range(column, column + cell.columns), words)
        self.grid.headers = kept

    def cell_mark(self, start: int, end: int) -> bool:
        """Take "||" or "!!" inside a row as the start of the next cell."""
        if self.tables and self.cell_start >= 0 and end - start == 2:
            self._open_cell(end, header=self.row_has_headers and self.original[start] == "!")
            return True
        return False

    def after_cell_mark(self, end: int) -> int:
        """Skip the attributes of the cell that was just opened."""
        return self._after_attributes(end)
