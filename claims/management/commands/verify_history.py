"""Name every row that does not agree with its history, its hash or its version."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from claims.audit.findings import Report
from claims.audit.verification import verify_everything


class Command(BaseCommand):
    """``verify_history [--output table,json]``; exit code 1 when a row is bad."""

    help = (
        "Check that every row equals its newest history row, that the chains of digests and of "
        "versions hold, and that index rows say what is published."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--output", choices=("table", "json"), default="table", help="what to print"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        report = verify_everything()
        if options["output"] == "json":
            self.stdout.write(json.dumps(report.to_json(), indent=2))
        else:
            self._print(report)
        if report.bad:
            sys.exit(1)

    def _print(self, report: Report) -> None:
        for row in report.bad:
            self.stdout.write(f"{row.table} {row.id}: {row.what}")
        rows, tables = report.checked.total(), len(report.checked)
        self.stderr.write(f"{rows:,} rows of {tables} tables checked, {len(report.bad)} bad.")
