"""Looks for rows that may be one, and asks people about them."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.errors import RefusalError
from claims.management.merging import signing_account
from claims.workflow.duplicates import NOUNS, pairs, propose

EVERY_SECONDS = 2
REASON = "Found by looking for duplicates."


class Command(BaseCommand):
    """``find_duplicates --as USER [NOUN …]``: pairs for the list of questions on the desk."""

    help = (
        "Look for parties, sources, subjects, measures and claims that may be one, and put each "
        "pair on the list of questions on the desk. What people answered before is not asked again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("nouns", nargs="*", metavar="NOUN", help=f"of {', '.join(NOUNS)}")
        parser.add_argument("--as", dest="username", required=True, help="the account that asks")
        parser.add_argument("--dry-run", action="store_true", help="name the pairs and ask nothing")
        parser.add_argument(
            "--output", choices=("table", "json"), default="table", help="what to print"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        nouns = options["nouns"] or list(NOUNS)
        unknown = [noun for noun in nouns if noun not in NOUNS]
        if unknown:
            raise CommandError(f"{unknown[0]!r} is none of {', '.join(NOUNS)}.")
        by, told = signing_account(options["username"]), time.monotonic()
        counts = {noun: {"pairs": 0, "asked": 0} for noun in nouns}
        try:
            for noun in nouns:
                for pair in pairs(noun):
                    counts[noun]["pairs"] += 1
                    if options["dry_run"]:
                        self.stderr.write(f"{noun} {pair[1]} and {pair[2]}: {pair[3]}")
                    else:
                        counts[noun]["asked"] += propose(pair, by=by, reason=REASON)
                    if time.monotonic() - told > EVERY_SECONDS:
                        told = time.monotonic()
                        self.stderr.write(f"{noun}: {counts[noun]['pairs']:,} pairs")
        except RefusalError as refusal:
            raise CommandError(refusal.message) from None
        self._report(counts, options["output"])

    def _report(self, counts: dict[str, dict[str, int]], output: str) -> None:
        if output == "json":
            self.stdout.write(json.dumps(counts))
            return
        for noun, found in counts.items():
            self.stdout.write(f"{noun:<10} {found['pairs']:>8,} pairs {found['asked']:>8,} asked")
