"""A table that somebody uploads: kept while it waits, tried out, then imported or dropped."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction

from claims.errors import ImportRefusedError
from claims.importers.figures.load import ImportedClaim, import_table
from claims.importers.figures.mapping_file import read_mapping
from claims.importers.figures.sheet import Sheet
from claims.importers.figures.suggest import is_tidy, suggest_mapping
from claims.importers.figures.table import FigureTable, RejectedRow, TableRow
from claims.models import ImportedTable
from claims.workflow.tables import begin_table, start_table

REASON: Final = "Uploaded on the desk."
MOST_ROWS: Final = 500  # that one request takes in
SHOWN_ROWS: Final = 12
SHOWN_FAULTS: Final = 100
NAME: Final = "mapping"


@dataclass(slots=True)
class Trial:
    """What an import would do: the first rows as they come in, and what is rejected."""

    rows: list[TableRow] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    drafted: int = 0
    added: int = 0
    known: int = 0
    empty: int = 0
    rejected: int = 0
    faults: list[RejectedRow] = field(default_factory=list)

    def count(self, done: ImportedClaim) -> None:
        self.drafted += done.is_new
        self.added += done.added
        self.known += done.known
        self.rejected += len(done.rejected)
        self.faults += done.rejected[: max(SHOWN_FAULTS - len(self.faults), 0)]


def keep_table(data: bytes, *, file_name: str, by: User) -> ImportedTable:
    """Keep an uploaded table while it waits; refuse what is no table, or too long for the desk."""
    sheet = Sheet(file_name, data=data)
    count = sum(1 for _ in sheet.records())
    if not count:
        raise ImportRefusedError(f"{file_name} has no rows.", field="file")
    if count > MOST_ROWS:
        raise ImportRefusedError(
            f"{file_name} has {count:,} rows; the desk takes {MOST_ROWS} at once: split it, or use "
            "the command import_figures.",
            field="file",
        )
    header = sheet.header_sha256()
    return start_table(
        by=by,
        reason=REASON,
        file_name=file_name,
        file_sha256=sheet.sha256(),
        header=header,
        mapping=proposed_mapping(sheet),
        content=data.decode("utf-8"),
    )


def proposed_mapping(sheet: Sheet) -> str:
    """The mapping that such a table came in with last, else a suggested one; '' for a tidy one."""
    known = ImportedTable.objects.mapping_of(sheet.header_sha256())
    return known or ("" if is_tidy(sheet) else suggest_mapping(sheet))


def try_table(held: ImportedTable, *, by: User, mapping: str, excel: bool | None) -> Trial:
    """Import a table that waits and undo it at once; say what would come of it."""
    with transaction.atomic():
        trial = _take_in(held, by=by, mapping=mapping, excel=excel, reason=REASON)
        transaction.set_rollback(True)
    return trial


def take_in_table(
    held: ImportedTable, *, by: User, mapping: str, excel: bool | None, reason: str
) -> Trial:
    """Import a table that waits; its rows become drafts."""
    with transaction.atomic():
        return _take_in(held, by=by, mapping=mapping, excel=excel, reason=reason)


def _take_in(
    held: ImportedTable, *, by: User, mapping: str, excel: bool | None, reason: str
) -> Trial:
    told = read_mapping(mapping, name=NAME) if mapping.strip() else None
    sheet = Sheet(held.run.file_name, data=held.content.encode())
    table = FigureTable(sheet, told, excel)
    trial = Trial(left_out=table.left_out)
    table.survey()
    trial.rows = [row for row, _ in zip(table.rows(), range(SHOWN_ROWS), strict=False)]
    begun = begin_table(table=held, by=by, reason=reason, mapping=told.text if told else "")
    for done in import_table(table, by=by, reason=reason, held=begun):
        trial.count(done)
    trial.empty = table.empty
    return trial
