"""The record of an import at work: begun with its first statement or its end, counted then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction

from claims.importers.figures.table import RejectedRow
from claims.models import Assertion, ImportedTable
from claims.workflow.tables import finish_table, note_statements, start_table

KEPT_REJECTIONS: Final = 200


@dataclass(frozen=True, slots=True)
class ImportFile:
    """A file as its import is listed: name, SHA-256, that of its header, the mapping used."""

    file_name: str
    file_sha256: str
    header: str = ""
    mapping: str = ""


class ImportRecord:
    """Notes what one import adds, in the transactions that add it.

    A file that adds nothing is noted at its end: what was tried, and why nothing came of it.
    ``held`` is there already of an upload.
    """

    def __init__(
        self, file: ImportFile, *, by: User, reason: str, held: ImportedTable | None = None
    ) -> None:
        self._file, self._signed = file, {"by": by, "reason": reason}
        self.held, self._fresh = held, False
        self._known = 0
        self._rejected: list[RejectedRow] = []
        self._rejections = 0

    def note(self, made: Sequence[Assertion], *, is_new: bool) -> None:
        """Note what was added to a claim; call it in the transaction that does it."""
        signed: Any = self._signed
        if self.held is None:
            self.held, self._fresh = start_table(**asdict(self._file), **signed), True
        note_statements(table=self.held, assertions=made, drafted=is_new, **signed)

    def forget(self) -> None:
        """The transaction was undone, and the record with it if it began there."""
        if self._fresh:
            self.held, self._fresh = None, False

    def count(self, known: int, rejected: Sequence[RejectedRow]) -> None:
        """Count the other rows, once the transaction is committed."""
        self._fresh = False
        self._known += known
        self._rejections += len(rejected)
        self._rejected += rejected[: max(KEPT_REJECTIONS - len(self._rejected), 0)]

    def finish(self, empty: int = 0) -> None:
        """Note the counts, and the file when nothing of it was added."""
        signed: Any = self._signed
        with transaction.atomic():
            held = self.held or start_table(**asdict(self._file), **signed)
            finish_table(
                table=held,
                known=self._known,
                rejected=self._rejections,
                empty=empty,
                rejections=[asdict(row) for row in self._rejected],
                **signed,
            )
