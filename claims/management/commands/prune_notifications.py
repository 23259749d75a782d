"""Delete the notifications that were read long ago."""

from __future__ import annotations

import argparse
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from claims.workflow.watching import prune_read


class Command(BaseCommand):
    """``prune_notifications``: run it once a day; what nobody read stays."""

    help = (
        "Delete the notifications that accounts read longer ago than a number of days. What "
        "nobody read stays. They say nothing that the log of decisions does not say."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--days",
            type=_days,
            default=settings.FACTBASE_LIMITS["notification_days"],
            help="how long what was read is kept (default %(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        count = sum(prune_read(days=options["days"]))
        self.stdout.write(f"{count} read notifications deleted.")


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 36_500):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days from 1 to 36500.")
    return int(text)
