"""What an account keeps for itself: what it watches, what it has read, how it is told."""

# None of it says anything about a claim, so none of it is an act of the log (docs/adr/0026).

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from claims.choices import MailPace, WatchedNoun
from claims.errors import InvalidValueError, PermissionMissingError
from claims.models import MailChoice, Notification, Watch
from claims.workflow.events import moment
from claims.workflow.followers import PAGE_OF, who_may_see

AT_ONCE: Final = 1_000  # lines that one statement deletes


def set_watch(*, account: User, noun: str, number: int, is_on: bool) -> Watch:
    """Follow a row, or hear nothing of it any more, even of one that the account wrote on.

    Raises InvalidValueError for a row that is not there, PermissionMissingError for an account
    that may not look at such rows.
    """
    if noun not in WatchedNoun.values:
        raise InvalidValueError(f"noun: one of {', '.join(WatchedNoun.values)}.", field="noun")
    if not who_may_see(noun, [account.pk]):
        raise PermissionMissingError(f"The account {account.username} may not look at that.")
    if not PAGE_OF[noun].objects.filter(pk=number).exists():
        raise InvalidValueError(f"There is no {noun} {number}.", field="number")
    with transaction.atomic():
        row, _ = Watch.objects.update_or_create(
            account=account, noun=noun, number=number, defaults={"is_on": is_on}
        )
    return row


def mark_read(
    *, account: User, numbers: Collection[int] | None = None, now: dt.datetime | None = None
) -> int:
    """Mark these lines of the account as read, all of them without ``numbers``; say how many."""
    rows = Notification.objects.unread().filter(account=account)
    if numbers is not None:
        rows = rows.filter(pk__in=numbers)
    return rows.update(read_at=moment(now))


def prune_read(*, days: int, now: dt.datetime | None = None) -> Iterator[int]:
    """Delete the lines that were read more than so many days ago; yield how many, by the batch.

    What nobody read stays, however old. Whoever stops it keeps what is done.
    """
    old = Notification.objects.read_before(moment(now) - dt.timedelta(days=days)).order_by()
    while some := list(old.values_list("pk", flat=True)[:AT_ONCE]):
        yield Notification.objects.filter(pk__in=some).delete()[0]


def choose_mail(*, account: User, pace: str, language: str = "") -> MailChoice:
    """Say how soon the account gets its lines by mail; it needs an address for that.

    ``language`` is one of settings.LANGUAGES, empty for the language of the site.
    """
    if pace not in MailPace.values:
        raise InvalidValueError(f"pace: one of {', '.join(MailPace.values)}.", field="pace")
    if language and language not in dict(settings.LANGUAGES):
        known = ", ".join(dict(settings.LANGUAGES))
        raise InvalidValueError(f"language: one of {known}.", field="language")
    if pace != MailPace.NEVER and not account.email:
        raise InvalidValueError(
            "This account has no e-mail address; ask a chief to enter one.", field="pace"
        )
    with transaction.atomic():
        chosen = {"pace": pace, "language": language}
        row, _ = MailChoice.objects.update_or_create(account=account, defaults=chosen)
    return row
