"""Writes the published claims as a file or to a pipe."""

import os
import sys
from argparse import ArgumentTypeError
from collections.abc import Iterable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.choices import Contention
from claims.domain.documents import dump_document
from claims.exporters.files import write_whole
from claims.exporters.formats import formats_of, whole_file
from claims.exporters.streams import manifest, stream
from claims.exporters.whole_files import Tally, Wanted
from claims.filtering.filters import by_version_keys, keys_asked
from claims.filtering.parameters import Parameter
from claims.filtering.times import AS_RECORDED, KNOWN_ON

FOUND_BY = by_version_keys("pk")


class Command(BaseCommand):
    """Stream the current published versions in constant memory."""

    help = "Export the published claims: data to stdout or FILE, words to stderr."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Name what to export, how and where to."""
        parser.add_argument(
            "--contention",
            action="append",
            choices=Contention.values,
            help="only claims in this state; may be repeated",
        )
        for parameter in (*(one.parameter for one in FOUND_BY), AS_RECORDED, KNOWN_ON):
            parser.add_argument(
                f"--{parameter.name.replace('_', '-')}",
                action="append" if parameter.many else "store",
                type=partial(read_option, parameter),
                metavar=parameter.name.rpartition("_")[2].upper(),
                help=parameter.description,
            )
        parser.add_argument(
            "--format", choices=formats_of("whole"), default="ndjson", help="default ndjson"
        )
        parser.add_argument(
            "--for", choices=["excel"], help="CSV that a spreadsheet opens without running it"
        )
        parser.add_argument(
            "--base-url", default="", help="goes before paths in jsonld: https://facts.example.org"
        )
        parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="instead of stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the export; the file appears whole or not at all."""
        given = {name: value for name, value in options.items() if value is not None}
        wanted = Wanted(
            kind=options["format"],
            keys=keys_asked(given),
            as_recorded=options["as_recorded"],
            known_on=options["known_on"],
            contentions=tuple(sorted(set(options["contention"] or ()))),
            excel=options["for"] == "excel",
            base=options["base_url"].rstrip("/"),
        )
        if wanted.excel and wanted.kind != "csv":
            raise CommandError("--for excel goes with --format csv.", returncode=2)
        tally = Tally(whole=not whole_file(wanted.kind).ends_itself)
        # Closing ends the snapshot at once, whatever went wrong.
        with closing(stream(wanted, tally)) as chunks:
            if options["output"]:
                write_file(options["output"], chunks)
            else:
                write_pipe(chunks)
        if options["output"] and not whole_file(wanted.kind).ends_itself:
            write_manifest(options["output"], wanted, tally)
        noun = "statements" if whole_file(wanted.kind).of_statements else "claims"
        name = "sha256" if tally.whole else "hashes_sha256"
        digest = getattr(tally, name)
        self.stderr.write(f"{tally.count} {noun}, {tally.size} bytes, {name} {digest}")


def read_option(parameter: Parameter, text: str) -> Any:
    """Return the value of an option that an address takes as a parameter, refused alike."""
    try:
        return parameter.read(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} {error}") from error


def write_manifest(path: Path, wanted: Wanted, tally: Tally) -> None:
    """Write what is needed to check a file beside it: its format cannot hold that itself."""
    text = dump_document(manifest(path.name, wanted, tally))
    write_file(path.with_name(f"{path.name}.manifest.json"), [f"{text}\n".encode()])


def write_file(path: Path, chunks: Iterable[bytes]) -> None:
    """Write the file whole or not at all."""
    try:
        write_whole(path, chunks)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error


def write_pipe(chunks: Iterable[bytes]) -> None:
    """Write to stdout; when its reader has gone, end quietly with code 1."""
    out: BinaryIO = sys.stdout.buffer
    try:
        out.writelines(chunks)
        out.flush()
    except BrokenPipeError:
        # Python flushes stdout once more at its end: let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
