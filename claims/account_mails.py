"""Mails that let somebody choose a password: an invitation, or a password that was forgotten."""

# Each holds a link that works once and for PASSWORD_RESET_TIMEOUT seconds: it is made of the
# account's password, which it changes.

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

HOURS: Final = settings.PASSWORD_RESET_TIMEOUT // 3600


def mail_invitation(account: User) -> None:
    """Send the link by which an invited account chooses its first password."""
    subject = _("%(site)s: you are invited to the desk") % {"site": settings.SITE_NAME}
    _send(account, subject, "mail/invitation.txt")


def mail_password_resets(address: str) -> int:
    """Send the link to every account of this address that has a password; say to how many."""
    accounts = [one for one in PasswordResetForm().get_users(address) if isinstance(one, User)]
    subject = _("%(site)s: a new password") % {"site": settings.SITE_NAME}
    for account in accounts:
        _send(account, subject, "mail/password.txt")
    return len(accounts)


def password_link(account: User) -> str:
    """Where the account chooses a password; never made of what a browser says of the host."""
    name = urlsafe_base64_encode(force_bytes(account.pk))
    token = default_token_generator.make_token(account)
    return f"{settings.SITE_URL}{reverse('password_reset_confirm', args=[name, token])}"


def _send(account: User, subject: str, template: str) -> None:
    context = {
        "account": account,
        "site": settings.SITE_NAME,
        "link": password_link(account),
        "hours": HOURS,
    }
    body = render_to_string(template, context)
    EmailMessage(subject=subject, body=body, to=[account.email]).send()
