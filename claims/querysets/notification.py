"""Reading what accounts watch and what they were told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from claims.choices import MailPace

if TYPE_CHECKING:
    from claims.models import MailChoice, Notification, Watch

COUNTED = 99  # unread lines that the badge counts; beyond it says "and more"


class WatchQuerySet(QuerySet["Watch"]):
    def of_rows(self, noun: str, numbers: Collection[int]) -> WatchQuerySet:
        """What accounts chose about these rows, to watch them or to hear nothing of them."""
        return self.filter(noun=noun, number__in=numbers)

    def of_all(self, rows: Iterable[tuple[str, int]]) -> WatchQuerySet:
        """The same of rows of several nouns."""
        numbers: dict[str, list[int]] = {}
        for noun, number in rows:
            numbers.setdefault(noun, []).append(number)
        which = Q(pk__in=())
        for noun, some in numbers.items():
            which |= Q(noun=noun, number__in=some)
        return self.filter(which)

    def on_row(self, account: User, noun: str, number: int) -> WatchQuerySet:
        """What one account chose about one row."""
        return self.filter(account=account, noun=noun, number=number)

    def watched_by(self, account: User) -> WatchQuerySet:
        """What one account chose to watch, the newest first."""
        return self.filter(account=account, is_on=True)


class NotificationQuerySet(QuerySet["Notification"]):
    def to(self, account: User) -> NotificationQuerySet:
        """What one account was told, unread lines first, then the newest first."""
        told = self.filter(account=account).select_related("actor")
        return told.order_by(F("read_at").desc(nulls_first=True), "-pk")

    def unread(self) -> NotificationQuerySet:
        return self.filter(read_at__isnull=True)

    def read_before(self, moment: dt.datetime) -> NotificationQuerySet:
        """Lines that were read so long ago."""
        return self.filter(read_at__lt=moment)

    def unmailed(self) -> NotificationQuerySet:
        """Lines that nobody read on the desk or got by mail."""
        return self.unread().filter(mailed_at__isnull=True)

    def unread_count(self, account: User) -> int:
        """How many lines the account has not read; one more than COUNTED stands for more."""
        return self.unread().filter(account=account).order_by()[: COUNTED + 1].count()

    def batch(self, account: int, stamp: dt.datetime) -> NotificationQuerySet:
        """The lines of one mail, the oldest first."""
        told = self.filter(account=account, mailed_at=stamp).select_related("actor")
        return told.order_by("pk")


class MailChoiceQuerySet(QuerySet["MailChoice"]):
    def language_of(self, account: User) -> str:
        """The language that the account chose for its mails; '' for none."""
        found: str | None = self.filter(account=account).values_list("language", flat=True).first()
        return found or ""

    def pace_of(self, account: User) -> str:
        """How soon the account gets its mail."""
        chosen = self.filter(account=account).values_list("pace", flat=True).first()
        return chosen or MailPace.NEVER

    def at_once(self, accounts: Collection[int]) -> list[int]:
        """Those of the accounts that want to be told at once."""
        rows = self.filter(account__in=accounts, pace=MailPace.AT_ONCE).order_by("account_id")
        return list(rows.values_list("account_id", flat=True))

    def due(
        self, now: dt.datetime, *, pause: dt.timedelta, lease: dt.timedelta
    ) -> MailChoiceQuerySet:
        """Accounts to send a mail to: by their pace, or because sending one was interrupted.

        Days and weeks are those of UTC. ``pause`` lies between two mails that are sent at once;
        for ``lease`` nobody sends again what somebody is sending.
        """
        today = now.astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        week = today - dt.timedelta(days=today.weekday())
        late = (
            Q(pace=MailPace.AT_ONCE, mailed_at__lte=now - pause)
            | Q(pace=MailPace.DAILY, mailed_at__lt=today)
            | Q(pace=MailPace.WEEKLY, mailed_at__lt=week)
            | Q(mailed_at__isnull=True)
        )
        lines: Any = self.model._meta.get_field("account").related_model
        told = lines._meta.get_field("notifications").related_model.objects.unmailed()
        waiting = Exists(told.filter(account=OuterRef("account")).order_by())
        fresh = Q(late, waiting, batch_at__isnull=True)
        interrupted = Q(batch_at__isnull=False, tried_at__lte=now - lease)
        reachable = self.filter(account__is_active=True).exclude(account__email="")
        return reachable.exclude(pace=MailPace.NEVER).filter(fresh | interrupted)
