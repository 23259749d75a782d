"""Forms for a relation between two sources: added by hand, confirmed, turned down."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.forms.base import DeskForm, ReasonForm, reason_field
from claims.models import SourceRelation


class SourceRelationForm(DeskForm):
    """One source has what it says from another, or from an article."""

    words = forms.CharField(
        label=_("What speaks for it"),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        help_text=_("Readers see it once the relation is confirmed."),
    )

    class Meta:
        model = SourceRelation
        fields = ("from_source", "kind", "to_source", "to_article", "claim")
        labels = {
            "from_source": _("This source"),
            "kind": _("how"),
            "to_source": _("rests on this one"),
            "to_article": _("or on this article"),
            "claim": _("In this claim only"),
        }
        help_texts = {
            "claim": _("Empty: in all claims. A citation counts in one claim only."),
        }


class ConfirmForm(ReasonForm):
    """Origins will be counted along the relation."""

    reason = reason_field()
    reason.help_text = _("Why you are sure. Readers see it with the relation.")
