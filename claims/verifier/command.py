"""The command line of verify.py."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from claims.verifier.chain import Chain
from claims.verifier.examination import Examination
from claims.verifier.manifests import check_manifest, is_table, read_manifest
from claims.verifier.pieces import FileLayout, pieces
from claims.verifier.proofs import KnownDocument, check_proof
from claims.verifier.report import CheckReport, Fault, printable
from claims.verifier.strict_json import NotJSONError

HOLDS, FAILS, USAGE = 0, 1, 2
_ABOUT: Final = """\
Check what factbase published, from the files alone: that each document has the hash that it is
sealed with, that versions follow each other, that labels, ranges and words follow from the
figures, that an export is whole, and that the log holds a publication."""
_AFTER: Final = """\
FILE is claims.ndjson or claims.json of the exports, an answer of the API, or one document such
as /claims/C1.json; - is standard input. Exit codes: 0 everything that was checked holds,
1 something does not, 2 wrong usage."""
_EVERY: Final = 0.5  # seconds between two words of progress


class UsageError(Exception):
    """The program was asked for something that it does not do; the message says what."""


@dataclass(slots=True)
class TerminalCount:
    """A count on stderr while somebody watches."""

    shown: bool = False
    at: float = field(default_factory=time.monotonic)

    def tell(self, documents: int) -> None:
        """Show the count now and then."""
        now = time.monotonic()
        if now - self.at > _EVERY and sys.stderr.isatty():
            self.at, self.shown = now, True
            sys.stderr.write(f"\r{documents:,} documents ...")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the count away before other words come."""
        if self.shown:
            sys.stderr.write("\r\033[K")
            self.shown = False


def main(words: list[str] | None = None) -> int:
    """Run the program; return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        return _run(_options(words))
    except UsageError as problem:
        sys.stderr.write(f"{printable(str(problem))}\n")
        return USAGE
    except BrokenPipeError:
        # Python flushes stdout once more at its end: let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILS
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped.\n")
        return FAILS


def _options(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="verify.py", description=_ABOUT, epilog=_AFTER)
    parser.add_argument("files", nargs="*", metavar="FILE", help="what to check")
    parser.add_argument("--manifest", metavar="FILE", help="the manifest of the one FILE")
    parser.add_argument(
        "--part", action="store_true", help="FILE is a part of an export and has no end record"
    )
    parser.add_argument("--proof", metavar="FILE", help="the proof that the log holds the document")
    parser.add_argument("--key", help="the log's public key (name+id+key), or a file that holds it")
    parser.add_argument("--output", choices=["text", "json"], default="text", help="default text")
    options = parser.parse_args(words)
    if options.key and not options.proof:
        parser.error("--key goes with --proof")
    if options.manifest and (len(options.files) != 1 or options.files == ["-"]):
        parser.error("--manifest goes with one FILE")
    if not options.files and not options.proof:
        if sys.stdin.isatty():
            parser.error("name a FILE, or - for standard input")
        options.files = ["-"]
    return options


def _run(options: argparse.Namespace) -> int:
    progress = TerminalCount()

    def tell(sentence: str) -> None:
        progress.clear()
        if options.output == "text":
            sys.stdout.write(f"{sentence}\n")

    report, chain = CheckReport(tell), Chain()
    known: list[KnownDocument] = []
    for name in options.files:
        examination = Examination(report, chain, name if len(options.files) > 1 else "")
        layout = _examine(name, options, examination, progress)
        examination.finish(layout, part=options.part)
        known += examination.known
    chain.conclude(report)
    if options.proof:
        proof, key = _bytes_of(options.proof), _key_of(options.key)
        check_proof(report, proof, key, known, asked=bool(options.files))
    progress.clear()
    _conclude(report, options.output)
    return HOLDS if report.holds else FAILS


def _examine(
    name: str, options: argparse.Namespace, examination: Examination, progress: TerminalCount
) -> FileLayout:
    """Check one file; return how it was laid out."""
    manifest = read_manifest(_bytes_of(options.manifest)) if options.manifest else None
    layout: FileLayout = "single"
    with _opened(name) as file:
        if manifest is None or not is_table(manifest):
            try:
                for piece in pieces(file):
                    layout = piece.layout
                    examination.take(piece)
                    progress.tell(examination.count)
            except NotJSONError as problem:
                sentence = f"It is no document and no export: {problem}."
                examination.report.blame(Fault("form", sentence, examination.file))
    if manifest is not None:
        with _opened(name) as file:
            check_manifest(examination, manifest, file)
    elif not examination.count and not examination.report.wrong and not examination.ended:
        examination.report.blame(Fault("form", "There is no document in it.", examination.file))
    return layout


def _conclude(report: CheckReport, output: str) -> None:
    if output == "json":
        sys.stdout.write(f"{json.dumps(report.to_json(), indent=1)}\n")
        return
    for sentence in report.held:
        sys.stdout.write(f"{printable(sentence)}\n")
    for sentence in report.unchecked:
        sys.stdout.write(f"Not checked: {printable(sentence)}\n")
    sys.stdout.write(f"{report.verdict()}\n")
    sys.stdout.flush()


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    """Open a file for reading; what cannot be read is a wrong usage."""
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
            yield file
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise UsageError(f"{name} cannot be read: {problem.strerror}.") from None


def _bytes_of(name: str) -> bytes:
    with _opened(name) as file:
        return file.read(1 << 21)


def _key_of(given: str | None) -> str:
    """Return the key itself, where a file holds it that file's text."""
    if not given or "+" in given:
        return given or ""
    return _bytes_of(given).decode("utf-8", "replace")
