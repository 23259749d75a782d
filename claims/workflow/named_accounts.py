"""Accounts that a comment names: "@second_editor please look"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import User

# What a name of an account may hold; an address such as a@b names nobody.
_NAME: Final = re.compile(r"(?<![\w.@+/-])@([\w.@+-]{1,150})")
_AFTER_A_NAME: Final = ".-+@"  # these end a sentence more often than a name


@dataclass(frozen=True, slots=True)
class NamedAccounts:
    """The accounts of the desk that a text names, and the names that no account has."""

    accounts: tuple[User, ...] = ()
    unknown: tuple[str, ...] = ()


def accounts_named_in(text: str) -> NamedAccounts:
    """Whom a text names by "@" and the name of an account that can open the desk."""
    written = list(dict.fromkeys(_NAME.findall(text)))
    if not written:
        return NamedAccounts()
    wanted = {name for one in written for name in _readings(one)}
    staff = User.objects.filter(is_active=True, is_staff=True, username__in=wanted)
    known = {account.username: account for account in staff}
    found: dict[str, User] = {}
    unknown = []
    for one in written:
        name = next((name for name in _readings(one) if name in known), None)
        if name is None:
            unknown.append(one.rstrip(_AFTER_A_NAME) or one)
        else:
            found[name] = known[name]
    return NamedAccounts(tuple(found.values()), tuple(dict.fromkeys(unknown)))


def _readings(written: str) -> Iterator[str]:
    """The name as it is written, then without the marks that may end a sentence."""
    yield written
    bare = written.rstrip(_AFTER_A_NAME)
    if bare and bare != written:
        yield bare
