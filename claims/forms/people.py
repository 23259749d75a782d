"""Forms about accounts: how one is told, what is taken back of what another did."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.choices import MailPace
from claims.forms.base import ReasonForm


class MailForm(forms.Form):
    """How soon notifications come by mail."""

    pace = forms.ChoiceField(
        label=_("Notifications by e-mail"), choices=MailPace.choices, widget=forms.RadioSelect
    )


class RollbackForm(ReasonForm):
    """Since when an account's edits are taken back, and why."""

    since = forms.DateTimeField(
        label=_("Since (UTC)"), help_text=_("Such as 2026-11-30 14:05; a day begins at 00:00.")
    )

    field_order = ("since", "reason")
