"""Publish approved corrections and merges for the claims that still lack them."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.errors import RefusalError
from claims.models import Correction, Merge
from claims.workflow.corrections import publish_piece
from claims.workflow.merge_publishing import publish_merge_piece


class Command(BaseCommand):
    """``publish_corrections``: goes on where a worker stopped; doing it twice changes nothing."""

    help = (
        "Publish approved corrections and merges for the claims that still lack them, piece by "
        "piece. "
        "Exit code 0 when none is left, 1 when one failed; what is done is kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="name what is left and publish nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        left: list[Correction | Merge] = [
            *Correction.objects.unfinished().order_by("pk"),
            *Merge.objects.unfinished().order_by("pk"),
        ]
        try:
            for item in left:
                self.stderr.write(f"{item}: approved, not published for all its claims")
                if not options["dry_run"]:
                    self._finish(item)
        except RefusalError as error:
            raise CommandError(" ".join(str(error).split())) from None
        except KeyboardInterrupt:
            raise CommandError("Stopped. What is done is kept; run it again to go on.") from None
        done = 0 if options["dry_run"] else len(left)
        self.stdout.write(f"{done} of {len(left)} corrections and merges finished.")

    def _finish(self, item: Correction | Merge) -> None:
        while waiting := _publish_next(item):
            self.stderr.write(f"{item}: {waiting:,} claims left")
        self.stderr.write(f"{item}: published")


def _publish_next(item: Correction | Merge) -> int:
    return publish_merge_piece(item) if isinstance(item, Merge) else publish_piece(item)
