"""Lists API keys: whose they are, what they may do, whether they live; never a key."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.models import ApiKey

COLUMNS = ("ref", "prefix", "user", "scope", "state", "created", "expires")


class Command(BaseCommand):
    """``list_api_keys [USER] [--output table,json]``."""

    help = "List API keys, of all accounts or of one."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the account, if only its keys are wanted."""
        parser.add_argument("user", nargs="?", default="", help="the account's user name")
        parser.add_argument(
            "--output", choices=("table", "json"), default="table", help="what to print"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """The list goes to stdout, its count to stderr."""
        keys = ApiKey.objects.select_related("user", "revoked_by")
        name = options["user"]
        if name and not User.objects.filter(username=name).exists():
            raise CommandError(f"There is no account '{name}'.")
        rows = [key_entry(key) for key in (keys.filter(user__username=name) if name else keys)]
        if options["output"] == "json":
            self.stdout.write(json.dumps(rows, indent=2))
        else:
            self._print(rows)
        living = sum(row["state"] == "living" for row in rows)
        self.stderr.write(f"{len(rows)} keys, {living} living.")

    def _print(self, rows: list[dict[str, Any]]) -> None:
        lines = [COLUMNS, *(tuple(str(row[name])[:19] for name in COLUMNS) for row in rows)]
        widths = [max(len(line[number]) for line in lines) for number in range(len(COLUMNS))]
        for line in lines:
            padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
            self.stdout.write("  ".join(padded).rstrip())


def key_entry(key: ApiKey) -> dict[str, Any]:
    """What is told of a key; times in ISO 8601."""
    return {
        "ref": key.ref,
        "prefix": key.prefix,
        "user": key.user.username,
        "scope": key.scope,
        "state": str(key.death) or "living",
        "created": key.created.isoformat(),
        "expires": key.expiry.isoformat() if key.expiry else "",
        "reason": key.reason,
        "revoked": key.revoked_at.isoformat() if key.revoked_at else "",
        "revoked_by": key.revoked_by.username if key.revoked_by else "",
        "revocation_reason": key.revocation_reason,
    }
