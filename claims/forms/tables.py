"""The forms by which a table comes in: its file, then how its columns are read."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from claims.errors import RefusalError
from claims.forms.base import add_refusal, reason_field
from claims.models import ImportedTable

KINDS = (
    ("auto", _("find out")),
    ("excel", _("put there by an export for a spreadsheet")),
    ("plain", _("part of the text")),
)
EXCEL = {"excel": True, "plain": False, "auto": None}


class TableForm(forms.ModelForm):
    """A table of figures as a file."""

    refusal: ClassVar[RefusalError | None] = None
    file = forms.FileField(
        label=_("File"),
        help_text=_("A table as CSV in UTF-8, up to 2 MB and 500 rows; nothing is imported yet."),
    )

    class Meta:
        model = ImportedTable
        fields = ("file",)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.refusal is not None:
            add_refusal(self, self.refusal)
        return cleaned

    def clean_file(self) -> Any:
        """Refuse a file that is longer than a request may be."""
        file = self.cleaned_data["file"]
        limit: int = settings.FACTBASE_LIMITS["request_bytes"]
        if file.size > limit:
            raise forms.ValidationError(
                _("The file has %(size)d bytes; %(limit)d are allowed.")
                % {"size": file.size, "limit": limit}
            )
        return file

    def _post_clean(self) -> None:
        """Leave the row alone: the verb checks the rules."""


class ReadTableForm(forms.Form):
    """How the columns are read, and why the table is imported."""

    mapping = forms.CharField(
        label=_("Mapping of the columns"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "cols": 80, "spellcheck": "false"}),
        help_text=_(
            "TOML: which column of the file is which of ours; empty for a table of figures that "
            "factbase exported."
        ),
    )
    kind = forms.ChoiceField(
        label=_("A ' before a formula is"), choices=KINDS, initial="auto", required=False
    )
    reason = reason_field()

    @property
    def excel(self) -> bool | None:
        return EXCEL[self.cleaned_data["kind"] or "auto"]
