"""Read articles into draft claims for editors to review; publishes nothing."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from claims.choices import Contention
from claims.errors import InvalidValueError, RefusalError
from claims.importers.accounts import importing_account
from claims.importers.articles import ImportedArticle, import_reading, read_text
from claims.importers.intake.notes import TO_CONFIRM
from claims.models import Claim, Dispute
from claims.reading.article import read_article
from claims.reading.languages.language import refuse_no_tag
from claims.reading.proposals import Reading, ReadingError
from claims.reading.text.decode import decode_article
from claims.reading.text.layout import FORMATS
from claims.workflow.anchors import Followed
from claims.workflow.text import refuse_unstorable

FAILED, MISUSED, REJECTED = 1, 2, 3
STDIN = "-"
LONGEST_TITLE = 300
LONG = 200_000  # characters that take a while
QUEUE = "/admin/claims/claim/?queue=imported"


class Command(BaseCommand):
    """``import_article PATH... [--title] [--language TAG] [--figures-only] [--dry-run] ...``."""

    help = "Read articles and store them with draft claims, figures, speakers and sources."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", metavar="PATH", help="a text file in UTF-8; - is standard input"
        )
        parser.add_argument("--title", default="", help="used where the text names none")
        parser.add_argument("--format", choices=FORMATS, default="auto", help="how it is written")
        parser.add_argument(
            "--language", default="", metavar="TAG", help="its BCP 47 tag, where the text is short"
        )
        parser.add_argument(
            "--figures-only",
            action="store_true",
            help="of a text in a language that is not read, keep its figures as highlights",
        )
        parser.add_argument("--as", dest="username", default="", help="the account that signs")
        parser.add_argument("--dry-run", action="store_true", help="read it and store nothing")
        parser.add_argument(
            "--output", choices=("table", "json"), default="table", help="what to print"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._check_title(str(options["title"]), len(options["paths"]))
        if options["language"]:
            self._check_language(str(options["language"]))
        codes = [self._import(path, options) for path in options["paths"]]
        if FAILED in codes:
            sys.exit(FAILED)
        if REJECTED in codes:
            sys.exit(REJECTED)

    def _check_title(self, title: str, paths: int) -> None:
        """End with a line on a title that no article, or not every one of several, can have."""
        words, code = "", FAILED
        try:
            refuse_unstorable(title, "--title")
        except InvalidValueError as error:
            is_text = as_printed(title) == title
            rule = error.message if is_text else "--title: this is not UTF-8."
            words = f"{title[:40]!r}: {rule}"
        if len(title) > LONGEST_TITLE:
            words = f"{title[:40]!r}...: --title: {len(title)} characters; 300 are allowed."
        if title and paths > 1:
            words, code = f"--title is for one PATH, and {paths} are given.", MISUSED
        if words:
            self.stderr.write(words)
            sys.exit(code)

    def _check_language(self, tag: str) -> None:
        """End with a line on a tag that is none."""
        try:
            refuse_no_tag(tag)
        except ReadingError as error:
            self.stderr.write(f"--language: {as_printed(str(error))}")
            sys.exit(MISUSED)

    def _import(self, path: str, options: dict[str, Any]) -> int:
        """Take in one file in a transaction of its own; return its exit code."""
        try:
            text = read_input() if path == STDIN else read_file(Path(path))
            if options["dry_run"] and options["output"] == "json":
                reading = read_article(text, **_ways_to_read(options))
                self.stdout.write(json.dumps(reading.to_json(), ensure_ascii=False))
                return 0
            done, words = self._store(text, path, options)
        except (ReadingError, RefusalError, OSError) as error:
            self.stderr.write(f"{as_printed(path)}: {reason_of(error)}")
            return FAILED
        self.stdout.write(words)
        return self._report(path, done, options)

    def _store(self, text: str, path: str, options: dict[str, Any]) -> tuple[ImportedArticle, str]:
        """Take the text in; return what to say of it, told before a dry run takes it back."""
        if len(text) >= LONG:
            self.stderr.write(f"{path}: reading {len(text):,} characters ...")
        reading = read_text(text, **_ways_to_read(options))
        if len(text) >= LONG:
            self.stderr.write(f"{path}: storing what {len(reading.figures):,} figures lead to ...")
        with transaction.atomic():
            by = importing_account(options["username"])
            done = import_reading(reading, by=by, title=self._title(path, reading, options))
            as_json = options["output"] == "json"
            words = json.dumps(summary_of(done), ensure_ascii=False) if as_json else ""
            words = words or "\n".join(counts_table(done))
            transaction.set_rollback(options["dry_run"])
        return done, words

    def _title(self, path: str, reading: Reading, options: dict[str, Any]) -> str:
        """The title to use where the text names none: the one given, else the file's name."""
        title = str(options["title"]).strip()
        if not title and path == STDIN and not reading.title:
            raise ReadingError("The text does not name itself: give its --title.")
        return title or Path(path).stem.replace("-", " ").replace("_", " ")

    def _report(self, path: str, done: ImportedArticle, options: dict[str, Any]) -> int:
        if options["dry_run"]:
            self.stderr.write(f"{path}: dry run, nothing was kept.")
        for one in done.unkept:
            self.stderr.write(f"{path}: character {one.offset}: {one.value!r} left out: {one.rule}")
        return REJECTED if done.unkept else 0


def _ways_to_read(options: dict[str, Any]) -> dict[str, Any]:
    return {name: options[name] for name in ("format", "language", "figures_only")}


def read_file(path: Path) -> str:
    """Return the file's text, line ends as they are; ReadingError when it is no article."""
    if as_printed(str(path)) != str(path):
        raise ReadingError("The path is not UTF-8: rename the file.")
    refuse_unstorable(path.stem, "path")
    if path.is_dir():
        raise ReadingError("This is a directory: name the files in it.")
    if not path.exists():
        raise ReadingError("There is no such file.")
    if not path.is_file():  # a pipe or a device
        with path.open("rb") as stream:
            return read_stream(stream)
    limit: int = settings.FACTBASE_LIMITS["article_bytes"]
    size = path.stat().st_size
    if size > limit:
        raise ReadingError(f"The file has {size:,} bytes and the limit is {limit:,}: split it.")
    return decode_article(path.read_bytes(), max_bytes=limit)


def read_input() -> str:
    """Return the text that comes on standard input; ReadingError when nothing can."""
    if sys.stdin is None or getattr(sys.stdin, "closed", False):
        raise ReadingError("Standard input is closed.")
    return read_stream(sys.stdin.buffer)


def read_stream(stream: IO[bytes]) -> str:
    """Return the text of a stream; ReadingError when it is no article."""
    limit: int = settings.FACTBASE_LIMITS["article_bytes"]
    return decode_article(stream.read(limit + 1), max_bytes=limit)


def as_printed(words: str) -> str:
    """The words of a command line, with what is not UTF-8 in them escaped."""
    return words.encode("utf-8", "backslashreplace").decode()


def reason_of(error: Exception) -> str:
    """One line on what is wrong."""
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(words.split())


def summary_of(done: ImportedArticle) -> dict[str, Any]:
    """What was read and made, for programs."""
    article, reading = done.revision.article, done.reading
    claims = [*done.drafted, *done.extended]
    return {
        "article": {
            "ref": article.ref,
            "slug": article.slug,
            "title": article.title,
            "revision": done.revision.number,
            "sha256": done.revision.sha256,
        },
        "figures": len(reading.figures),
        "dates": len(reading.dates),
        "attributions": len(reading.attributions),
        "conflicts": len(reading.conflicts),
        "conflicts_to_confirm": done.to_confirm,
        "conflicts_without_claim": done.without_claim,
        "disputes_open": Dispute.objects.unresolved().filter(claim__in=claims).count(),
        "doubts": done.doubts,
        "highlights": done.highlights,
        "statements_added": done.assertions,
        "statements_known": done.known,
        "sources_added": done.sources,
        "parties_added": done.parties,
        "asked": done.asked,
        "anchors": anchors_of(done.followed),
        "left_out": len(done.unkept),
        "claims_drafted": [claim.ref for claim in done.drafted],
        "claims_extended": [claim.ref for claim in done.extended],
    }


def anchors_of(followed: Followed | None) -> dict[str, Any] | None:
    """What became of the places that an earlier text had; None for a text without one."""
    if followed is None:
        return None
    lost = [
        {"claim": one.assertion.claim.ref, "figure": one.assertion.ref, "quote": one.exact}
        for one in followed.orphaned
    ]
    return {"exact": followed.exact, "moved": followed.moved, "orphaned": lost}


def counts_table(done: ImportedArticle) -> list[str]:
    """The same for people: counts, then a line for each claim it drafted or added to."""
    summary = summary_of(done)
    article, anchors = summary.pop("article"), summary.pop("anchors")
    lines = [f"{article['ref']} {article['title']}, revision {article['revision']}"]
    for name, value in summary.items():
        shown = len(value) if isinstance(value, list) else value
        lines.append(f"  {name.replace('_', ' '):<24} {shown:>6}")
    if anchors:
        lost = anchors["orphaned"]
        counts = f"{anchors['exact']} exact, {anchors['moved']} moved, {len(lost)} orphaned"
        lines.append(f"  anchors: {counts}")
        lines += [f"  orphaned {one['claim']} {one['figure']}: “{one['quote']}”" for one in lost]
    lines += [f"  without a claim: {note.removeprefix(TO_CONFIRM)}" for note in done.without_claim]
    claims = [*done.drafted, *done.extended]
    lines += [_line_of(claim) for claim in claims]
    return [*lines, f"  review them at {QUEUE}"] if claims else lines


def _line_of(claim: Claim) -> str:
    mark = claim.contention if claim.contention == Contention.DISPUTED else ""
    return f"  {claim.ref:<6} {mark:<9} /admin/claims/claim/{claim.pk}/change/  {claim.question}"
