"""Import a table of figures as draft claims; publishes nothing."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from claims.errors import RefusalError
from claims.importers.accounts import importing_account
from claims.importers.figure_table import FigureTable, RejectedRow
from claims.importers.figures import ImportedClaim, import_table

REJECTED = 3
EVERY_SECONDS = {True: 0.2, False: 15.0}  # on a terminal, elsewhere


class Command(BaseCommand):
    """``import_figures PATH [--as USER] [--dry-run] [--output table,json]``."""

    help = "Import the table that export_claims --format csv writes, as drafts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="PATH", help="the table, CSV in UTF-8")
        parser.add_argument("--as", dest="username", default="", help="the account that signs")
        parser.add_argument("--dry-run", action="store_true", help="check it and store nothing")
        parser.add_argument(
            "--output", choices=("table", "json"), default="table", help="what to print"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        table = FigureTable(Path(options["path"]))
        try:
            rows = table.survey()
            with transaction.atomic() if options["dry_run"] else nullcontext():
                by = importing_account(options["username"])
                summary = self._follow(table, rows, import_table(table, by=by))
                if options["dry_run"]:
                    transaction.set_rollback(True)
        except (RefusalError, OSError) as error:
            raise CommandError(" ".join(str(error).split())) from None
        if options["dry_run"]:
            self.stderr.write("Dry run: nothing was kept.")
        self._report(summary, options["output"])
        if summary["rejected"]:
            sys.exit(REJECTED)

    def _follow(
        self, table: FigureTable, rows: int, dealt: Iterator[ImportedClaim]
    ) -> dict[str, Any]:
        names = ("claims_drafted", "claims_extended", "added", "known", "asked", "rejected")
        counts, told = dict.fromkeys(names, 0), 0.0
        for done in dealt:
            counts["claims_drafted"] += done.is_new
            counts["claims_extended"] += bool(done.added) and not done.is_new
            counts["added"] += done.added
            counts["known"] += done.known
            counts["asked"] += done.asked
            counts["rejected"] += len(done.rejected)
            self._complain(table, done.rejected)
            if time.monotonic() - told > EVERY_SECONDS[self.stderr.isatty()]:
                told = time.monotonic()
                dealt_with = counts["added"] + counts["known"] + counts["rejected"]
                self._tell(f"{dealt_with:,} of {rows:,} rows")
        self._tell("")
        return {"file": table.path.name, "rows": rows, **counts}

    def _complain(self, table: FigureTable, rejected: list[RejectedRow]) -> None:
        for row in rejected:
            self.stderr.write(
                f"{table.path.name}: line {row.line}: {row.column} {row.value!r} {row.rule}"
            )

    def _tell(self, words: str) -> None:
        """Keep one line up to date on a terminal; elsewhere write a line now and then."""
        if self.stderr.isatty():
            self.stderr.write(f"\r\x1b[K{words}", ending="", style_func=str)
        elif words:
            self.stderr.write(words)

    def _report(self, summary: dict[str, Any], output: str) -> None:
        if output == "json":
            self.stdout.write(json.dumps(summary, ensure_ascii=False))
            return
        for name, value in summary.items():
            shown = f"{value:>10,}" if isinstance(value, int) else value
            self.stdout.write(f"{name.replace('_', ' '):<16} {shown}")
