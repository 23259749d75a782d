"""Forms for deciding a dispute."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.choices import DisputeOutcome
from claims.forms.base import ReasonForm
from claims.models import Assertion, Dispute
from claims.workflow.desk import unit_of
from claims.workflow.disputes import dispute_witness
from claims.workflow.document_parts import words_of

# Splitting decides with this outcome: the statements then stand where they belong.
_SPLIT: Final = DisputeOutcome.DIFFERENT_SCOPE


class RationaleForm(ReasonForm):
    """A decision that readers are told the grounds of."""

    rationale = forms.CharField(
        label=_("Public rationale"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Published with the decision."),
    )

    field_order: tuple[str, ...] = ("rationale", "reason")


class StatementField(forms.ModelChoiceField):
    """A choice among statements, by their words."""

    def label_from_instance(self, obj: Any) -> str:
        said = words_of(obj, unit_of(obj.claim)) or obj.get_stance_display()
        return f"{obj.ref}: {said}"


class DecideForm(RationaleForm):
    """Outcome, the preferred statement if one is, the public rationale."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("", "---------"), *(one for one in DisputeOutcome.choices if one[0] != _SPLIT)],
        help_text=_("Where the statements answer different questions, split the claim instead."),
    )
    preferred: StatementField = StatementField(
        label=_("Preferred or later statement"),
        queryset=None,
        required=False,
        help_text=_(
            "With the outcome “one statement is preferred” that one; with “superseded by a later "
            "figure” the later one, which must have been said after the others."
        ),
    )
    witness = forms.CharField(max_length=64, widget=forms.HiddenInput)

    field_order = ("outcome", "preferred", "rationale", "reason", "witness")

    def __init__(self, *args: Any, dispute: Dispute, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Assertion.objects.live().filter(dispute_memberships__dispute=dispute)
        self.fields["preferred"].queryset = members.select_related("claim__measure")  # type: ignore[attr-defined]
        self.fields["reason"].help_text = _("In a few words. Readers see it among what happened.")
        self.initial["witness"] = dispute_witness(dispute)


class NoteForm(ReasonForm):
    """What only editors may read."""

    note = forms.CharField(
        label=_("Private note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For editors only; never published."),
    )

    field_order = ("note", "reason")
