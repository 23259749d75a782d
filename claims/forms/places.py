"""The hidden input that holds where an article says what a row holds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.importers.text_places import TextPlace, read_place


class PlaceField(forms.CharField):
    """Where an article says it: kept by the page, not typed."""

    widget = forms.HiddenInput
    default_error_messages = {
        "unknown": _("This place is not in the article's text: select the words again.")
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=500, **kwargs)

    def clean(self, value: Any) -> TextPlace | None:
        words = super().clean(value)
        found = read_place(words) if words else None
        if words and found is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return found
