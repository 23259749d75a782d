"""The form that keeps a view of the queue under a name."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.workflow.queue_views import LONGEST_NAME


class QueueViewForm(forms.Form):
    """A name, for what the list was asked; the verb checks both."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    query = forms.CharField(required=False, widget=forms.HiddenInput)
