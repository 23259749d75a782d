"""Rows of figures on the form of their claim: those that stand, then new ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.choices import PartyKind
from claims.errors import RefusalError
from claims.forms.base import DATE_HELP, FormAnswer, Growing, add_refusal, form_answers
from claims.forms.pickers import picker_field
from claims.forms.places import PlaceField
from claims.forms.source import reference_field
from claims.forms.standing import chain_in_row, typed_answer
from claims.models import Assertion, Attribution
from claims.workflow.document_parts import words_of

MOST_ROWS: Final = 25  # new ones
MOST_STANDING: Final = 25  # those that stand; the others have pages of their own
# Columns that one input of a row fills.
INPUT_OF: Final = {
    **dict.fromkeys(
        ("point", "low", "high", "value_state", "vague_term", "edtf", "boolean", "text"), "value"
    ),
    **dict.fromkeys(("parties", "party_mode"), "value"),
    "attributions": "speaker",
}
_NAMES_PARTIES: Final = ("speaker_name", "speaker_kind", "speaker_role", "relayer_name")
_OF_THE_SET: Final = ("id", "claim")  # inputs that the set of rows adds
_NEW_SOURCE: Final = ("source_reference", "source_title", "source_url", "source_publisher",
                      "source_issued")  # fmt: skip
_NAMES_SOURCE: Final = ("source", "source_title", "source_reference")


def _words(label: Any, longest: int, *, size: int = 30, help_text: Any = "") -> forms.CharField:
    """An input for words that may be left empty."""
    widget = forms.TextInput(attrs={"size": size})
    return forms.CharField(
        label=label, required=False, max_length=longest, widget=widget, help_text=help_text
    )


class FigureRowForm(Growing, forms.ModelForm):
    """One figure of a claim; a row in which nothing is typed adds and changes nothing.

    Sources and parties are chosen, or named in the inputs of new ones: the desk finds them by
    these words or adds them. What one line cannot say of a figure that stands is not to be
    changed here: its input is shut.
    """

    may_add: ClassVar[Any] = staticmethod(lambda _model: False)
    refused: ClassVar[Mapping[str, RefusalError]] = {}

    value = _words(
        _("What it says"),
        2000,
        help_text=_(
            "97, about 60, 50-101, at least 200, dozens or ?; a date such as 2012-01-24; yes or "
            "no; names with ; between them; words: as the measure asks."
        ),
    )
    as_above = forms.BooleanField(label=_("The source of the figure above"), required=False)
    source_reference = reference_field()
    source_title = _words(_("Title of the new source"), 500, size=50)
    source_url = _words(_("Its address"), 2000, size=50)
    source_publisher = _words(_("Its publisher"), 300)
    source_issued = _words(
        _("Published on"),
        64,
        help_text=DATE_HELP,
    )
    speaker_name = _words(_("Name of the new speaker"), 300)
    speaker_kind = forms.ChoiceField(
        label=_("Kind of speaker"), choices=PartyKind.choices, initial=PartyKind.PERSON
    )
    speaker_role = _words(
        _("What the speaker is"),
        300,
        help_text=_("Such as “spokesman of the army”."),
    )
    relayer_name = _words(_("Passed on by, new"), 300)
    place = PlaceField()
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=20)
    adds_parties = forms.BooleanField(
        label=_("Add the parties that “What it says” names and nobody knows yet"), required=False
    )

    class Meta:
        model = Assertion
        fields = ("stance", "extent", "citation_needed", "quote", "locator", "asserted_on")
        widgets = {"quote": forms.Textarea(attrs={"rows": 2, "cols": 60})}
        labels = {"asserted_on": _("Said on"), "quote": _("In their words")}
        help_texts = {"citation_needed": _("The article says so without a source.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told: dict[str, Any] = {"required": False, "may_add": self.may_add}
        self.fields["source"] = picker_field(Assertion, "source", label=_("Source"), **told)
        self.fields["speaker"] = picker_field(Attribution, "party", label=_("Who says it"), **told)
        self.fields["relayer"] = picker_field(
            Attribution, "party", label=_("Who passed it on"), **told
        )
        if self.instance.pk:
            self._fill_from(self.instance)

    def _fill_from(self, row: Any) -> None:
        """Start from a figure that stands, as FigureRowSet read it."""
        typed, chain = typed_answer(row), chain_in_row(row)
        links = chain or {}
        known = {"source": row.source, **{name: link.party for name, link in links.items()}}
        for name, found in known.items():
            box: Any = self.fields[name].widget
            box.widget.know(found)
        self.initial = {
            **self.initial,
            "value": words_of(row, "") if typed is None else typed,
            "source": row.source_id,
            "seen": str(getattr(row, "newest_history", "") or ""),
            **{name: link.party_id for name, link in links.items()},
        }
        shut = ["as_above", *(["value", "adds_parties"] if typed is None else [])]
        if chain is None:
            shut += ["speaker", "relayer", *_NAMES_PARTIES]
        for name in shut:
            self.fields[name].disabled = True

    def answers(self) -> list[FormAnswer]:
        """What the row says of a figure that stands: its source, who says it, each other input."""
        chain = ("speaker", "relayer", *_NAMES_PARTIES)
        together = [
            FormAnswer(self.fields["value"].label, ("value", "adds_parties")),
            FormAnswer(self.fields["source"].label, ("source", "as_above", *_NEW_SOURCE)),
            FormAnswer(self.fields["speaker"].label, chain),
            FormAnswer(_("Where an article says it"), ("place",)),
        ]
        found = form_answers(self, together)
        return [one for one in found if one.names[0] not in _OF_THE_SET]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for fault in self.errors.pop("place", ()):  # its input is hidden
            self.add_error(None, fault)
        refusal = self.refused.get(self.prefix or "")
        if refusal is not None:
            add_refusal(self, refusal)
        data = self.cleaned_data
        for chosen, named in (
            ("source", "source_title"),
            ("source", "source_reference"),
            ("speaker", "speaker_name"),
            ("relayer", "relayer_name"),
        ):
            if data.get(chosen) is not None and data.get(named):
                self.add_error(named, _("Choose one above or name a new one here, not both."))
        if data.get("as_above") and (any(map(data.get, _NAMES_SOURCE))):
            self.add_error("as_above", _("Another source is named in this row."))
        return cleaned

    def _post_clean(self) -> None:
        """Leave the row alone: the verb builds it and checks the rules."""

    def answer(self) -> dict[str, Any]:
        """The members of the assertion that are typed as they are kept, and its place."""
        told = {name: self.cleaned_data[name] for name in self.Meta.fields}
        place = self.cleaned_data.get("place")
        return {**told, **(place.arguments() if place is not None else {})}


class FigureRowSet(forms.BaseInlineFormSet[Any, Any, Any]):
    """The figures of a claim that stand, up to 25 of them, then new rows."""

    def get_queryset(self) -> Any:
        if not hasattr(self, "_standing"):
            rows = self.instance.assertions.in_rows() if self.instance.pk else ()
            self._standing = list(rows[:MOST_STANDING])
        return self._standing

    def clean(self) -> None:
        """Verbs check what rows must not share; a figure that went meanwhile is none."""
        for row in self.initial_forms:
            if not row.instance.pk:
                row.add_error(None, _("This figure no longer stands: open the claim anew."))

    def filled(self) -> list[FigureRowForm]:
        """The new rows in which something was typed."""
        return [row for row in self.extra_forms if row.has_changed()]

    def changed(self) -> list[FigureRowForm]:
        """The rows of figures that stand in which something was changed."""
        return [row for row in self.initial_forms if row.has_changed()]
