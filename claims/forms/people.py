"""Forms about accounts: how one is told."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.choices import MailPace


class MailForm(forms.Form):
    """How soon notifications come by mail."""

    pace = forms.ChoiceField(
        label=_("Notifications by e-mail"), choices=MailPace.choices, widget=forms.RadioSelect
    )
