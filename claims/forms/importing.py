"""The form by which a text comes in: a file or what is pasted."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from claims.errors import RefusalError
from claims.forms.base import add_refusal
from claims.models import ImportRun
from claims.reading.proposals import ReadingError
from claims.reading.text.decode import decode_article
from claims.reading.text.layout import title_in
from claims.workflow.importing import LANGUAGE

PASTED = 1024 * 1024  # bytes; a request may hold twice as many
FORMATS = (
    ("auto", _("find out")),
    ("plain", _("plain text")),
    ("wikitext", _("wikitext")),
)


class ImportForm(forms.ModelForm):
    """An article's text, its title and how it is written."""

    refusal: ClassVar[RefusalError | None] = None
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("The text or wikitext of an article, in UTF-8, up to 2 MB."),
    )
    text = forms.CharField(
        label=_("or text"),
        required=False,
        strip=False,
        help_text=_("Up to 1 MB."),
        widget=forms.Textarea(attrs={"rows": 12, "cols": 80}),
    )
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=300,
        help_text=_("For a text that does not name itself; a file is named after its name."),
    )
    format = forms.ChoiceField(label=_("Format"), choices=FORMATS, initial="auto")

    class Meta:
        model = ImportRun
        fields = ("file", "text", "title", "format", "language")

    def clean(self) -> dict[str, Any]:
        """Decode the text; say what is wrong at the field that is at fault."""
        cleaned = super().clean() or {}
        if self.refusal is not None:
            add_refusal(self, self.refusal)
            return cleaned
        file, typed = cleaned.get("file"), cleaned.get("text") or ""
        if bool(file) == bool(typed.strip()):
            raise forms.ValidationError(_("Give a file or a text, one of the two."))
        field = "file" if file else "text"
        try:
            cleaned["body"] = _body_of(file, typed)
            cleaned["title"] = self._title(file, cleaned)
        except ReadingError as error:
            self.add_error(field, str(error))
        return cleaned

    def clean_language(self) -> str:
        """Only tags as BCP 47 writes them, such as en or pt-BR."""
        tag: str = self.cleaned_data["language"]
        if not LANGUAGE.fullmatch(tag):
            raise forms.ValidationError(_("Write the tag of a language, such as en or pt-BR."))
        return tag

    def _title(self, file: UploadedFile | None, cleaned: dict[str, Any]) -> str:
        """The title to use where the text names none."""
        title = (cleaned.get("title") or "").strip()
        if not title and file is not None:
            title = PurePath(file.name or "").stem.replace("-", " ").replace("_", " ").strip()
        is_named = bool(title) or self.has_error("title")  # at fault, but given
        if not is_named and not title_in(cleaned["body"], cleaned.get("format") or "auto"):
            self.add_error("title", _("The text does not name itself: give its title."))
        return title or "Untitled"

    def _post_clean(self) -> None:
        """Leave the row alone: the verb checks the rules."""


def _body_of(file: UploadedFile | None, typed: str) -> str:
    """The text, decoded; browsers send pasted lines with two line ends, files keep theirs."""
    limit: int = settings.FACTBASE_LIMITS["request_bytes"]
    if file is None:
        data = typed.replace("\r\n", "\n").encode("utf-8", "surrogatepass")
        if len(data) > PASTED:
            raise ReadingError(f"The text has {len(data):,} bytes: upload a file instead.")
    else:
        data = file.read(limit + 1)
    return decode_article(data, max_bytes=limit)
