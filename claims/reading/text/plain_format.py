"""Take apart plain text: headings, infobox bullets, pipe tables, list items, paragraphs."""

import re

from claims.reading.text.blocks import BlockWriter, Cell, Layout

HEADING = re.compile(r"(={1,6}|#{1,6}(?=[ \t]))[ \t]*([^\n]*?[^\s=#])[ \t]*[=#]*[ \t]*\Z")
TITLE = re.compile(r"\ufeff?\s*([^\W_][^\n|]{0,118}[^\s.!?:;,|])[ \t]*\r?\n(?=[ \t]*\r?\n\s*\S)")
KEY = re.compile(r"[-*\u2022][ \t]*([A-Za-z][\w /()'-]{0,40}):[ \t]*")
BULLET = re.compile(r"(?:[-*\u2022]|\d{1,2}[.)])[ \t]+")
SEPARATOR_ROW = re.compile(r"\|?[ \t:|+-]+\Z")
INLINE_NOISE = re.compile(r"\[\d{1,3}\]|\[(?:note|nb|[a-z]) ?\d{0,3}\]|<[a-z]{1,8} ?/?>|----+")
WRAPPED = range(40, 121)


def take_plain_apart(text: str) -> Layout:
    """Return the layout of a plain-text article."""
    return _PlainReader(text).read()


class _PlainReader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.out = BlockWriter(text)
        self.title = ""
        self.in_infobox = False
        self.headers: list[str] = []
        self.table = 0
        self.paragraph_open = False
        self.last_length = 0
        self.noisy = False

    def read(self) -> Layout:
        start = self._title_line()
        for line in self.text[start:].splitlines(keepends=True):
            self._read_line(start, start + len(line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")))
            start += len(line)
        self._close_paragraph()
        out = self.out
        return Layout(out.plain.finish(), tuple(out.blocks), self.title, "plain")

    def _title_line(self) -> int:
        """Take a short first line that stands alone for the title; return where the rest begins."""
        match = TITLE.match(self.text)
        if match is None or BULLET.match(match[1]) or match[1].casefold() == "infobox":
            return 0
        self.title = self.out.heading(match.start(1), match.end(1), 1)
        return match.end()

    def _read_line(self, start: int, end: int) -> None:
        while start < end and self.text[start] in " \t\ufeff":
            start += 1
        line = self.text[start:end].rstrip()
        end = start + len(line)
        self.noisy = "[" in line or "<" in line or "----" in line
        if not line:
            self._close_paragraph()
            self.headers = []
        elif line[0] in "=#" and len(line) < 400 and (match := HEADING.match(line)):
            self._heading(start, match)
        elif line.casefold() == "infobox":
            self._close_paragraph()
            self.in_infobox = True
        elif line[0] == "|" and line.count("|") > 1:
            self._table_row(start, line)
        elif self.in_infobox and (key := KEY.match(line)):
            self._infobox_entry(start, end, key)
        elif match := BULLET.match(line):
            self._list_item(start + match.end(), end, "#" if match[0][0].isdigit() else "*")
        else:
            self._paragraph_line(start, end)

    def _heading(self, start: int, match: re.Match[str]) -> None:
        self._close_paragraph()
        self.in_infobox = False
        level = len(match[1])
        title = self.out.heading(start + match.start(2), start + match.end(2), level)
        if level == 1 and not self.title:
            self.title = title

    def _infobox_entry(self, start: int, end: int, key: re.Match[str]) -> None:
        self._close_paragraph()
        self.out.begin(start)
        self._put(start + key.end(), end)
        self.out.end("infobox", label=key[1].strip())

    def _list_item(self, start: int, end: int, marker: str) -> None:
        self._close_paragraph()
        self.out.begin(start)
        self._put(start, end)
        self.out.end("list", marker=marker)

    def _table_row(self, start: int, line: str) -> None:
        self._close_paragraph()
        if SEPARATOR_ROW.match(line):
            return
        self.out.begin(start)
        plain = self.out.plain
        cells: list[Cell] = []
        titles: list[str] = []
        at = start + 1
        pieces = line[1:].removesuffix("|").split("|")
        for column, piece in enumerate(pieces):
            plain.break_line(at)
            first = len(plain)
            if shown := piece.strip(" "):
                begin = at + piece.index(shown)
                self._put(begin, begin + len(shown))
            titles.append(shown.strip())
            header = self.headers[column] if column < len(self.headers) else ""
            cells.append(Cell(first, plain.settle(), header, heads=not self.headers))
            at += len(piece) + 1
        if not self.headers:
            self.headers = titles
            self.table += 1
        self.out.end("table_row", cells=tuple(cells), table=self.table)

    def _paragraph_line(self, start: int, end: int) -> None:
        joins = self.paragraph_open and self.last_length in WRAPPED
        if joins:
            self.out.plain.put_words(" ", start)
        else:
            self._close_paragraph()
            self.out.begin(start)
            self.paragraph_open = True
        self._put(start, end)
        self.last_length = end - start

    def _close_paragraph(self) -> None:
        if self.paragraph_open:
            self.out.end("paragraph")
            self.paragraph_open = False

    def _put(self, start: int, end: int) -> None:
        """Show a line without footnote marks and stray tags; rules become a semicolon."""
        at = start
        for noise in INLINE_NOISE.finditer(self.text, start, end) if self.noisy else ():
            self.out.plain.put(at, noise.start())
            if noise[0][0] != "[":
                self.out.plain.put_words("; ", noise.start())
            at = noise.end()
        self.out.plain.put(at, end)
