"""Mail about notifications: each line in one mail, at the pace that its account chose."""

# A mail is marked, sent, then marked as sent, in three steps: no transaction waits for a mail
# server. Who is interrupted between the last two has it sent again after the lease, with the
# same Message-ID: one mail twice at the most, and none lost.

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from email.policy import default as default_policy
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.utils import DNS_NAME
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from claims.models import MailChoice, Notification
from claims.workflow.followers import who_may_see
from claims.workflow.mail_batches import due_choices, mark_batch, mark_sent

LINES: Final[int] = settings.FACTBASE_LIMITS["mail_lines"]
_SALT: Final = "claims.mailing.unsubscribe"


class _Mail(EmailMultiAlternatives):
    """A mail with whole headers: Python encodes links that it must fold, and nobody reads them."""

    def message(self, *, policy: Any = default_policy) -> Any:
        """The mail with lines as long as RFC 5322 allows."""
        return super().message(policy=policy.clone(max_line_length=998))


def is_mail_on() -> bool:
    """Whether this site sends mail."""
    return "default" in mailers


def send_due(*, account: int | None = None, now: dt.datetime | None = None) -> Iterator[str]:
    """Send what is due, to one account or to all; yield whom each mail went to.

    Raises OSError (SMTPException is one) when the mail server refuses; what is sent stays
    marked, the others are tried again later.
    """
    at = now or timezone.now()
    for choice in due_choices(at, account):
        batch = mark_batch(choice, at)
        if batch is None:
            continue
        message = _message(batch)
        if message is not None:
            message.send()
        mark_sent(batch)
        if message is not None:
            yield batch.account.username


def unsubscribe_token(account: int) -> str:
    """What ends the mails of an account without a sign-in; it does not expire."""
    return signing.dumps(account, salt=_SALT)


def account_of_token(token: str) -> int | None:
    """The number of the account that the token was made for; None for what is no token."""
    try:
        found: Any = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return found if isinstance(found, int) else None


def _message(choice: MailChoice) -> EmailMultiAlternatives | None:
    """The mail of a batch; None when nothing is left that the account may see."""
    account, stamp = choice.account, choice.batch_at
    assert stamp is not None  # marked just now
    lines = _seen(account.pk, Notification.objects.batch(account.pk, stamp))
    if not lines:
        return None
    with translation.override(choice.language or settings.LANGUAGE_CODE):
        return _composed(choice, lines)


def _seen(account: int, lines: Iterable[Notification]) -> list[Notification]:
    """Those of rows that the account may look at."""
    told = list(lines)
    seen = {noun for noun in {line.noun for line in told} if who_may_see(noun, [account])}
    return [line for line in told if line.noun in seen]


def _composed(choice: MailChoice, lines: list[Notification]) -> EmailMultiAlternatives:
    account, stop = choice.account, _absolute("unsubscribe", unsubscribe_token(choice.account_id))
    context = {
        "account": account,
        "language": translation.get_language(),
        "site": settings.SITE_NAME,
        "lines": [(line, _links(line)) for line in lines[:LINES]],
        "more": max(0, len(lines) - LINES),
        "desk": _absolute("admin:notifications"),
        "choice": _absolute("admin:mail"),
        "stop": stop,
    }
    count = len(lines)
    several = ngettext(
        "%(site)s: %(count)d notification", "%(site)s: %(count)d notifications", count
    )
    subject = gettext("%(site)s: %(first)s") if count == 1 else several
    told = {"site": settings.SITE_NAME, "first": str(lines[0]), "count": count}
    stamp = choice.batch_at.timestamp() if choice.batch_at else 0
    headers = {
        "Message-ID": f"<notifications-{account.pk}-{int(stamp * 1e6)}@{DNS_NAME}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    message = _Mail(
        subject=" ".join((subject % told).split()),
        body=render_to_string("mail/notifications.txt", context),
        to=[account.email],
        headers=headers,
    )
    message.attach_alternative(render_to_string("mail/notifications.html", context), "text/html")
    return message


def _links(line: Notification) -> list[tuple[str, str]]:
    """Reference and address on the desk of each row that the line names."""
    page = f"admin:claims_{line.noun}_change"
    named = zip(line.named, line.numbers, strict=False)
    return [(ref, _absolute(page, number)) for ref, number in named]


def _absolute(name: str, *args: Any) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=args)}"
