"""Name every row that does not agree with its history, its hash or its version."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.audit.findings import Report
from claims.audit.kept import Promise, read_promises
from claims.audit.verification import verify_everything
from claims.domain.notes import VerifierKey
from claims.errors import RefusalError
from claims.workflow.log_key import verifier_keys


class Command(BaseCommand):
    """``verify_history [--checkpoint FILE] [--output table,json]``; exit 1 when a row is bad."""

    help = (
        "Check that every row equals its newest history row, that the chains of digests and of "
        "versions hold, that index rows say what is published, and that the log covers it all."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--output", choices=("table", "json"), default="table", help="what to print"
        )
        parser.add_argument(
            "--checkpoint", metavar="FILE", help="checkpoints kept elsewhere; the log must extend"
        )
        parser.add_argument("--key", help="the public key of the log, when it is not this site's")

    def handle(self, *args: Any, **options: Any) -> None:
        report = verify_everything(self._kept(options))
        if options["output"] == "json":
            self.stdout.write(json.dumps(report.to_json(), indent=2))
        else:
            self._print(report)
        if report.bad:
            sys.exit(1)

    def _kept(self, options: dict[str, Any]) -> list[Promise]:
        """The checkpoints of the file; exit 2 when it holds none that the key has signed."""
        if not options["checkpoint"]:
            return []
        try:
            keys = [VerifierKey.parse(options["key"])] if options["key"] else verifier_keys()
            return read_promises(Path(options["checkpoint"]), keys)
        except (RefusalError, OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error), returncode=2) from error

    def _print(self, report: Report) -> None:
        for row in report.bad:
            self.stdout.write(f"{row.table} {row.id}: {row.what}")
        for note in report.notes:
            self.stderr.write(note)
        rows, tables = report.checked.total(), len(report.checked)
        self.stderr.write(f"{rows:,} rows of {tables} tables checked, {len(report.bad)} bad.")
