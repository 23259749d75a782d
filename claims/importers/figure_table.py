"""The tidy table as a CSV file: its rows typed, its faults named by line, column and value."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from claims.choices import Aggregation, PartyKind, Stance, ValueKind
from claims.domain.currencies import is_currency
from claims.domain.dates import EdtfError, parse_edtf
from claims.domain.tidy import COLUMNS, PLACE_COLUMNS
from claims.errors import ImportRefusedError

CELL_CHARACTERS: Final = 100_000
NUMBERS: Final = ("point", "low", "high")
LATER: Final = frozenset({"said_by", "origin", *PLACE_COLUMNS})  # columns that older tables lack
FLAGS: Final = ("low_strict", "high_strict", "high_open", "approximate", "citation_needed")
_DATES: Final = ("event_date", "date", "as_of", "published", "asserted_on")
_NEEDED: Final = ("claim_ref", "question", "subject", "measure", "stance", "kind")
_WORDS: Final = {
    "stance": tuple(Stance.values),
    "aggregation": tuple(Aggregation.values),
    "speaker_kind": ("", *PartyKind.values),
    "status": ("live", "withdrawn", "rejected"),
    **dict.fromkeys(FLAGS, ("true", "false")),
    "boolean": ("", "true", "false"),
}
_SILENT: Final = ("denial", "unknown", "none")  # kinds that tell nothing of the measure


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that was not imported; ``line`` is the line of the file on which it ends."""

    line: int
    column: str
    value: str
    rule: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row as it stands in the file."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def number(self, column: str) -> Decimal | None:
        """Return the number in the column; None when there is none."""
        return Decimal(self[column]) if self[column] else None

    def fault(self) -> RejectedRow | None:
        """Return the first cell that breaks a rule, None when all are in order."""
        for column, check in _CHECKS:
            rule = check(column, self[column])
            if rule:
                return RejectedRow(self.line, column, self[column][:200], rule)
        return None


@dataclass(slots=True)
class MeasureSeen:
    """What the whole table says of a measure: the kind of its values, whether all are whole."""

    value_kind: str = ""
    is_count: bool = True


@dataclass(slots=True)
class FigureTable:
    """A table that is one: UTF-8, its columns, rows of the right width."""

    path: Path
    measures: dict[str, MeasureSeen] = field(default_factory=dict)

    def rows(self) -> Iterator[TableRow]:
        """Yield the rows in the order of the file, one at a time.

        Raises ImportRefusedError where the file is no such table.
        """
        with _opened(self.path) as lines:
            reader = csv.reader(lines, strict=True)
            columns = self._columns(next(reader, []))
            for cells in reader:
                if len(cells) != len(columns):
                    raise ImportRefusedError(
                        f"{self.path.name}: line {reader.line_num} has {len(cells)} cells; "
                        f"{len(columns)} are named in the first line."
                    )
                named = dict(zip(columns, cells, strict=True))
                yield TableRow(reader.line_num, {name: named.get(name, "") for name in COLUMNS})

    def survey(self) -> int:
        """Read the table once from end to end; note its measures; return how many rows it has."""
        count = 0
        for row in self.rows():
            count += 1
            seen = self.measures.setdefault(row["measure"], MeasureSeen())
            if row["kind"] not in _SILENT:
                seen.value_kind = seen.value_kind or _value_kind(row)
            seen.is_count = seen.is_count and all(is_whole(row[name]) for name in NUMBERS)
        return count

    def _columns(self, found: list[str]) -> list[str]:
        missing = [name for name in COLUMNS if name not in found and name not in LATER]
        if missing:
            raise ImportRefusedError(
                f"{self.path.name}: line 1 lacks the column {missing[0]}: this is not the table "
                "that export_claims --format csv writes."
            )
        return found


def _value_kind(row: TableRow) -> str:
    """What the row's answer is: its kind says so, unless that is how a figure is stated."""
    if row["kind"] in ValueKind.values:
        return row["kind"]
    return ValueKind.MONEY if is_amount(row["unit"], row["words"]) else ValueKind.QUANTITY


def is_amount(unit: str, words: str) -> bool:
    """Whether a figure is an amount of money: its words, if there are any, name the currency.

    A quantity may be counted in USD too; the words that an export gives it do not say so.
    """
    return is_currency(unit.strip()) and (not words or words.endswith(f" {unit.strip()}"))


def is_whole(cell: str) -> bool:
    """Whether the cell is empty or a whole number."""
    try:
        return not cell or Decimal(cell) == Decimal(cell).to_integral_value()
    except (InvalidOperation, ValueError):
        return True  # no number at all: another rule names it


@contextmanager
def _opened(path: Path) -> Iterator[Iterable[str]]:
    if not path.is_file():
        what = "is a folder or a device" if path.exists() else "does not exist"
        raise ImportRefusedError(f"{path} {what}; give a file.")
    limit = csv.field_size_limit(CELL_CHARACTERS)
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            yield lines
    except UnicodeDecodeError as error:
        raise ImportRefusedError(
            f"{path.name}: byte {error.start} of a block (0x{error.object[error.start]:02x}) is "
            "not UTF-8: save the table as UTF-8."
        ) from None
    except csv.Error as error:
        raise ImportRefusedError(f"{path.name}: this is no CSV: {error}.") from None
    finally:
        csv.field_size_limit(limit)


def is_written(cell: str) -> bool:
    """Whether the cell is written in the digits 0 to 9; Python reads others, and underscores."""
    return cell.isascii() and "_" not in cell


def _check_needed(column: str, cell: str) -> str:
    return "" if cell.strip() else "must not be empty"


def _check_words(column: str, cell: str) -> str:
    known = _WORDS[column]
    return "" if cell in known else f"is one of {', '.join(word or 'empty' for word in known)}"


def _check_number(column: str, cell: str) -> str:
    try:
        fine = not cell or (is_written(cell) and Decimal(cell).is_finite())
    except (InvalidOperation, ValueError):
        fine = False
    return "" if fine else "is no number"


def _check_date(column: str, cell: str) -> str:
    try:
        if cell:
            parse_edtf(cell)
    except EdtfError as error:
        return f"is no EDTF date: {error}"
    return ""


_CHECKS: Final[tuple[tuple[str, Any], ...]] = (
    *((name, _check_needed) for name in _NEEDED),
    *((name, _check_words) for name in _WORDS),
    *((name, _check_number) for name in NUMBERS),
    *((name, _check_date) for name in _DATES),
)
