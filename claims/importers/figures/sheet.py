"""A table as a file: how spreadsheets write it, its header, its rows with their lines."""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from claims.errors import ImportRefusedError

CELL_CHARACTERS: Final = 100_000
SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SEP_LINE: Final = re.compile(r'"?sep=(.)"?[,;\t|]*\s*', re.IGNORECASE)
_BLANK: Final = " \t\r\n,;|"
_BLOCK: Final = 256 * 1024
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
# First bytes of what is given by mistake, and what to do about it.
_NO_CSV: Final = {
    b"\xff\xfe": "is UTF-16, not UTF-8: save the table as CSV in UTF-8",
    b"\xfe\xff": "is UTF-16, not UTF-8: save the table as CSV in UTF-8",
    b"PK\x03\x04": "is the file of a spreadsheet, or packed: save the table as CSV in UTF-8",
    b"\xd0\xcf\x11\xe0": "is the file of a spreadsheet: save the table as CSV in UTF-8",
    b"\x1f\x8b": "is packed: unpack it first",
}


@dataclass(frozen=True, slots=True)
class Record:
    """One row as it stands in the file; ``line`` is the one on which it ends."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as CSV, in a file or in memory: UTF-8, commas, semicolons, tabs or bars.

    Taken as well: a byte order mark, a first line ``sep=;``, lines without a word, and columns
    without a name and a word. Columns are named as fold_column writes them.
    """

    name: str
    path: Path | None = None
    data: bytes = b""

    @property
    def has_mark(self) -> bool:
        """Whether a byte order mark leads it, as spreadsheets write it."""
        with self._bytes() as file:
            return file.read(3) == _BYTE_ORDER_MARK

    def sha256(self) -> str:
        """The hash of the file, in hex."""
        digest = hashlib.sha256()
        with self._bytes() as file:
            while block := file.read(_BLOCK):
                digest.update(block)
        return digest.hexdigest()

    def header_sha256(self) -> str:
        """The hash of the names of the columns, by which tables of one kind are known."""
        return hashlib.sha256("\n".join(self.header()).encode()).hexdigest()

    def header(self) -> list[str]:
        """The columns, folded, in the order of the file; '' for one without a name."""
        with self._lines() as lines:
            return self._read_header(lines)[0]

    def records(self) -> Iterator[Record]:
        """Yield the rows in the order of the file, one at a time.

        Raises ImportRefusedError where the file is no such table.
        """
        with self._lines() as lines:
            columns, reader, before = self._read_header(lines)
            for cells in reader:
                line = reader.line_num + before
                if any(cell.strip() for cell in cells):
                    yield Record(line, self._named(columns, cells, line))

    def _named(self, columns: list[str], cells: list[str], line: int) -> dict[str, str]:
        if len(cells) != len(columns):  # empty ones may stand in the middle, the others shifted
            raise ImportRefusedError(
                f"{self.name}: line {line} has {_count(len(cells), 'cell')}; "
                f"{len(columns)} are named in the header."
            )
        for place, (name, cell) in enumerate(zip(columns, cells, strict=True), start=1):
            if not name and cell.strip():
                raise ImportRefusedError(
                    f"{self.name}: line {line} has {cell[:40]!r} in column {place}, which has no "
                    "name in the header."
                )
        return {name: cell for name, cell in zip(columns, cells, strict=True) if name}

    def _read_header(self, lines: io.TextIOBase) -> tuple[list[str], Any, int]:
        """The columns, the reader that stands behind them, and how many lines were before it."""
        before, mark, first = 0, "", ""
        for line in iter(lines.readline, ""):
            found = _SEP_LINE.fullmatch(line.rstrip("\r\n")) if not mark else None
            if found is not None:
                mark = self._declared(found[1])
            elif line.strip(_BLANK):
                first = line
                break
            before += 1
        rest = itertools.chain([first], lines) if first else iter(())
        reader = csv.reader(rest, delimiter=mark or _separator_of(first), strict=True)
        names = next(reader, [])
        columns = [fold_column(name) for name in names]
        self._refuse_twice(columns, before + 1)
        return columns, reader, before

    def _declared(self, mark: str) -> str:
        if mark not in SEPARATORS:
            known = ", ".join(SEPARATORS.values())
            raise ImportRefusedError(
                f"{self.name}: line 1 declares the separator {mark!r}; known: {known}."
            )
        return mark

    def _refuse_twice(self, columns: list[str], line: int) -> None:
        for name, count in Counter(columns).items():
            if name and count > 1:
                places = [str(n) for n, one in enumerate(columns, start=1) if one == name]
                raise ImportRefusedError(
                    f"{self.name}: line {line} names the column {name} {count} times (columns "
                    f"{', '.join(places)}): name each once."
                )

    @contextmanager
    def _bytes(self) -> Iterator[BinaryIO]:
        if self.path is None:
            yield io.BytesIO(self.data)
            return
        if not self.path.is_file():
            what = "is a folder or a device" if self.path.exists() else "does not exist"
            raise ImportRefusedError(f"{self.path} {what}; give a file.")
        with self.path.open("rb") as file:
            yield file

    @contextmanager
    def _lines(self) -> Iterator[io.TextIOBase]:
        limit = csv.field_size_limit(CELL_CHARACTERS)
        try:
            with self._bytes() as file:
                self._refuse_other(file)
                yield io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        except UnicodeDecodeError as error:
            raise ImportRefusedError(
                f"{self.name}: byte {error.start} of a block (0x{error.object[error.start]:02x}) "
                "is not UTF-8: save the table as UTF-8."
            ) from None
        except csv.Error as error:
            raise ImportRefusedError(f"{self.name}: this is no CSV: {error}.") from None
        finally:
            csv.field_size_limit(limit)

    def _refuse_other(self, file: BinaryIO) -> None:
        first = file.read(4)
        file.seek(0)
        for start, words in _NO_CSV.items():
            if first.startswith(start):
                raise ImportRefusedError(f"{self.name} {words}.")


def fold_column(name: str) -> str:
    """The name of a column as columns are compared.

    >>> fold_column(" Claim-Ref ")
    'claim_ref'
    """
    return "_".join(name.replace("-", " ").replace("_", " ").split()).casefold()


def _separator_of(header: str) -> str:
    """The separator that makes the most cells of the header; commas where none makes more."""
    return max(SEPARATORS, key=lambda mark: len(next(csv.reader([header], delimiter=mark), [])))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
