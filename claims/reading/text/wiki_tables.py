"""Where the cells of a wikitext table stand: in columns, whatever spans reach beside or below."""

import re
from dataclasses import dataclass, field

SPAN = re.compile(r"\b(row|col)span[ \t]*=[ \t]*[\"']?[ \t]*([0-9]{1,4})", re.IGNORECASE)
# HTML allows 1,000; a table that people read has fewer, and a hostile one costs less.
MOST_COLUMNS = 100
MOST_ROWS = 1000


@dataclass(slots=True)
class CellSpan:
    """How many columns and rows a cell takes."""

    columns: int = 1
    rows: int = 1


def span_in(attributes: str) -> CellSpan:
    """Read the span of a cell from its attributes; what is no span counts as one."""
    found = CellSpan()
    for which, digits in SPAN.findall(attributes):
        if which.lower() == "col":
            found.columns = min(max(1, int(digits)), MOST_COLUMNS)
        else:
            found.rows = min(max(1, int(digits)), MOST_ROWS)
    return found


@dataclass(slots=True)
class Grid:
    """The columns of one table: their headers, and which of them a cell above still takes.

    `covered` holds the number of rows to come, by column; `column` is the next one to look at.
    """

    headers: dict[int, str] = field(default_factory=dict)
    covered: dict[int, int] = field(default_factory=dict)
    column: int = 0
    coming: dict[int, int] = field(default_factory=dict)

    def place(self, span: CellSpan) -> int:
        """Put the next cell of the row; return its first column."""
        while self.covered.get(self.column, 0):
            self.column += 1
        first = self.column
        self.column = min(first + span.columns, first + MOST_COLUMNS)
        if span.rows > 1 and first < MOST_COLUMNS:
            self.coming.update(dict.fromkeys(range(first, self.column), span.rows - 1))
        return first

    def end_row(self) -> None:
        """Go on to the next row."""
        left = {column: rows - 1 for column, rows in self.covered.items() if rows > 1}
        self.covered = {**left, **self.coming}
        self.coming = {}
        self.column = 0
