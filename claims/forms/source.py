"""Forms for a source: its data, and the chief's judgement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.choices import Reliability
from claims.forms.base import DATE_HELP, DeskForm, Growing, ReasonForm
from claims.models import Source


def reference_field() -> forms.CharField:
    """A reference as programs and wikis write it, to be read by importers/references."""
    return forms.CharField(
        label=_("Reference"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60, "spellcheck": "false"}),
        help_text=_(
            "BibTeX, RIS, CSL-JSON, a {{cite …}} template, an address or a DOI. What you type "
            "yourself goes before it. Nothing is fetched."
        ),
    )


class SourceForm(Growing, DeskForm):
    """A published work. Reliability and withdrawal have verbs of their own.

    A new one may be pasted as a reference, and name a publisher that the desk lacks.
    """

    aside = ("reference", "publisher_name")
    reference = reference_field()
    publisher_name = forms.CharField(
        label=_("Publisher, when the desk does not have it"), required=False, max_length=300
    )

    class Meta:
        model = Source
        fields = (
            *("title", "csl_type", "publisher", "authors", "issued", "language"),
            *("url_status", "url", "archive_url", "archived_on", "accessed_on", "doi", "isbn"),
            "work_licence",
        )
        labels = {
            "csl_type": _("Type"),
            "issued": _("Published"),
            "url_status": _("State of the address"),
            "url": _("Address"),
            "archive_url": _("Address of an archive"),
            "accessed_on": _("Last seen there on"),
            "doi": "DOI",
            "isbn": "ISBN",
            "work_licence": _("Licence"),
        }
        help_texts = {
            "issued": DATE_HELP,
            "work_licence": _("What the work may be used for, best as SPDX names it: CC-BY-4.0."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in self.aside:
                del self.fields[name]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("publisher") and self.cleaned_data.get("publisher_name"):
            self.add_error("publisher_name", _("Choose a publisher or name one, not both."))
        return cleaned


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
