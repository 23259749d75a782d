"""Revokes API keys: one, or all of an account."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from knox.crypto import hash_token

from claims.domain.refs import KEY, parse_ref
from claims.errors import RefusalError
from claims.models import ApiKey
from claims.workflow.api_keys import revoke_key, revoke_keys_of

MISUSED = 2


class Command(BaseCommand):
    """``revoke_api_key KEY_OR_ID`` or ``revoke_api_key --user USER --all``."""

    help = "End an API key, or all keys of an account, for good. list_api_keys names them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the key or the account."""
        parser.add_argument("key", nargs="?", default="", help="the key itself, or its K number")
        parser.add_argument("--user", default="", help="the account whose keys end; with --all")
        parser.add_argument("--all", action="store_true", help="all keys of the account")
        parser.add_argument("--reason", default="Revoked by command.", help="why")

    def handle(self, *args: Any, **options: Any) -> None:
        """Revoke; the references of what was revoked go to stdout."""
        one, many = bool(options["key"]), bool(options["user"] and options["all"])
        if one == many or options["all"] != bool(options["user"]):
            raise CommandError("Name one key, or --user USER with --all.", returncode=MISUSED)
        signed = {"by": None, "reason": options["reason"]}
        try:
            if one:
                done = [revoke_key(key=found_key(options["key"]), **signed)]
            else:
                done = revoke_keys_of(owner=account_named(options["user"]), **signed)
        except RefusalError as refusal:
            raise CommandError(refusal.message) from refusal
        for key in done:
            self.stdout.write(key.ref)
        self.stderr.write(f"{len(done)} revoked.")


def found_key(text: str) -> ApiKey:
    """Return the key of this number (K12 or 12), or the one that was typed itself."""
    number = parse_ref(text if text[:1] in "Kk" else f"{KEY}{text}", KEY)
    named = {"digest": hash_token(text)} if number is None else {"pk": number}
    key = ApiKey.objects.filter(**named).first()
    if key is None:
        raise CommandError("There is no such key; list_api_keys names them.")
    return key


def account_named(name: str) -> User:
    """Return the account. Raises CommandError when there is none."""
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"There is no account '{name}'.")
    return user
