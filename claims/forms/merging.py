"""Forms for saying that two rows are the same."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.choices import MergedNoun
from claims.domain.refs import parse_ref
from claims.forms.base import ReasonForm
from claims.models import Measure
from claims.workflow.sameness import MODELS


class MergeForm(ReasonForm):
    """Which row stays; ``noun`` is the kind of both."""

    noun = ""
    into = forms.CharField(
        label=_("The row that it is the same as"),
        max_length=200,
        help_text=_("Its reference, such as P12; of a measure its short name."),
    )

    field_order = ("into", "reason")

    def clean_into(self) -> int:
        """The number of the row that is named."""
        text = self.cleaned_data["into"].strip()
        if self.noun == MergedNoun.MEASURE:
            number = Measure.objects.filter(slug=text).values_list("pk", flat=True).first()
        else:
            number = parse_ref(text, MODELS[self.noun].ref_letter)
        if number is None:
            raise forms.ValidationError(_("There is no such row."))
        return number


def merge_form(noun: str) -> type[MergeForm]:
    """The form for rows of this kind."""
    fields: dict[str, Any] = {"noun": noun, "__doc__": MergeForm.__doc__}
    return type(f"Merge{noun.title()}Form", (MergeForm,), fields)
