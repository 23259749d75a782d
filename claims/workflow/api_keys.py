"""Making and revoking API keys: one's own, or anybody's by who manages them."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from claims.choices import KeyScope
from claims.errors import InvalidValueError, PermissionMissingError, TransitionError
from claims.models import ApiKey
from claims.models.api_key import binding_to
from claims.workflow.events import moment
from claims.workflow.verbs import require_permission, require_reason

DAYS: Final[int] = settings.FACTBASE_LIMITS["api_key_days"]
KEYS: Final[int] = settings.FACTBASE_LIMITS["api_keys_per_user"]


@transaction.atomic
def make_key(
    *, owner: User, by: User | None, reason: str, scope: str = KeyScope.READ, days: int = DAYS
) -> tuple[ApiKey, str]:
    """Make a key of an account; return its row and the key, which is stored nowhere.

    ``by`` is None for who runs commands on the server. Raises PermissionMissingError for an
    account that is switched off, and InvalidValueError for a life or a number out of bounds.
    """
    _require_right(owner, by)
    if not owner.is_active:
        raise PermissionMissingError(f"The account {owner.username} is switched off.")
    if scope not in KeyScope.values:
        raise InvalidValueError("scope: read or write.", field="scope")
    if not 1 <= days <= DAYS:
        raise InvalidValueError(f"days: from 1 to {DAYS}.", field="days")
    locked = User.objects.select_for_update().get(pk=owner.pk)
    living = ApiKey.objects.filter(user=locked).living().count()
    if living >= KEYS:
        raise InvalidValueError(
            f"{owner.username} has {living} keys, which is the most there may be; revoke one."
        )
    made: tuple[ApiKey, str] = ApiKey.objects.create(
        user=locked,
        expiry=dt.timedelta(days=days),
        scope=scope,
        bound_to=binding_to(locked),
        reason=require_reason(reason),
    )
    return made


@transaction.atomic
def revoke_key(
    *, key: ApiKey, by: User | None, reason: str, now: dt.datetime | None = None
) -> ApiKey:
    """End a key for good; the row stays and says who did it and why.

    ``by`` is None for who runs commands on the server.
    """
    row = ApiKey.objects.select_for_update().get(pk=key.pk)
    _require_right(row.user, by)
    why = require_reason(reason)
    if row.revoked_at is not None:
        raise TransitionError(f"{row.ref} is revoked already.", field="revoked_at")
    row.revoked_at, row.revoked_by, row.revocation_reason = moment(now), by, why
    row.save()
    return row


@transaction.atomic
def revoke_keys_of(
    *, owner: User, by: User | None, reason: str, now: dt.datetime | None = None
) -> list[ApiKey]:
    """End every key of an account that is not revoked yet; all or none."""
    keys = ApiKey.objects.filter(user=owner, revoked_at__isnull=True)
    return [revoke_key(key=key, by=by, reason=reason, now=now) for key in keys]


def _require_right(owner: User, by: User | None) -> None:
    """One's own keys need an account only; those of others the right to manage keys."""
    if by is not None:
        require_permission(by, "view_apikey" if by.pk == owner.pk else "manage_apikey")
