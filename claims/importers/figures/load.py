"""The tidy table back in: its rows become draft claims again, a claim a transaction."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import DataError, IntegrityError, transaction

from claims.domain.documents import decimal_literal
from claims.domain.likeness import LikelyRow
from claims.domain.names import fold_name
from claims.domain.quantity import FigureError
from claims.domain.tidy import COLUMNS, PLACE_COLUMNS, csv_line, tidy_row
from claims.errors import PermissionMissingError, RefusalError
from claims.importers.figures.record import ImportFile, ImportRecord
from claims.importers.figures.rows import FigureDesk, answer_of, row_terms
from claims.importers.figures.table import NUMBERS, FigureTable, RejectedRow, TableRow
from claims.models import Assertion, Claim, ImportedTable
from claims.workflow.acts import act
from claims.workflow.candidate import document_of
from claims.workflow.claims import draft_claim
from claims.workflow.evidence import add_assertion
from claims.workflow.identity import find_claim
from claims.workflow.relation_proposals import propose_relations

REASON: Final = "Imported from a table of figures."
# What the receiving factbase gives itself, and what it derives from its own desk.
ASSIGNED: Final = frozenset(
    {"claim_ref", "claim_version", "subject_ref", "figure_ref", "source_ref", "dispute_refs"}
    | {"updated", "contention", "severity", "said_by", "origin"}
)
KEPT: Final = tuple(name for name in COLUMNS if name not in ASSIGNED)
# What is asked, the same for all rows of a claim.
_ASKED: Final = (
    *("question", "subject", "event_date", "measure", "unit", "population"),
    *("aggregation", "as_of", *PLACE_COLUMNS),
)
_STATED: Final = tuple(name for name in KEPT if name not in ("words", "kind", *_ASKED))
# Fields of the desk that the table calls otherwise.
_COLUMN_OF: Final = {
    "edtf": "date",
    "issued": "published",
    "name": "speaker",
    "title": "source_title",
    "source": "source_title",
    "url": "source_url",
    "wikidata_id": "subject_wikidata_qid",
}


@dataclass(slots=True)
class ImportedClaim:
    """What became of the rows of one claim; ``made`` are the statements that were added."""

    claim: Claim | None = None
    is_new: bool = False
    known: int = 0
    asked: int = 0
    made: list[Assertion] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)

    @property
    def added(self) -> int:
        return len(self.made)


def import_table(
    table: FigureTable, *, by: User, reason: str = REASON, held: ImportedTable | None = None
) -> Iterator[ImportedClaim]:
    """Import the table's claims in their order; yield each when it is committed.

    A row that breaks a rule is rejected and named; the other rows of its claim are kept. A row
    that the desk holds already adds nothing. What was added is noted, so that it can be undone,
    with ``held`` when the table was uploaded.
    """
    run = _Import(table, by, reason, held)
    for _, rows in groupby(table.rows(), key=lambda row: row.claim_key):
        yield run.claim(list(rows))
    run.record.finish(table.empty)


class _Import:
    """One import at work: the registers that it uses, and its record."""

    def __init__(
        self, table: FigureTable, by: User, reason: str, held: ImportedTable | None
    ) -> None:
        self.by, self.reason = by, reason
        self.desk = FigureDesk(table, by=by, reason=reason)
        self.record = ImportRecord(_file_of(table), by=by, reason=reason, held=held)

    @property
    def signed(self) -> dict[str, Any]:
        return {"by": self.by, "reason": self.reason}

    def claim(self, rows: Sequence[TableRow]) -> ImportedClaim:
        """Import the rows of one claim; all that is good of them, or nothing."""
        done = ImportedClaim()
        good = []
        for row in rows:
            fault = row.fault() or _strays(row, rows[0])
            if fault is not None:
                done.rejected.append(fault)
            else:
                good.append(row)
        if good:
            done = self._kept(good, done)
        self.record.count(done.known, done.rejected)
        return done

    def _kept(self, good: list[TableRow], done: ImportedClaim) -> ImportedClaim:
        faulty = list(done.rejected)
        try:
            with transaction.atomic(), act("import_figures", **self.signed):
                before = self.desk.registers.asked
                self.desk.expect(good)
                self._draft(good, done)
                if done.claim is not None and done.made:
                    propose_relations([done.claim])
                    self.record.note(done.made, is_new=done.is_new)
                    done.asked = self.desk.registers.asked - before
                else:  # no question without an answer, nor what it would be about
                    transaction.set_rollback(True)
                    done.claim = None if done.is_new else done.claim
                    done.is_new = False
        except PermissionMissingError:
            raise
        except (RefusalError, DataError, IntegrityError) as error:
            self.record.forget()
            return ImportedClaim(rejected=faulty + [_refused(row, error) for row in good])
        return done

    def _draft(self, rows: list[TableRow], done: ImportedClaim) -> None:
        terms = row_terms(rows[0], self.desk)
        question = rows[0]["question"].strip()
        match = find_claim(terms, question)
        found = match.row
        if found is None and match.candidates:
            done.rejected += [_unsure(row, match.candidates[0]) for row in rows]
            return
        if found is not None and fold_name(found.question) != fold_name(question):
            rule = f"{found.ref} asks this of the same subject in other words"
            done.rejected += [
                RejectedRow(row.line, "question", row["question"][:200], rule) for row in rows
            ]
            return
        done.is_new = found is None
        done.claim = claim = found or draft_claim(question=question, **terms, **self.signed)
        held = set() if done.is_new else set(held_rows(claim))
        for row in rows:
            mine = stated(self.desk.resolved(row))
            if mine in held:
                done.known += 1
            elif self._add(row, claim, done):
                held.add(stated(self.desk.resolved(row)))

    def _add(self, row: TableRow, claim: Claim, done: ImportedClaim) -> bool:
        try:
            with transaction.atomic():
                answer = answer_of(row, self.desk)
                done.made.append(add_assertion(claim=claim, **self.signed, **answer))
        except PermissionMissingError:
            raise
        except (RefusalError, FigureError, DataError, IntegrityError) as error:
            done.rejected.append(_refused(row, error))
            return False
        return True


def _file_of(table: FigureTable) -> ImportFile:
    mapping = table.mapping.text if table.mapping is not None else ""
    sheet = table.sheet
    return ImportFile(sheet.name, sheet.sha256(), sheet.header_sha256(), mapping)


def _unsure(row: TableRow, likely: LikelyRow[Claim]) -> RejectedRow:
    """Name the claim that probably asks the same, rather than split it without a word."""
    claim, column = likely.row, likely.why.split(", ")[0]
    value = claim.subject.when if column == "event_date" else getattr(claim, column)
    rule = f"{claim.ref} asks the same with {value!r}; write it so, or ask in other words"
    return RejectedRow(row.line, column, row[column][:200], rule)


def held_rows(claim: Claim) -> list[tuple[str, ...]]:
    """Return what the desk would export of each assertion of the claim."""
    document = document_of(claim)
    lines = [csv_line(tidy_row(document, figure)) for figure in document["figures"]]
    return [stated(dict(zip(COLUMNS, next(csv.reader([line])), strict=True))) for line in lines]


def stated(cells: dict[str, str]) -> tuple[str, ...]:
    """What makes two rows of a claim the same statement, numbers in one spelling."""
    return tuple(
        decimal_literal(Decimal(cells[name]))
        if name in NUMBERS and cells[name]
        else cells[name].strip()
        for name in _STATED
    )


def _strays(row: TableRow, first: TableRow) -> RejectedRow | None:
    """Rows of one claim ask one question."""
    for name in ("question", "subject", "event_date", "measure", "unit", "population"):
        if row[name] != first[name]:
            rule = f"differs from line {first.line} of the same claim"
            return RejectedRow(row.line, name, row[name][:200], rule)
    return None


def _refused(row: TableRow, error: Exception) -> RejectedRow:
    """Name the column when the refusal names a field that is one, all numbers for one of them."""
    name = getattr(error, "field", "")
    column = _COLUMN_OF.get(name, name if name in COLUMNS else "")
    words = " ".join(str(error).split())
    filled = [one for one in NUMBERS if row[one]]
    if column in NUMBERS and filled:
        given = ", ".join(row[one] for one in filled)
        return RejectedRow(row.line, ", ".join(filled), given[:200], words)
    return RejectedRow(row.line, column or "row", row[column][:200] if column else "", words)
