"""Forms about accounts: how one is told, what is taken back of what another did."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from claims.choices import MailPace
from claims.forms.base import ReasonForm
from claims.workflow.accounts import GROUPS


class MailForm(forms.Form):
    """How soon notifications come by mail."""

    pace = forms.ChoiceField(
        label=_("Notifications by e-mail"), choices=MailPace.choices, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(
        label=_("Language of the mails"), choices=settings.LANGUAGES, required=False
    )


class RollbackForm(ReasonForm):
    """Since when an account's edits are taken back, and why."""

    since = forms.DateTimeField(
        label=_("Since (UTC)"), help_text=_("Such as 2026-11-30 14:05; a day begins at 00:00.")
    )

    field_order = ("since", "reason")


class InviteForm(ReasonForm):
    """Whom a chief invites, and as what."""

    username = forms.CharField(label=_("Name of the account"), max_length=150)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    group = forms.ChoiceField(label=_("Group"), choices=[(name, name) for name in GROUPS])

    field_order = ("username", "email", "group", "reason")


class RegroupForm(ReasonForm):
    """What an account may do from now on."""

    group = forms.ChoiceField(label=_("Group"), choices=[(name, name) for name in GROUPS])

    field_order = ("group", "reason")
