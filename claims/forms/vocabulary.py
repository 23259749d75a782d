"""Forms for what claims are made of: parties, subjects, measures, articles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from claims.choices import ArticleFormat
from claims.domain.countries import COUNTRIES
from claims.forms.base import GREGORIAN, DeskForm, FigureField, FormAnswer
from claims.forms.importing import FORMATS
from claims.forms.pickers import picker_field
from claims.models import Article, Measure, Party, Subject, SubjectBelligerent
from claims.reading.text.layout import is_wikitext

SPARE_BELLIGERENTS = 2


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 3, "cols": 40})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        lines = super().clean(value).splitlines()
        return [line.strip() for line in lines if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.clean(data)


class PartyForm(DeskForm):
    """A speaker, outlet or belligerent."""

    aliases = LinesField(label=_("Aliases"), required=False, help_text=_("One a line."))

    class Meta:
        model = Party
        fields = ("name", "kind", "aliases", "description", "wikidata_qid")
        labels = {"wikidata_qid": _("Item of Wikidata")}


class MeasureForm(DeskForm):
    """A kind of answer."""

    class Meta:
        model = Measure
        fields = ("slug", "label", "value_kind", "default_unit", "is_count", "wikidata_property")


class ArticleForm(DeskForm):
    """An article's data, and the first text of a new one; later texts have a page of their own."""

    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "cols": 80}),
    )
    format = forms.ChoiceField(label=_("Format"), choices=FORMATS, initial="auto", required=False)

    class Meta:
        model = Article
        fields = ("title", "language", "origin_url", "licence")
        labels = {"origin_url": _("Address of the original")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["text"], self.fields["format"]

    def first_text(self) -> dict[str, str]:
        """The text of a new article and its format, found out where nobody says it."""
        text, written = self.cleaned_data["text"], self.cleaned_data["format"] or "auto"
        is_wiki = is_wikitext(text, written)
        return {"text": text, "format": ArticleFormat.WIKITEXT if is_wiki else ArticleFormat.PLAIN}


class SubjectForm(DeskForm):
    """An event, place or group, with the parties to its conflict."""

    country = forms.ChoiceField(
        label=_("Country"),
        required=False,
        choices=[
            ("", "---------"),
            *((code, f"{code} {name}") for code, name in COUNTRIES.items()),
        ],
        help_text=_("Its own; without one it has that of the nearest subject above it."),
    )
    latitude = FigureField(
        label=_("Latitude"), required=False, help_text=_("Degrees north, such as 19.465.")
    )
    longitude = FigureField(
        label=_("Longitude"), required=False, help_text=_("Degrees east, west is negative.")
    )

    class Meta:
        model = Subject
        fields = (
            *("title", "kind", "parent", "place", "when"),
            *("country", "latitude", "longitude", "wikidata_id"),
        )
        help_texts = {
            "when": format_lazy(
                "{} {}", _("Such as 2012-01-24, 2012-01 or 2012-01-16/2012-01-17."), GREGORIAN
            ),
            "wikidata_id": _("Such as Q912."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        links = self.instance.belligerent_links.all() if self.instance.pk else ()
        pairs = [
            (link.party_id, link.side) for link in sorted(links, key=lambda link: int(link.pk))
        ]
        self.rows = len(pairs) + SPARE_BELLIGERENTS
        for number in range(self.rows):
            party, side = pairs[number] if number < len(pairs) else (None, "")
            self._add_pair(number, party, side)

    def _add_pair(self, number: int, party: int | None, side: str) -> None:
        words = {"number": number + 1}
        self.fields[f"belligerent_{number}"] = picker_field(
            *(SubjectBelligerent, "party"),
            may_add=self.may_add,
            label=_("Belligerent %(number)d") % words,
            required=False,
            initial=party,
        )
        self.fields[f"side_{number}"] = forms.CharField(
            label=_("Side of belligerent %(number)d") % words,
            required=False,
            max_length=100,
            initial=side,
        )

    def together(self) -> list[FormAnswer]:
        """The belligerents with their sides, and the two numbers of a place on the map."""
        pairs = [
            name
            for number in range(self.rows)
            for name in (f"belligerent_{number}", f"side_{number}")
        ]
        return [
            FormAnswer(_("Belligerents"), tuple(pairs)),
            FormAnswer(_("Coordinates"), ("latitude", "longitude")),
        ]

    def belligerents(self) -> list[tuple[Party, str]]:
        """The parties named, with their sides."""
        rows = range(self.rows)
        pairs = [(self.cleaned_data[f"belligerent_{n}"], self.cleaned_data[f"side_{n}"])
                 for n in rows]  # fmt: skip
        return [(party, side) for party, side in pairs if party is not None]

    def plain(self, values: dict[str, Any]) -> dict[str, Any]:
        """The values that are the subject's own columns."""
        return {name: value for name, value in values.items() if name in self.Meta.fields}

    def belligerents_changed(self) -> bool:
        return any(name.startswith(("belligerent_", "side_")) for name in self.changed_data)
