"""What commands have in common that draft claims from files of data."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand
from django.db import transaction

from claims.errors import RefusalError
from claims.importers.accounts import importing_account
from claims.importers.drafting import Drafted
from claims.importers.json_files import read_bytes

FAILED, REJECTED = 1, 3
COUNTS = ("claims_drafted", "claims_extended", "added", "known", "asked", "rejected")


class DataCommand(BaseCommand):
    """Drafts claims from each file, tells what came of it, and ends with the exit code.

    A file that cannot be read is named and the others are imported; the exit code is 1 then, and
    3 where statements were rejected.
    """

    def drafts(self, data: bytes, name: str, by: User) -> Iterator[Drafted]:
        """Draft what one file says; yield each claim when it is committed."""
        raise NotImplementedError

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", metavar="FILE", nargs="+")
        parser.add_argument("--as", dest="username", default="", help="the account that signs")
        parser.add_argument("--dry-run", action="store_true", help="check them and store nothing")
        parser.add_argument(
            "--output", choices=("table", "json"), default="table", help="what to print"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        counts: Counter[str] = Counter(dict.fromkeys(("files", *COUNTS), 0))
        code = 0
        with transaction.atomic() if options["dry_run"] else nullcontext():
            for path in map(Path, options["paths"]):
                try:
                    for name, count in self._import(path, options["username"]).items():
                        counts[name] += count
                except (RefusalError, OSError) as error:
                    self.stderr.write(" ".join(str(error).split()))
                    code = FAILED
            if options["dry_run"]:
                transaction.set_rollback(True)
        if options["dry_run"]:
            self.stderr.write("Dry run: nothing was kept.")
        self._report(counts, options["output"])
        code = code or (REJECTED if counts["rejected"] else 0)
        if code:
            sys.exit(code)

    def _import(self, path: Path, username: str) -> Counter[str]:
        by = importing_account(username)
        counts = Counter({"files": 1})
        for done in self.drafts(read_bytes(path), path.name, by):
            counts["claims_drafted"] += done.is_new
            counts["claims_extended"] += bool(done.made) and not done.is_new
            counts["added"] += len(done.made)
            counts["known"] += done.known
            counts["asked"] += done.asked
            counts["rejected"] += len(done.rejected)
            for row in done.rejected:
                self.stderr.write(f"{path.name}: {row.line}: {row.column}: {row.rule}")
        return counts

    def _report(self, counts: Counter[str], output: str) -> None:
        if output == "json":
            self.stdout.write(json.dumps(counts))
            return
        for name, value in counts.items():
            self.stdout.write(f"{name.replace('_', ' '):<16} {value:>10,}")
