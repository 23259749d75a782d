"""Import a MediaWiki dump as articles with draft claims; publishes nothing."""

from __future__ import annotations

import json
import os
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from claims.errors import ImportRefusedError, RefusalError
from claims.importers.accounts import importing_account
from claims.importers.dump.digest import content_digest
from claims.importers.dump.file import file_sha256
from claims.importers.dump.run import begin_import, import_pages, queue_pages, try_pages
from claims.importers.dump.survey import DumpSurvey, survey_dump
from claims.importers.page_reading import DumpPage
from claims.models import ImportedPage, ImportRun
from claims.querysets.importing import COUNTS
from claims.tasks import enqueue_page

REJECTED = 3
EVERY_SECONDS = {True: 0.2, False: 15.0}  # on a terminal, elsewhere

type Dealt = Iterable[tuple[DumpPage, ImportedPage]]


class Command(BaseCommand):
    """``import_dump PATH [--workers N] [--resume] [--queue] [--as USER] [--dry-run] ...``."""

    help = "Import a MediaWiki XML export (.xml, .bz2, .gz), page by page; resumable."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="PATH", help="the export; packed files as they are")
        parser.add_argument(
            "--workers", type=int, default=1, metavar="N", help="processes that read (default 1)"
        )
        parser.add_argument("--resume", action="store_true", help="go on with a cut import")
        parser.add_argument(
            "--queue", action="store_true", help="leave the pages to the workers of the queue"
        )
        parser.add_argument(
            "--report", action="store_true", help="name what waits and was rejected; import nothing"
        )
        parser.add_argument("--as", dest="username", default="", help="the account that signs")
        parser.add_argument("--dry-run", action="store_true", help="read it and store nothing")
        parser.add_argument(
            "--digest", action="store_true", help="also hash the content of the desk"
        )
        parser.add_argument(
            "--output", choices=("table", "json"), default="table", help="what to print"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        most = 4 * (os.cpu_count() or 1)
        if not 1 <= options["workers"] <= most:
            raise CommandError(f"--workers must be from 1 to {most}.", returncode=2)
        try:
            summary = self._say_what_became(options) if options["report"] else self._import(options)
        except (RefusalError, OSError) as error:
            raise CommandError(" ".join(str(error).split())) from None
        except KeyboardInterrupt:
            raise CommandError("Stopped. What is done is kept; go on with --resume.") from None
        if options["digest"]:
            summary["content_sha256"] = content_digest()
        self._report(summary, options["output"])
        if summary["rejected"] or summary["left_out"]:
            sys.exit(REJECTED)

    def _import(self, options: dict[str, Any]) -> dict[str, Any]:
        survey = survey_dump(Path(options["path"]), settings.FACTBASE_LIMITS["import_page_bytes"])
        if options["dry_run"]:
            dealt = try_pages(survey, username=options["username"], workers=options["workers"])
            summary = self._follow(survey, dealt, done=0, before=-1)
            self.stderr.write("Dry run: nothing was kept.")
            return summary
        by = importing_account(options["username"])
        run = begin_import(survey, by=by, resume=options["resume"])
        done, before = run.pages.count(), run.pages.last_position()
        return self._follow(survey, self._work(survey, run, by, options), done, before)

    def _say_what_became(self, options: dict[str, Any]) -> dict[str, Any]:
        """Name the pages of the last import of the file that wait or were rejected; count all."""
        path = Path(options["path"])
        sha256 = file_sha256(path)
        run = ImportRun.objects.newest(sha256)
        if run is None:
            raise ImportRefusedError(f"{path.name} was not imported here.")
        left_out = 0
        for page in run.pages.to_report().iterator():
            left_out += page.outcome == ImportedPage.Outcome.IMPORTED
            self._complain(path.name, page)
        return {"file": path.name, "sha256": sha256, **run.pages.tally(), "left_out": left_out}

    def _work(self, survey: DumpSurvey, run: ImportRun, by: User, options: dict[str, Any]) -> Dealt:
        if not options["queue"]:
            yield from import_pages(survey, run, by=by, workers=options["workers"])
            return
        for waiting in run.pages.waiting().iterator():
            enqueue_page(waiting)
        for page, noted in queue_pages(survey, run, by=by):
            if noted.outcome == ImportedPage.Outcome.WAITING:
                enqueue_page(noted)
            yield page, noted

    def _follow(self, survey: DumpSurvey, dealt: Dealt, done: int, before: int) -> dict[str, Any]:
        """Work through the pages, telling how far it is; return the counts."""
        counts = dict.fromkeys(
            ("imported", "unchanged", "waiting", "rejected", "left_out", *COUNTS), 0
        )
        left = survey.characters - survey.characters_until(before)
        progress = DumpProgress(survey.articles - done, left, time.monotonic())
        told = 0.0
        for page, noted in dealt:
            progress.add(len(page.text))
            counts[noted.outcome] += 1
            for name in COUNTS:
                counts[name] += getattr(noted, name)
            counts["left_out"] += bool(noted.rule) and noted.outcome != "rejected"
            if noted.rule:
                self._complain(survey.path.name, noted)
            if time.monotonic() - told > EVERY_SECONDS[self.stderr.isatty()]:
                told = time.monotonic()
                self._tell(progress.words(told))
        self._tell("")
        return {
            "file": survey.path.name,
            "sha256": survey.sha256,
            "pages": survey.articles,
            "done_before": done,
            "redirects": survey.redirects,
            "other_namespaces": survey.elsewhere,
            **counts,
        }

    def _complain(self, file_name: str, noted: ImportedPage) -> None:
        self._tell("")
        refusal = f"{noted.rule}: {' '.join(noted.refusal.split())}"
        words = refusal if noted.rule else noted.get_outcome_display()
        self.stderr.write(f"{file_name}: byte {noted.position}: page {noted.title!r}: {words}")

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
            shown = f"{value:>12,}" if isinstance(value, int) else f"{value}"
            self.stdout.write(f"{name.replace('_', ' '):<18} {shown}")


@dataclass(slots=True)
class DumpProgress:
    """Counts pages and characters as they are dealt with; times are seconds of one clock.

    ``pages`` and ``characters`` are what is still to be done at the start.
    """

    pages: int
    characters: int
    started: float
    done_pages: int = 0
    done_characters: int = 0

    def add(self, characters: int) -> None:
        """Count a page."""
        self.done_pages += 1
        self.done_characters += characters

    def words(self, now: float) -> str:
        """Say it in one line, such as "120 of 2,000 pages, 48.2 pages/s, 39 s left"."""
        passed = max(now - self.started, 0.001)
        said = f"{self.done_pages:,} of {self.pages:,} pages"
        if not self.done_characters:
            return said
        left = (self.characters - self.done_characters) * passed / self.done_characters
        return f"{said}, {self.done_pages / passed:.1f} pages/s, {duration(left)} left"


def duration(seconds: float) -> str:
    """Say a time span in its two largest units: 41 s, 3 min 20 s, 2 h 5 min."""
    whole = max(round(seconds), 0)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600:,} h {whole % 3600 // 60} min"
