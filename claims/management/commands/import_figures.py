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

from claims.errors import ImportRefusedError, RefusalError
from claims.importers.accounts import importing_account
from claims.importers.figures.load import REASON, ImportedClaim, import_table
from claims.importers.figures.mapping import Mapping
from claims.importers.figures.mapping_file import MOST_BYTES, read_mapping
from claims.importers.figures.sheet import Sheet
from claims.importers.figures.table import FigureTable, RejectedRow

REJECTED = 3
EVERY_SECONDS = {True: 0.2, False: 15.0}  # on a terminal, elsewhere
EXCEL = {"excel": True, "plain": False, "auto": None}


class Command(BaseCommand):
    """``import_figures PATH [--map FILE] [--for KIND] [--as USER] [--dry-run] [--output KIND]``."""

    help = "Import a table of figures as drafts: that of export_claims, or any other with --map."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="PATH", help="the table, CSV in UTF-8")
        parser.add_argument("--map", dest="mapping", default="", help="TOML: how its columns map")
        parser.add_argument(
            "--for",
            dest="kind",
            choices=tuple(EXCEL),
            default="auto",
            help="whether ' before a formula was put there for a spreadsheet (excel) or is text",
        )
        parser.add_argument("--as", dest="username", default="", help="the account that signs")
        parser.add_argument("--dry-run", action="store_true", help="check it and store nothing")
        parser.add_argument(
            "--output", choices=("table", "json"), default="table", help="what to print"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            path = Path(options["path"])
            table = FigureTable(
                Sheet(path.name, path), mapping_at(options["mapping"]), EXCEL[options["kind"]]
            )
            rows = table.survey()
            self._name_left_out(table)
            with transaction.atomic() if options["dry_run"] else nullcontext():
                by = importing_account(options["username"])
                dealt = import_table(table, by=by, reason=REASON)
                summary = self._follow(table, rows, dealt)
                if options["dry_run"]:
                    transaction.set_rollback(True)
        except (RefusalError, OSError) as error:
            raise CommandError(" ".join(str(error).split())) from None
        if options["dry_run"]:
            self.stderr.write("Dry run: nothing was kept.")
        self._report(summary, options["output"])
        if summary["rejected"]:
            sys.exit(REJECTED)

    def _name_left_out(self, table: FigureTable) -> None:
        if table.left_out:
            self.stderr.write(f"{table.sheet.name}: left out: {', '.join(table.left_out)}")

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
        return {"file": table.sheet.name, "rows": rows, **counts, "empty": table.empty}

    def _complain(self, table: FigureTable, rejected: list[RejectedRow]) -> None:
        for row in rejected:
            self.stderr.write(
                f"{table.sheet.name}: line {row.line}: {row.column} {row.value!r} {row.rule}"
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


def mapping_at(path: str) -> Mapping | None:
    """The mapping in this file, None without one. Raises ImportRefusedError, OSError."""
    if not path:
        return None
    file = Path(path)
    if not file.is_file():
        raise ImportRefusedError(f"{path} is no file; give the mapping as TOML.")
    try:
        text = file.read_bytes()[: MOST_BYTES + 1].decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ImportRefusedError(f"{file.name} is not UTF-8.") from None
    return read_mapping(text, name=file.name, folder=file.parent)
