"""Makes an API key; only its hash is stored."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from claims.choices import KeyScope
from claims.errors import RefusalError
from claims.workflow.api_keys import DAYS, make_key

MISUSED = 2


class Command(BaseCommand):
    """``create_api_key USER [--scope read|write] [--days N] [--reason TEXT] [--dry-run]``."""

    help = "Print a new API key for an account. It cannot be shown again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the account, what the key may do, and its life."""
        parser.add_argument("user", help="the account's user name")
        parser.add_argument(
            "--scope", choices=KeyScope.values, default=KeyScope.READ.value,
            help="what the key may do; read unless write is asked for",
        )  # fmt: skip
        parser.add_argument("--days", type=int, default=DAYS, help=f"1 to {DAYS}; default {DAYS}")
        parser.add_argument("--reason", default="Made by command.", help="what it is for")
        parser.add_argument("--dry-run", action="store_true", help="check, but make no key")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the key; the key goes to stdout, words about it to stderr."""
        days, scope = options["days"], options["scope"]
        if not 1 <= days <= DAYS:
            raise CommandError(f"--days must be from 1 to {DAYS}.", returncode=MISUSED)
        user = active_user(options["user"])
        signed = {"by": None, "reason": options["reason"]}
        try:
            with transaction.atomic():
                row, key = make_key(owner=user, scope=scope, days=days, **signed)
                transaction.set_rollback(options["dry_run"])
        except RefusalError as refusal:
            raise CommandError(refusal.message) from refusal
        if options["dry_run"]:
            self.stderr.write(f"A key for {user.username} could be made.")
            return
        self.stderr.write(
            f"{row.ref}, a key of {user.username} to {row.get_scope_display()}, good for {days} "
            "days or until the password changes. Keep it: it is shown"
        )
        self.stderr.write("this once. Send it as the header Authorization: Token KEY")
        self.stdout.write(key)


def active_user(name: str) -> User:
    """Return the account. Raises CommandError when it is missing or switched off."""
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError(f"There is no active account '{name}'.")
    return user
