"""Load the bundled example."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from claims.importers.demo.load import LoadedDemo, load_demo
from claims.workflow.sequencing import begin_key, sealed_at_the_end


class Command(BaseCommand):
    """``load_demo [--output text,json]``; loading it twice changes nothing."""

    help = "Load the bundled example about the Tuareg rebellion of 2012, with its accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--output", choices=("text", "json"), default="text", help="what to print"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="load it, say what was new, and undo it all"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(
                "The demo's passwords are public; it is not loaded in production mode."
            )
        if not options["dry_run"]:
            self._make_key()
        with transaction.atomic() if options["dry_run"] else sealed_at_the_end():
            demo = load_demo(self._progress)
            if options["dry_run"]:
                transaction.set_rollback(True)
        self._progress("")
        if options["dry_run"]:
            self.stdout.write(f"Dry run: {demo.drafted} claims would be added; nothing was kept.")
            return
        show = _as_json if options["output"] == "json" else _as_text
        self.stdout.write(show(demo))

    def _make_key(self) -> None:
        """A new database begins a new log, which has a key of its own."""
        if settings.LOG_KEY_FILE and begin_key(Path(settings.LOG_KEY_FILE), "localhost/log"):
            self.stderr.write(f"Made a key for the log: {settings.LOG_KEY_FILE}")

    def _progress(self, words: str) -> None:
        """Keep one line up to date on a terminal; say nothing elsewhere."""
        if self.stderr.isatty():
            self.stderr.write(f"\r\x1b[K{words}", ending="", style_func=str)


def _as_json(demo: LoadedDemo) -> str:
    accounts = [asdict(account) for account in demo.accounts]
    return json.dumps({"accounts": accounts, "claims": demo.claims}, indent=2)


def _as_text(demo: LoadedDemo) -> str:
    lines = [f"The demo holds {len(demo.claims)} claims. Sign in as:"]
    lines += [
        f"  {account.username:<14} {account.password:<20} ({account.group})"
        for account in demo.accounts
    ]
    return "\n".join(lines)
