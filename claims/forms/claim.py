"""Forms for a claim: its question, its links, its place in the queue."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from claims.choices import DisputeKind, Priority, RelationKind, TakedownCause
from claims.forms.accounts import AccountField
from claims.forms.base import (
    DATE_HELP,
    GREGORIAN,
    DeskForm,
    FigureField,
    Growing,
    ReasonForm,
    reason_field,
)
from claims.models import Claim, ClaimRelation


class ClaimForm(Growing, DeskForm):
    """The question and its scope; a new one may name a subject that the desk lacks."""

    aside = ("subject_title", "subject_when")
    subject_title = forms.CharField(label=_("Title of a new subject"), required=False)
    subject_when = forms.CharField(
        label=_("When it happened"),
        required=False,
        max_length=64,
        help_text=DATE_HELP,
    )

    class Meta:
        model = Claim
        fields = (
            *("question", "subject", "measure", "unit", "population", "aggregation"),
            *("as_of", "cardinality", "tolerance_pct", "best_policy"),
        )
        field_classes = {"tolerance_pct": FigureField}
        labels = {"tolerance_pct": _("Tolerance"), "cardinality": _("How many answers are right")}
        widgets = {"question": forms.Textarea(attrs={"rows": 2, "cols": 70, "maxlength": 300})}
        help_texts = {
            "population": _("Who or what is counted, such as “Malian soldiers”."),
            "unit": _(
                "Of amounts of money the currency: USD, EUR. Empty takes that of the measure."
            ),
            "as_of": format_lazy(
                "{} {}",
                _("For a stock or a running total: 2012-04-08, 2012-04 or 2012-04~."),
                GREGORIAN,
            ),
            "tolerance_pct": _("Figures this close, in per cent, do not count as a conflict."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in self.aside:
                del self.fields[name]
        elif "subject" in self.fields:
            self.fields["subject"].required = False

    def clean(self) -> dict[str, Any] | None:
        data = self.cleaned_data
        title = data.get("subject_title", "").strip()
        if data.get("subject") and (title or data.get("subject_when")):
            self.add_error("subject_title", _("Choose a subject or name a new one, not both."))
        elif "subject" in data and not data["subject"] and not title:
            self.add_error("subject", _("Choose a subject, or name a new one below."))
        return super().clean()


class RelationForm(DeskForm):
    """A link between two claims."""

    class Meta:
        model = ClaimRelation
        fields = ("from_claim", "to_claim", "kind", "exhaustive", "scope_exact")
        labels = {"from_claim": _("This claim"), "kind": _("is"), "to_claim": _("of, as or to")}

    kind = forms.ChoiceField(
        label=_("is"),
        choices=[one for one in RelationKind.choices if one[0] != RelationKind.SPLIT_OFF],
    )


class TakeForm(ReasonForm):
    """I look after it."""

    reason = reason_field()
    reason.initial = _("I look after it.")


class ReleaseForm(ReasonForm):
    """Somebody else may look after it."""

    reason = reason_field()
    reason.initial = _("Somebody else may look after it.")


class AssignForm(ReasonForm):
    """Who looks after a claim."""

    assignee = AccountField(
        label=_("Assignee"), required=False, help_text=_("The name of an account; empty: nobody.")
    )

    field_order = ("assignee", "reason")


class PrioritiseForm(ReasonForm):
    """How soon a claim is to be looked after."""

    priority = forms.ChoiceField(label=_("Priority"), choices=Priority.choices)

    field_order = ("priority", "reason")


class OpenDisputeForm(ReasonForm):
    """A doubt that the arithmetic does not see; the reason is public."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=DisputeKind.choices, initial=DisputeKind.EDITOR
    )

    field_order = ("kind", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("Why. Readers see it in the case file.")


class GoBackForm(ReasonForm):
    """What a claim goes back to: v3, a version, or h42, a row of its history."""

    to = forms.CharField(widget=forms.HiddenInput, max_length=20)


class AcceptForm(ReasonForm):
    """An imported draft holds what the article says."""

    reason = reason_field()
    reason.initial = _("Read in the article: it says so.")


class DropForm(ReasonForm):
    """An imported draft is not worth keeping."""

    reason = reason_field()
    reason.initial = _("Misread by the import, or no statement worth keeping.")


class TakedownForm(ReasonForm):
    """Why a claim is taken from readers at once."""

    cause = forms.ChoiceField(
        label=_("Cause"),
        choices=TakedownCause.choices,
        help_text=_("Readers are told this, and that a second person has yet to confirm it."),
    )

    field_order = ("cause", "reason")


class BareForm(ReasonForm):
    """A verb that asks for nothing: its name says why."""

    reason = None  # type: ignore[assignment]


class CommentForm(BareForm):
    """A message to the other editors of a claim; never published."""

    body = forms.CharField(
        label=_("Message"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For the desk only. “@” and the name of an account tells that account."),
    )


class ReviewForm(forms.Form):
    """One of three decisions on what the reviewer saw."""

    APPROVE, RETURN, DISPUTE = "approve", "return", "dispute"

    decision = forms.ChoiceField(
        choices=[(APPROVE, "approve"), (RETURN, "return"), (DISPUTE, "dispute")]
    )
    witness = forms.CharField(max_length=64, widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = reason_field()
