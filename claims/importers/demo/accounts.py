"""The demo's accounts: known passwords, so never for a public server."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.db import transaction


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A sign-in that the demo prints."""

    username: str
    password: str
    group: str


ACCOUNTS: Final = (
    DemoAccount("contributor", "demo-contributor", "contributor"),
    DemoAccount("editor", "demo-editor", "editor"),
    DemoAccount("second_editor", "demo-second-editor", "editor"),
    DemoAccount("chief", "demo-chief", "chief"),
)


@transaction.atomic
def ensure_accounts() -> dict[str, User]:
    """Return the accounts by name; those that exist stay as they are, password included."""
    names = [account.username for account in ACCOUNTS]
    found = {user.username: user for user in User.objects.filter(username__in=names)}
    missing = [account for account in ACCOUNTS if account.username not in found]
    # Hashing is slow by design and runs outside of Python's lock: side by side it halves.
    with ThreadPoolExecutor() as pool:
        hashes = pool.map(make_password, [account.password for account in missing])
        made = [_create(account, word) for account, word in zip(missing, hashes, strict=True)]
    return found | {user.username: user for user in made}


def _create(account: DemoAccount, password_hash: str) -> User:
    user = User.objects.create(username=account.username, password=password_hash, is_staff=True)
    user.groups.add(Group.objects.get(name=account.group))
    return user
