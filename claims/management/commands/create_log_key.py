"""Makes the key that signs the log's checkpoints."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.errors import RefusalError
from claims.workflow.log_key import LogKey, log_key, write_key


class Command(BaseCommand):
    """``create_log_key [PATH] [--name NAME]``; PATH - prints the key, to keep it elsewhere."""

    help = "Make the key that signs the log: private to a file, public to standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", default="", help="default: LOG_KEY_FILE; - prints")
        parser.add_argument("--name", default="", help="of the log, as facts.example.org/log")
        parser.add_argument("--show", action="store_true", help="show the public key in use")
        parser.add_argument("--dry-run", action="store_true", help="check, but make no key")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._show() if options["show"] else self._make(options)
        except RefusalError as error:
            raise CommandError(error.message) from error
        except OSError as error:
            raise CommandError(f"The key cannot be written: {error}") from error

    def _show(self) -> None:
        key = log_key()
        if key is None:
            raise CommandError("This site has no key of the log.")
        self.stdout.write(str(key.public))

    def _make(self, options: dict[str, Any]) -> None:
        key = LogKey.make(options["name"] or log_name())
        path = options["path"] or settings.LOG_KEY_FILE
        if not path:
            raise CommandError("Say where to: create_log_key PATH, or set LOG_KEY_FILE.")
        if path == "-":
            self.stdout.write(key.private.to_text())
        elif options["dry_run"]:
            self.stderr.write(f"A key of {key.public.name} could be written to {path}.")
            return
        else:
            write_key(key, Path(path))
            self.stderr.write(f"Wrote the key to {path}. Back it up, but never with the database.")
            self.stderr.write("The public key, for everybody:")
            self.stdout.write(str(key.public))


def log_name() -> str:
    """The name of this site's log when nobody gives one."""
    host = next((name.strip(".") for name in settings.ALLOWED_HOSTS if name != "*"), "localhost")
    return f"{host}/log"
