"""Tables of a random life: imported, uploaded, dropped, undone."""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from claims.choices import TableOutcome
from claims.domain.tidy import COLUMNS
from claims.importers.figures.load import import_table
from claims.importers.figures.sheet import Sheet
from claims.importers.figures.table import FigureTable
from claims.importers.figures.uploads import keep_table, take_in_table
from claims.models import ImportedTable
from claims.workflow.tables import drop_table, undo_table
from tests.workflow.life import World, people, points, which

ROW = dict.fromkeys(COLUMNS, "") | {
    "claim_ref": "C1",
    "question": "How many fell?",
    "subject": "Flood",
    "stance": "asserts",
    "kind": "exact",
    "measure": "fallen",
    "aggregation": "event",
    "speaker": "Jane Holt",
    "speaker_kind": "person",
    "source_title": "Report",
    "citation_needed": "false",
    **dict.fromkeys(("low_strict", "high_strict", "high_open", "approximate"), "false"),
}


class LifeOfTables(World):
    """Rules for what comes in as a table."""

    def table(self, points_of: list[str], status: str) -> bytes:
        """The file that states these."""
        path = self.path()
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            for point in points_of:
                writer.writerow(ROW | {"point": point, "status": status})
        return path.read_bytes()

    @rule(
        by=people,
        points_of=st.lists(points, min_size=1, max_size=2),
        status=st.sampled_from(("live", "live", "rejected")),
    )
    def take_in_table(self, by, points_of, status) -> None:
        table = FigureTable(Sheet("figures.csv", data=self.table(points_of, status)))
        table.survey()
        read: Callable[..., Any] = lambda *, by: list(import_table(table, by=by))  # noqa: E731
        self.attempt(read, by)

    @rule(by=people, point=points)
    def upload_table(self, by, point) -> None:
        self.attempt(keep_table, by, data=self.table([point], "live"), file_name="figures.csv")

    @rule(by=people, number=which)
    def take_in_upload(self, by, number) -> None:
        held = self.uploaded(TableOutcome.WAITING, number)
        if held is not None:
            self.attempt(take_in_table, by, held=held, mapping="", excel=None)

    @rule(by=people, number=which)
    def drop_upload(self, by, number) -> None:
        held = self.uploaded(TableOutcome.WAITING, number)
        if held is not None:
            self.attempt(drop_table, by, table=held)

    @rule(by=people, number=which)
    def undo_import(self, by, number) -> None:
        held = self.uploaded(TableOutcome.IMPORTED, number)
        if held is not None:
            self.attempt(undo_table, by, table=held)

    def uploaded(self, outcome: str, number: int) -> ImportedTable | None:
        """One of the tables with this outcome."""
        found = list(ImportedTable.objects.filter(outcome=outcome).order_by("pk"))
        return found[number % len(found)] if found else None
