"""Draw the index rows of published documents again, and write those that differ."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from claims.models import ClaimVersion
from claims.models.findable import findable_tables
from claims.querysets.full_text import refill_full_text
from claims.workflow.rebuilding import RebuildTally, rebuild_index

REJECTED = 3
EVERY_SECONDS = 15.0


class Command(BaseCommand):
    """``rebuild_index [--dry-run]``: doing it twice, or again after a stop, changes nothing."""

    help = (
        "Compare the rows that lists and pages read with the documents that were published, and "
        "write those that differ; then index their words again. "
        "Exit code 0 when all are right now, 3 when a version's rows "
        "could not be drawn, 1 when it was stopped; what is done is kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="count what differs and write nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        mended: Counter[tuple[str, str]] = Counter()
        refused = 0
        try:
            for step in self._followed(dry_run=options["dry_run"]):
                mended += step.mended
                refused += len(step.refused)
                for sentence in step.refused:
                    self.stderr.write(sentence)
        except KeyboardInterrupt:
            raise CommandError("Stopped. What is done is kept; run it again to go on.") from None
        for (table, what), rows in sorted(mended.items()):
            self.stdout.write(f"{table}: {rows:,} {what}")
        if not options["dry_run"]:
            refill_full_text(connection, findable_tables())
        done = "differ; nothing was written" if options["dry_run"] else "written"
        self.stderr.write(f"{mended.total():,} rows {done}, {refused:,} faults left.")
        if refused:
            sys.exit(REJECTED)

    def _followed(self, *, dry_run: bool) -> Any:
        """The steps, with a word on how far they are now and then."""
        total, read, told = ClaimVersion.objects.count(), 0, time.monotonic()
        step: RebuildTally
        for step in rebuild_index(dry_run=dry_run):
            read += step.versions
            if time.monotonic() - told > EVERY_SECONDS:
                told = time.monotonic()
                self.stderr.write(f"{read:,} of {total:,} versions")
            yield step
