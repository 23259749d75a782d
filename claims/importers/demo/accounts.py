"""The demo's accounts: known passwords, so never for a public server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

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
    found = {user.username: user for user in User.objects.filter(username__in=_names())}
    for account in ACCOUNTS:
        if account.username not in found:
            found[account.username] = _create(account)
    return found


def _create(account: DemoAccount) -> User:
    user = User.objects.create_user(account.username, password=account.password, is_staff=True)
    user.groups.add(Group.objects.get(name=account.group))
    return user


def _names() -> list[str]:
    return [account.username for account in ACCOUNTS]
