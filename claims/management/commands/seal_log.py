"""Numbers the acts that wait as leaves of the log and signs a checkpoint."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.errors import RefusalError
from claims.models import Act
from claims.workflow.sequencing import seal_log


class Command(BaseCommand):
    """``seal_log``; cheap when nothing waits, so a timer may run it each minute."""

    help = "Give the acts that wait their leaves in the log, and sign a checkpoint."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say how many acts wait")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            self.stderr.write(f"{Act.objects.waiting().count()} acts wait; nothing was sealed.")
            return
        try:
            done = seal_log()
        except RefusalError as error:
            raise CommandError(error.message) from error
        signed = "signed" if done.is_signed else "not signed: there is no key (create_log_key)"
        self.stderr.write(
            f"{done.acts} acts sealed; the log has {done.size} leaves. Its checkpoint is {signed}."
        )
