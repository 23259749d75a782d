"""What every verb has in common: permission, reason, transaction, act, readable refusals."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from claims.errors import InvalidValueError, PermissionMissingError, ReasonRequiredError
from claims.workflow.acts import act
from claims.workflow.refused_rows import refusal_of
from claims.workflow.text import refuse_unstorable


def verb[**Arguments, Row](
    *permissions: str,
    savepoint: bool = True,
) -> Callable[[Callable[Arguments, Row]], Callable[Arguments, Row]]:
    """Make a function a verb: who may (any of the permissions), why, all or nothing.

    The function takes ``by`` and ``reason`` as keywords. A constraint that the database holds
    becomes a refusal in words. Without ``savepoint`` a refusal undoes the transaction that
    the verb is part of, as an import wants it: two statements less.
    """

    def make(function: Callable[Arguments, Row]) -> Callable[Arguments, Row]:
        @functools.wraps(function)
        def run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Row:
            by: Any = kwargs["by"]
            require_permission(by, *permissions)
            kwargs["reason"] = reason = require_reason(kwargs["reason"])
            try:
                with (
                    transaction.atomic(savepoint=savepoint),
                    act(function.__name__, by=by, reason=reason),
                ):
                    return function(*args, **kwargs)
            except IntegrityError as error:
                raise refusal_of(error) from error

        return run

    return make


def require_permission(by: Any, *permissions: str) -> None:
    """Refuse accounts that are deactivated or hold none of the permissions."""
    if not isinstance(by, User) or not by.is_active:
        raise PermissionMissingError("Sign in with an active account.")
    if not any(by.has_perm(f"claims.{permission}") for permission in permissions):
        wanted = " or ".join(permissions)
        raise PermissionMissingError(f"The account {by.username} lacks the permission {wanted}.")


def require_reason(reason: Any) -> str:
    """Return the reason trimmed; refuse an empty or overlong one."""
    text = reason.strip() if isinstance(reason, str) else ""
    if not text:
        raise ReasonRequiredError("Say why, in a few words.", field="reason")
    limit: int = settings.FACTBASE_LIMITS["reason_characters"]
    if len(text) > limit:
        raise InvalidValueError(
            f"The reason has {len(text)} characters; {limit} are allowed.", field="reason"
        )
    return refuse_unstorable(text, "reason")
