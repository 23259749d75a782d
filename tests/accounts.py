"""Accounts as the database has them, read once as long as nothing writes to accounts or rights."""

from __future__ import annotations

import copy
import weakref
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.db import connection

_known: dict[str, User] = {}
# By identity: two objects of one account are equal.
_given: list[weakref.ref[User]] = []
# All tables of accounts, groups and rights begin with it.
_RIGHTS = "auth_"
_READS = ("SELECT", "SAVEPOINT", "RELEASE")
# Where Django keeps what an account may do, once asked.
_ASKED = ("_perm_cache", "_user_perm_cache", "_group_perm_cache")


def as_stored(name: str, read: Callable[[str], User]) -> User:
    """The account of this name, each time an object of its own that knows what it may do.

    ``read`` fetches or makes it. Outside the transaction of a test other connections may write
    unseen, so it reads each time there.
    """
    if not any(block._from_testcase for block in connection.atomic_blocks):
        return read(name)
    if name not in _known:
        found = read(name)
        found.get_all_permissions()
        _watch()
        _known[name] = found
    return _copy(_known[name])


def forget_accounts() -> None:
    """Read them all anew: after a test, what it wrote is gone without a word."""
    _known.clear()
    while _given:
        given = _given.pop()()
        for name in _ASKED if given is not None else ():
            given.__dict__.pop(name, None)


def _copy(user: User) -> User:
    own = copy.copy(user)
    _given.append(weakref.ref(own))
    return own


def _watch() -> None:
    if _note_writing not in connection.execute_wrappers:
        # Before all others: whoever wraps a block takes the last one away when it ends.
        connection.execute_wrappers.insert(0, _note_writing)


def _note_writing(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    try:
        return execute(sql, params, many, context)
    finally:
        if not sql.startswith(_READS) and (_RIGHTS in sql or sql.startswith("ROLLBACK")):
            forget_accounts()
