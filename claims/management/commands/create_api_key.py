"""Makes an API key; only its hash is stored."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from knox.models import AuthToken

DAYS: int = settings.FACTBASE_LIMITS["api_key_days"]
KEYS: int = settings.FACTBASE_LIMITS["api_keys_per_user"]


class Command(BaseCommand):
    """Print a new API key for an account, once."""

    help = "Print a new API key for an account. It cannot be shown again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the account and the life of the key."""
        parser.add_argument("user", help="the account's user name")
        parser.add_argument("--days", type=int, default=DAYS, help=f"1 to {DAYS}; default {DAYS}")
        parser.add_argument("--dry-run", action="store_true", help="check, but make no key")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the key; the key goes to stdout, words about it to stderr."""
        days = options["days"]
        if not 1 <= days <= DAYS:
            raise CommandError(f"--days must be from 1 to {DAYS}.", returncode=2)
        user = active_user(options["user"])
        refuse_too_many(user)
        if options["dry_run"]:
            self.stderr.write(f"A key for {user.username} could be made.")
            return
        _, key = AuthToken.objects.create(user=user, expiry=timedelta(days=days))
        self.stderr.write(f"A key for {user.username}, good for {days} days. Keep it: it is shown")
        self.stderr.write("this once. Send it as the header Authorization: Token KEY")
        self.stdout.write(key)


def active_user(name: str) -> User:
    """Return the account. Raises CommandError when it is missing or switched off."""
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError(f"There is no active account '{name}'.")
    return user


def refuse_too_many(user: User) -> None:
    """Raise CommandError when the account holds as many living keys as it may."""
    living = AuthToken.objects.filter(user=user, expiry__gt=timezone.now()).count()
    if living >= KEYS:
        raise CommandError(f"{user.username} has {living} keys, which is the most there may be.")
