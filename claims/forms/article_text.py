"""The form in which an article's text is edited: the whole, one section, or a file in its place."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from claims.choices import ArticleFormat
from claims.domain.line_matching import lines_of
from claims.forms.base import reason_field
from claims.forms.importing import PASTED
from claims.models import Article, ArticleRevision
from claims.reading.proposals import ReadingError
from claims.reading.text.decode import decode_article
from claims.reading.text.sections import Section, sections_in

OPENED_ANEW = _("This form is not complete: open the text again. What you typed stands below.")


class TextForm(forms.Form):
    """A text as somebody edits it; ``base_revision`` is the text they began from.

    After is_valid() ``body`` is the whole text, also where only a section was typed.
    """

    base_revision: ArticleRevision
    body: str

    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "cols": 100, "class": "wiki-text"}),
    )
    file = forms.FileField(
        label=_("or a file in its place"),
        required=False,
        help_text=_("The text in UTF-8, up to 1 MB. It takes the place of what stands above."),
    )
    format = forms.ChoiceField(label=_("Format"), choices=ArticleFormat.choices)
    reason = reason_field()
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    section = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1
    )
    witness = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, article: Article, asks_why: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._article = article
        self.fields["reason"].required = asks_why

    def clean(self) -> dict[str, Any]:
        """Find the base and put the text together; say at the field what is wrong."""
        cleaned = super().clean() or {}
        base = self._article.revisions.numbered(cleaned.get("base") or 0).first()
        if base is None:
            raise forms.ValidationError(OPENED_ANEW)
        self.base_revision = base
        try:
            typed = self._typed(cleaned)
        except ReadingError as error:
            self.add_error("file", str(error))
            return cleaned
        number = cleaned.get("section")
        section = section_of(base, number)
        if number is not None and section is None:
            raise forms.ValidationError(OPENED_ANEW)
        self.body = in_its_place(base.text, section, typed)
        return cleaned

    def _typed(self, cleaned: dict[str, Any]) -> str:
        """The file where one is given, else what was typed; browsers send two line ends."""
        file: UploadedFile | None = cleaned.get("file")
        if file is None:
            typed = plain_ends(cleaned.get("text") or "")
            if len(typed.encode("utf-8", "surrogatepass")) > PASTED:
                self.add_error("text", _("Up to 1 MB: edit a section, or import a file."))
            return typed
        return plain_ends(decode_article(file.read(PASTED + 1), max_bytes=PASTED))


def section_of(revision: ArticleRevision, number: int | None) -> Section | None:
    """The section of this number; None for the whole text, and where there is none."""
    if number is None:
        return None
    found = sections_in(revision.text, revision.format)
    return found[number] if number < len(found) else None


def in_its_place(text: str, section: Section | None, typed: str) -> str:
    """The whole text, the section typed anew; what follows a section begins on its own line."""
    start, end = (section.start, section.end) if section else (0, len(text))
    new = with_ends_of(text, typed)
    if new and end < len(text) and not new.endswith("\n"):
        new += "\n"
    return f"{text[:start]}{new}{text[end:]}"


def plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def with_ends_of(text: str, typed: str) -> str:
    """What was typed with the line ends of the text, which no browser keeps."""
    if "\r" not in text:
        return typed
    lines = lines_of(text)
    ends = {plain_ends(line): line for line in lines}
    usual = Counter(line.endswith("\r\n") for line in lines).most_common(1)[0][0]
    return "".join(
        ends.get(line, f"{line[:-1]}\r\n" if usual and line.endswith("\n") else line)
        for line in lines_of(typed)
    )
