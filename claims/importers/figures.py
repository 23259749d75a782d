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

from claims.choices import AssertionStatus
from claims.domain.documents import decimal_literal
from claims.domain.figures import FigureError
from claims.domain.likeness import Candidate
from claims.domain.tidy import COLUMNS, csv_line, tidy_row
from claims.errors import PermissionMissingError, RefusalError
from claims.importers.figure_rows import FigureDesk, answer_of, terms_of
from claims.importers.figure_table import NUMBERS, FigureTable, RejectedRow, TableRow
from claims.models import Claim
from claims.workflow.acts import act
from claims.workflow.candidate import document_of
from claims.workflow.claims import draft_claim
from claims.workflow.evidence import add_assertion, reject_assertion, withdraw_assertion
from claims.workflow.identity import find_claim
from claims.workflow.relation_proposals import propose_relations

REASON: Final = "Imported from a table of figures."
# What the receiving factbase gives itself, and what it derives from its own desk.
ASSIGNED: Final = frozenset(
    {"claim_ref", "claim_version", "subject_ref", "figure_ref", "source_ref", "dispute_refs"}
    | {"updated", "contention", "severity", "said_by", "origin"}
)
KEPT: Final = tuple(name for name in COLUMNS if name not in ASSIGNED)
_STATED: Final = tuple(name for name in KEPT if name not in ("words", "kind"))
# Fields of the desk that the table calls otherwise.
_COLUMN_OF: Final = {
    "edtf": "date",
    "issued": "published",
    "name": "speaker",
    "title": "source_title",
    "source": "source_title",
    "url": "source_url",
}
_ENDED: Final = {
    AssertionStatus.WITHDRAWN.value: withdraw_assertion,
    AssertionStatus.REJECTED.value: reject_assertion,
}


@dataclass(slots=True)
class ImportedClaim:
    """What became of the rows of one claim."""

    claim: Claim | None = None
    is_new: bool = False
    added: int = 0
    known: int = 0
    asked: int = 0
    rejected: list[RejectedRow] = field(default_factory=list)


def import_table(table: FigureTable, *, by: User) -> Iterator[ImportedClaim]:
    """Import the table's claims in their order; yield each when it is committed.

    A row that breaks a rule is rejected and named; the other rows of its claim are kept. A row
    that the desk holds already adds nothing.
    """
    desk = FigureDesk(table, by=by, reason=REASON)
    for _, rows in groupby(table.rows(), key=lambda row: row["claim_ref"]):
        yield _import_claim(list(rows), desk, by)


def _import_claim(rows: Sequence[TableRow], desk: FigureDesk, by: User) -> ImportedClaim:
    done = ImportedClaim()
    good = []
    for row in rows:
        fault = row.fault() or _strays(row, rows[0])
        if fault is not None:
            done.rejected.append(fault)
        else:
            good.append(row)
    if not good:
        return done
    try:
        with transaction.atomic(), act("import_figures", by=by, reason=REASON):
            before = desk.asked
            _draft(good, desk, by, done)
            if done.added and done.claim is not None:
                propose_relations([done.claim])
            done.asked = desk.asked - before
            if not done.added:  # no question without an answer, nor what it would be about
                transaction.set_rollback(True)
                done.claim = None if done.is_new else done.claim
                done.is_new, done.asked = False, 0
    except PermissionMissingError:
        raise
    except (RefusalError, DataError, IntegrityError) as error:
        done = ImportedClaim(rejected=done.rejected)
        done.rejected += [_refused(row, error) for row in good]
    return done


def _draft(rows: list[TableRow], desk: FigureDesk, by: User, done: ImportedClaim) -> None:
    terms = terms_of(rows[0], desk)
    question = rows[0]["question"].strip()
    match = find_claim(terms, question)
    found = match.row
    if found is None and match.candidates:
        done.rejected += [_unsure(row, match.candidates[0]) for row in rows]
        return
    if found is not None and found.question != question:
        rule = f"{found.ref} asks this of the same subject in other words"
        done.rejected += [
            RejectedRow(row.line, "question", row["question"][:200], rule) for row in rows
        ]
        return
    done.is_new = found is None
    signed: dict[str, Any] = {"by": by, "reason": REASON}
    done.claim = claim = found or draft_claim(question=question, **terms, **signed)
    held = set() if done.is_new else set(held_rows(claim))
    for row in rows:
        mine = stated(desk.resolved(row))
        if mine in held:
            done.known += 1
        elif _add(row, claim, desk, by, done):
            held.add(stated(desk.resolved(row)))


def _unsure(row: TableRow, likely: Candidate[Claim]) -> RejectedRow:
    """Name the claim that probably asks the same, rather than split it without a word."""
    claim, column = likely.row, likely.why.split(", ")[0]
    value = claim.subject.when if column == "event_date" else getattr(claim, column)
    rule = f"{claim.ref} asks the same with {value!r}; write it so, or ask in other words"
    return RejectedRow(row.line, column, row[column][:200], rule)


def _add(row: TableRow, claim: Claim, desk: FigureDesk, by: User, done: ImportedClaim) -> bool:
    """Add the row's statement; whether it went in."""
    try:
        with transaction.atomic():
            answer = answer_of(row, desk)
            assertion = add_assertion(claim=claim, by=by, reason=REASON, **answer)
            if row["status"] in _ENDED:
                _ENDED[row["status"]](assertion=assertion, by=by, reason=REASON)
            done.added += 1
    except PermissionMissingError:
        raise
    except (RefusalError, FigureError, DataError, IntegrityError) as error:
        done.rejected.append(_refused(row, error))
        return False
    return True


def held_rows(claim: Claim) -> list[tuple[str, ...]]:
    """Return what the desk would export of each assertion of the claim."""
    document = document_of(claim)
    lines = [csv_line(tidy_row(document, figure)) for figure in document["figures"]]
    return [stated(dict(zip(COLUMNS, next(csv.reader([line])), strict=True))) for line in lines]


def stated(cells: dict[str, str]) -> tuple[str, ...]:
    """What makes two rows the same statement, numbers in one spelling."""
    return tuple(
        decimal_literal(Decimal(cells[name])) if name in NUMBERS and cells[name] else cells[name]
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
    """Name the column when the refusal names a field that is one."""
    name = getattr(error, "field", "")
    column = _COLUMN_OF.get(name, name if name in COLUMNS else "")
    words = " ".join(str(error).split())
    return RejectedRow(row.line, column or "row", row[column][:200] if column else "", words)
