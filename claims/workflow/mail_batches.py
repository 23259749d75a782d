"""The lines of one mail, marked before it is sent and when it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import transaction

from claims.choices import MailPace
from claims.models import MailChoice, Notification


def due_choices(now: dt.datetime, account: int | None = None) -> Iterator[MailChoice]:
    """The accounts that a mail is due to, or the one of this number if it is."""
    rows = MailChoice.objects.due(now, **_times())
    if account is not None:
        rows = rows.filter(account=account)
    yield from list(rows.order_by("pk"))


def mark_batch(choice: MailChoice, now: dt.datetime) -> MailChoice | None:
    """Take the next mail of an account upon oneself; None when somebody else did.

    Its lines bear its stamp from now on and take up no more rows. One that was interrupted is
    taken up as it was.
    """
    with transaction.atomic():
        due = MailChoice.objects.due(now, **_times()).select_for_update(of=("self",))
        row = due.select_related("account").filter(pk=choice.pk).first()
        if row is None:
            return None
        if row.batch_at is None:
            row.batch_at = now
            waiting = Notification.objects.unmailed().filter(account=row.account_id)
            waiting.update(mailed_at=now)
        row.tried_at = now
        row.save(update_fields=["batch_at", "tried_at"])
    return row


def mark_sent(choice: MailChoice) -> None:
    """Say that the mail is out."""
    with transaction.atomic():
        mine = MailChoice.objects.filter(pk=choice.pk, batch_at=choice.batch_at)
        mine.update(mailed_at=choice.batch_at, batch_at=None)


def stop_mails(account: int) -> None:
    """Send the account no more mail, as the link in one of its mails asked."""
    MailChoice.objects.filter(account=account).update(pace=MailPace.NEVER)


def _times() -> dict[str, Any]:
    limits = settings.FACTBASE_LIMITS
    return {
        "pause": dt.timedelta(minutes=limits["mail_pause_minutes"]),
        "lease": dt.timedelta(minutes=limits["mail_lease_minutes"]),
    }
