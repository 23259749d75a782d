"""How much a new account may do in a day, until somebody has looked at what it does."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from claims.errors import PermissionMissingError
from claims.models import Act

DAY: Final = dt.timedelta(days=1)
REVIEWER: Final = "claims.review_claim"  # who has it was looked at, however new the account is


def require_room(by: User, *, now: dt.datetime | None = None) -> None:
    """Refuse a new account that did as many acts in 24 hours as it may, saying when it may again.

    What writes outside the workflow, such as a new password, is neither refused nor counted.
    """
    most, at = settings.NEW_ACCOUNT_ACTS, now or timezone.now()
    if not most or at - by.date_joined >= settings.NEW_ACCOUNT_DAYS * DAY or by.has_perm(REVIEWER):
        return
    done = Act.objects.of_workflow(by.pk).filter(at__gt=at - DAY).order_by("-at")
    times = list(done.values_list("at", flat=True)[:most])
    if len(times) == most:
        again = (times[-1] + DAY).astimezone(dt.UTC)
        raise PermissionMissingError(
            f"The account {by.username} is new and may do {most} things in 24 hours; "
            f"go on after {again:%Y-%m-%d %H:%M} UTC."
        )
