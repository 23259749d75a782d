"""Forms for splitting a claim: which statements go, and what the new claim asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.choices import Aggregation
from claims.forms.base import DATE_HELP, ReasonForm
from claims.forms.dispute import RationaleForm, StatementField
from claims.forms.pickers import picker_field
from claims.models import Assertion, Claim, Dispute

SCOPE = ("question", "subject", "measure", "population", "unit", "aggregation", "as_of")


class StatementsField(forms.ModelMultipleChoiceField):
    """Statements of one claim, by their words and who said them."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        words = StatementField.label_from_instance(self, obj)  # type: ignore[arg-type]
        speaker = next(iter(obj.attributions.all()), None)
        who = speaker.party.name if speaker is not None else obj.source and obj.source.title
        told = f"{words} ({who})" if who else words
        return told if obj.is_live else f"{told}, {obj.get_status_display()}"


class SplitForm(ReasonForm):
    """The statements that go, and the scope of the new claim, which starts as the old one's."""

    statements = StatementsField(
        queryset=None,
        label=_("Statements that go to the new claim"),
        help_text=_("What denies or replaces a statement goes with it. One that counts stays."),
    )
    question = forms.CharField(
        label=_("Question of the new claim"), widget=forms.Textarea(attrs={"rows": 2})
    )
    population = forms.CharField(label=_("Population"), required=False, max_length=300)
    unit = forms.CharField(label=_("Unit"), required=False, max_length=100)
    aggregation = forms.ChoiceField(label=_("Aggregation"), choices=Aggregation.choices)
    as_of = forms.CharField(label=_("As of"), required=False, max_length=60, help_text=DATE_HELP)

    field_order: tuple[str, ...] = ("statements", *SCOPE, "rationale", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("subject", "measure"):
            label = Claim._meta.get_field(name).verbose_name.capitalize()  # type: ignore[union-attr]
            self.fields[name] = picker_field(Claim, name, may_add=lambda _model: False, label=label)
        self.order_fields(self.field_order)

    def know(self, row: Claim | Dispute) -> None:
        claim = row if isinstance(row, Claim) else row.claim
        rows = Assertion.objects.filter(claim=claim).order_by("pk").select_related("source")
        named = rows.select_related("claim__measure").prefetch_related("attributions__party")
        self.fields["statements"].queryset = named  # type: ignore[attr-defined]
        for name in SCOPE:
            self.fields[name].initial = getattr(claim, name)


class SplitCaseForm(SplitForm, RationaleForm):
    """The same as the decision on a dispute: readers are told the grounds."""

    field_order = SplitForm.field_order
