"""The tidy table: its rows typed, its faults named by line, column and value."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any, Final

from claims.choices import Aggregation, AssertionStatus, PartyKind, Stance, ValueKind
from claims.domain.currencies import is_currency
from claims.domain.dates import EdtfError, parse_edtf
from claims.domain.tidy import COLUMNS, is_armed, is_text, rearmed
from claims.errors import ImportRefusedError
from claims.importers.figures.mapping import Mapping, MappingError
from claims.importers.figures.sheet import Record, Sheet

NUMBERS: Final = ("point", "low", "high")
FLAGS: Final = ("low_strict", "high_strict", "high_open", "approximate", "citation_needed")
DATES: Final = ("event_date", "date", "as_of", "published", "asserted_on")
NEEDED: Final = ("question", "subject", "measure")
# Columns that hold the answer, and the kind of the measure that takes it.
ANSWERS: Final = {
    **dict.fromkeys((*NUMBERS, "vague_term"), ValueKind.QUANTITY),
    "date": ValueKind.DATE,
    "parties": ValueKind.PARTY,
    "boolean": ValueKind.BOOLEAN,
    "text": ValueKind.TEXT,
}
# What an empty cell, or a column that is not there, stands for.
_MEANT: Final = {
    "stance": Stance.ASSERTS.value,
    "aggregation": Aggregation.EVENT.value,
    "status": AssertionStatus.LIVE.value,
    **dict.fromkeys(FLAGS, "false"),
}
_WORDS: Final = {
    "stance": tuple(Stance.values),
    "aggregation": tuple(Aggregation.values),
    "speaker_kind": ("", *PartyKind.values),
    "status": tuple(AssertionStatus.values),
    **dict.fromkeys(FLAGS, ("true", "false")),
    "boolean": ("", "true", "false"),
}
_SILENT: Final = ("denial", "unknown", "none")  # kinds that tell nothing of the measure
_SCOPE: Final = (*("question", "subject", "event_date", "measure", "unit", "population"),
                 *("aggregation", "as_of"))  # fmt: skip
_REWRITTEN: Final = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|[^\W\d]{3,4}-\d\d")


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that was not imported; ``line`` is the line of the file on which it ends."""

    line: int
    column: str
    value: str
    rule: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row with all columns of the tidy table; ``refusal`` says why it cannot be made of it."""

    line: int
    cells: dict[str, str]
    refusal: RejectedRow | None = None

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    @property
    def claim_key(self) -> tuple[str, ...]:
        """The same for rows of one claim: its reference, else what is asked of what."""
        ref = self["claim_ref"].strip()
        return (ref,) if ref else tuple(self[name].strip() for name in _SCOPE)

    @property
    def has_answer(self) -> bool:
        """Whether a value is given, or the row says that none is known."""
        return self["kind"] in _SILENT or any(self[name].strip() for name in ANSWERS)

    @property
    def value_kind(self) -> str:
        """The kind of value that the row gives; '' when it gives none."""
        if self["kind"] in ValueKind.values:
            return self["kind"]
        found = [kind for name, kind in ANSWERS.items() if self[name].strip()]
        if self["kind"] in _SILENT or not found:
            return ""
        is_money = found[0] == ValueKind.QUANTITY and is_amount(self["unit"], self["words"])
        return str(ValueKind.MONEY if is_money else found[0])

    def number(self, column: str) -> Decimal | None:
        """Return the number in the column; None when there is none."""
        return Decimal(self[column]) if self[column] else None

    def fault(self) -> RejectedRow | None:
        """Return the first cell that breaks a rule, None when all are in order."""
        if self.refusal is not None:
            return self.refusal
        for column, check in _CHECKS:
            rule = check(column, self[column])
            if rule:
                return RejectedRow(self.line, column, self[column][:200], rule)
        return None


@dataclass(slots=True)
class MeasureSeen:
    """What the whole table says of a measure: the kind of its values, whether all may count."""

    value_kind: str = ""
    is_count: bool = True


@dataclass
class FigureTable:
    """A table of figures: the columns of the tidy table, or others that a mapping leads to them.

    ``excel`` says whether ``'`` stands before text that a spreadsheet would run as a formula, as
    export_claims --for excel writes it; None finds out.
    """

    sheet: Sheet
    mapping: Mapping | None = None
    excel: bool | None = None
    measures: dict[str, MeasureSeen] = field(default_factory=dict)
    empty: int = 0

    @cached_property
    def left_out(self) -> list[str]:
        """Columns of the file that nothing is made of.

        Raises ImportRefusedError when a needed one is missing, or one is misspelled.
        """
        found = [name for name in self.sheet.header() if name]
        if self.mapping is not None:
            used = self.mapping.check(self.sheet.name, found)
            return [name for name in found if name not in used]
        self._refuse_foreign(found)
        return [name for name in found if name not in COLUMNS]

    def rows(self) -> Iterator[TableRow]:
        """Yield the rows in the order of the file, one at a time.

        Raises ImportRefusedError where the file is no such table.
        """
        _ = self.left_out
        self.empty = 0
        for record in self.sheet.records():
            if self.mapping is None:
                cells = {name: record.cells.get(name, "") for name in COLUMNS}
                yield TableRow(record.line, self._normal(cells, record.line))
            else:
                yield from self._mapped(record, self.mapping)

    def survey(self) -> int:
        """Read the table once from end to end; note its measures; return how many rows it has."""
        count = 0
        for row in self.rows():
            count += 1
            seen = self.measures.setdefault(row["measure"].strip(), MeasureSeen())
            seen.value_kind = seen.value_kind or row.value_kind
            seen.is_count = seen.is_count and all(is_count_cell(row[name]) for name in NUMBERS)
        return count

    def _mapped(self, record: Record, mapping: Mapping) -> Iterator[TableRow]:
        for one in mapping.apply(record.cells):
            refusal = None
            if isinstance(one, MappingError):
                refusal = RejectedRow(record.line, one.column, one.value[:200], one.rule)
            named = {} if isinstance(one, MappingError) else one
            cells = {name: named.get(name, "") for name in COLUMNS}
            row = TableRow(record.line, self._normal(cells, record.line), refusal)
            if refusal is None and not row.has_answer:
                self.empty += 1
            else:
                yield row

    def _normal(self, cells: dict[str, str], line: int) -> dict[str, str]:
        """One spelling for what spreadsheets spell in several ways."""
        for name, cell in cells.items():
            if name in _WORDS:
                cells[name] = cell.strip().casefold() or _MEANT.get(name, "")
            elif name in NUMBERS or name in DATES or name == "kind":
                cells[name] = cell.strip()
            elif is_text(name) and is_armed(cell):
                cells[name] = self._rearmed(name, cell, line)
        return cells

    def _rearmed(self, name: str, cell: str, line: int) -> str:
        """The cell as it was before an export for a spreadsheet put ``'`` before it."""
        excel = self.sheet_is_for_excel if self.excel is None else self.excel
        if excel is None:
            raise ImportRefusedError(
                f"{self.sheet.name}: line {line}: {name} {cell[:40]!r} begins with ' before what a "
                "spreadsheet runs as a formula: say --for excel when an export for a spreadsheet "
                "put it there, --for plain when it belongs to the text."
            )
        return rearmed(cell) if excel else cell

    @cached_property
    def sheet_is_for_excel(self) -> bool | None:
        """True for a file with a byte order mark; None when that cannot be told."""
        return True if self.sheet.has_mark else None

    def _refuse_foreign(self, found: list[str]) -> None:
        for name in NEEDED:
            if name not in found:
                raise ImportRefusedError(
                    f"{self.sheet.name}: the header lacks the column {name}; needed are "
                    f"{', '.join(NEEDED)} and one of {', '.join(ANSWERS)}. {self._hint(found)}"
                )
        missing = [name for name in COLUMNS if name not in found]
        for name in found:
            near = difflib.get_close_matches(name, missing, n=1, cutoff=0.8)
            if name not in COLUMNS and near:
                raise ImportRefusedError(
                    f"{self.sheet.name}: the column {name} is unknown; is it {near[0]}?"
                )

    @staticmethod
    def _hint(found: list[str]) -> str:
        named = ", ".join(found[:8]) + (" …" if len(found) > 8 else "")
        return f"Found: {named or 'none'}. Other columns come in with a mapping (--map)."


def is_amount(unit: str, words: str) -> bool:
    """Whether a figure is an amount of money: its words, if there are any, name the currency.

    A quantity may be counted in USD too; the words that an export gives it do not say so.
    """
    return is_currency(unit.strip()) and (not words or words.endswith(f" {unit.strip()}"))


def is_count_cell(cell: str) -> bool:
    """Whether the cell is empty or a whole number of zero or more, as counts are."""
    try:
        return not cell or Decimal(cell) == abs(Decimal(cell)).to_integral_value()
    except (InvalidOperation, ValueError):
        return True  # no number at all: another rule names it


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
    if fine and "e" in cell.casefold():
        return "is shortened to a power of ten, as spreadsheets do: write all its digits"
    return "" if fine else "is no number"


def _check_date(column: str, cell: str) -> str:
    try:
        if cell:
            parse_edtf(cell)
    except EdtfError as error:
        turned = " (did a spreadsheet rewrite it?)" if _REWRITTEN.fullmatch(cell) else ""
        return f"is no EDTF date{turned}: {error}"
    return ""


_CHECKS: Final[tuple[tuple[str, Any], ...]] = (
    *((name, _check_needed) for name in NEEDED),
    *((name, _check_words) for name in _WORDS),
    *((name, _check_number) for name in NUMBERS),
    *((name, _check_date) for name in DATES),
)
