"""Forms for a source: its data, and the chief's judgement."""

from __future__ import annotations

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from claims.choices import Reliability
from claims.forms.base import GREGORIAN, DeskForm, ReasonForm
from claims.models import Source


class SourceForm(DeskForm):
    """A published work. Reliability and withdrawal have verbs of their own."""

    class Meta:
        model = Source
        fields = (
            *("title", "csl_type", "publisher", "authors", "issued", "language"),
            *("url_status", "url", "archive_url", "archived_on", "accessed_on", "doi", "isbn"),
        )
        help_texts = {
            "issued": format_lazy("{} {}", _("Such as 2012-02-13, 2012-02 or 2012."), GREGORIAN)
        }


class RateForm(ReasonForm):
    """How reliable a source is, with a public note."""

    reliability = forms.ChoiceField(
        label=_("Reliability"),
        choices=[("", _("not judged")), *Reliability.choices],
        required=False,
    )
    note = forms.CharField(
        label=_("Public note"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    field_order = ("reliability", "note", "reason")
