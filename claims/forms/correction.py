"""Forms for deciding on corrections of registers."""

from __future__ import annotations

from django import forms

from claims.forms.base import reason_field


class CorrectionForm(forms.Form):
    """One of two decisions on what the reviewer saw."""

    APPROVE, RETURN = "approve", "return"

    decision = forms.ChoiceField(choices=[(APPROVE, "approve"), (RETURN, "return")])
    witness = forms.CharField(max_length=64, widget=forms.HiddenInput)
    reason = reason_field()
