"""The form for one source's answer: who says it, the quote, the value, its standing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from claims.choices import AttributionMode, AttributionRole
from claims.domain.vocabulary import ValueFamily, ValueKind, complete, family_of
from claims.forms.base import GREGORIAN, DeskForm, FigureField, FormAnswer
from claims.forms.pickers import picker_field
from claims.models import (
    Anchor,
    Assertion,
    AssertionParty,
    Attribution,
    Claim,
)
from claims.workflow.desk import chain_of, unit_of

SPARE_LINKS, FEWEST_LINKS = 1, 3
VALUE_FIELDS: dict[ValueFamily, tuple[str, ...]] = complete(
    ValueFamily,
    "forms.assertion.VALUE_FIELDS",
    {
        ValueFamily.FIGURE: (
            *("point", "low", "high", "approximate", "low_strict", "high_strict", "high_open"),
            "vague_term",
        ),
        ValueFamily.DATE: ("edtf",),
        ValueFamily.PARTY: ("parties", "party_mode"),
        ValueFamily.BOOLEAN: ("boolean",),
        ValueFamily.TEXT: ("text",),
    },
)
# What the inputs are called where the general words would mislead.
LABELS: dict[ValueKind, dict[str, Any]] = complete(
    ValueKind,
    "forms.assertion.LABELS",
    {
        ValueKind.QUANTITY: {},
        ValueKind.MONEY: {
            "point": _("Amount"),
            "low_strict": _("More than the lowest amount"),
            "high_strict": _("Less than the highest amount"),
            "vague_term": _("Vague word, such as millions"),
        },
        ValueKind.DATE: {},
        ValueKind.PARTY: {},
        ValueKind.BOOLEAN: {},
        ValueKind.TEXT: {},
    },
)
_ALL_VALUES = frozenset(name for names in VALUE_FIELDS.values() for name in names)
_FIRST_ROLES = (AttributionRole.SPEAKER, AttributionRole.RELAYER, AttributionRole.PUBLISHER)


def value_fields(value_kind: str) -> tuple[str, ...]:
    """The fields that state an answer of this kind."""
    return VALUE_FIELDS[family_of(value_kind)]


def columns_for(value_kind: str) -> list[str]:
    """The columns that an answer of this kind fills."""
    others = _ALL_VALUES - set(value_fields(value_kind))
    return [name for name in AssertionForm.Meta.fields if name not in others]


def _link_inputs(number: int) -> tuple[str, str, str]:
    """The inputs of one link of the chain."""
    return f"party_{number}", f"role_{number}", f"mode_{number}"


class AssertionForm(DeskForm):
    """Built for one claim: only the value fields of its measure are asked for."""

    claim: ClassVar[Claim]
    copied: ClassVar[Assertion | None] = None  # what a superseding answer starts from

    anchor_text = forms.CharField(
        label=_("Words in the article"),
        required=False,
        strip=False,
        help_text=_("Exactly as they stand there, and there only once."),
    )

    class Meta:
        model = Assertion
        fields = (
            *("source", "citation_needed", "locator", "quote", "quote_language", "asserted_on"),
            *("stance", "target", "extent", "ground", "value_state"),
            *("point", "low", "high", "approximate", "low_strict", "high_strict", "high_open"),
            *("vague_term", "edtf", "party_mode", "boolean", "text", "credibility"),
        )
        field_classes = dict.fromkeys(("point", "low", "high"), FigureField)
        widgets = {
            "quote": forms.Textarea(attrs={"rows": 3, "cols": 70}),
            "text": forms.Textarea(attrs={"rows": 2, "cols": 70}),
        }
        labels = {
            "point": _("Figure"),
            "low": _("Lowest"),
            "high": _("Highest"),
            "approximate": _("About: the figure is approximate"),
            "low_strict": _("More than the lowest"),
            "high_strict": _("Fewer than the highest"),
            "high_open": _("Or more: the highest is open"),
            "vague_term": _("Vague word, such as dozens"),
        }
        help_texts = {
            "edtf": format_lazy(
                "{} {}", _("Such as 2012-01-24, 2012-02~, 2012-01-2X or ../2012-07."), GREGORIAN
            ),
            "asserted_on": format_lazy("{} {}", _("Such as 2012-02-13 or 2012-02."), GREGORIAN),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._add_pickers()
        wanted = value_fields(self.claim.measure.value_kind)
        for name in _ALL_VALUES - set(wanted):
            self.fields.pop(name, None)
        self._name_inputs()
        self._fill_choices()
        self._fill_from(self.instance if self.instance.pk else self.copied)

    def _add_pickers(self) -> None:
        told: dict[str, Any] = {"required": False, "may_add": self.may_add}
        words = _("Parties")
        self.fields["parties"] = picker_field(
            AssertionParty, "party", many=True, label=words, **told
        )
        words = _("Article revision")
        self.fields["anchor_revision"] = picker_field(Anchor, "revision", label=words, **told)

    def _name_inputs(self) -> None:
        """Call the inputs by what is asked for, with the currency beside each amount."""
        for name, label in LABELS[ValueKind(self.claim.measure.value_kind)].items():
            if name in self.fields:
                self.fields[name].label = label
        unit = unit_of(self.claim)
        for name in ("point", "low", "high") if unit else ():
            if name in self.fields:
                words = {"label": self.fields[name].label, "unit": unit}
                self.fields[name].label = _("%(label)s, in %(unit)s") % words

    def _fill_choices(self) -> None:
        others = self.claim.assertions.exclude(pk=self.instance.pk).order_by("pk")
        if "target" in self.fields:
            self.fields["target"].queryset = others  # type: ignore[attr-defined]

    def _fill_from(self, row: Assertion | None) -> None:
        """Add an input for each link of the chain, and start from the row's values."""
        chain = chain_of(row) if row else []
        self.links = max(len(chain) + SPARE_LINKS, FEWEST_LINKS)
        for number in range(self.links):
            self._add_link(number, chain[number] if number < len(chain) else None)
        if row is None:
            return
        if "parties" in self.fields:
            self.initial["parties"] = [link.party_id for link in row.party_links.all()]
        if row is self.copied:
            values = forms.model_to_dict(row, fields=self.Meta.fields)
            self.initial = {**values, **self.initial}

    def _add_link(self, number: int, link: Attribution | None) -> None:
        words = {"number": number + 1}
        role = _FIRST_ROLES[min(number, len(_FIRST_ROLES) - 1)]
        self.fields[f"party_{number}"] = picker_field(
            *(Attribution, "party"),
            may_add=self.may_add,
            label=_("Link %(number)d: who") % words,
            required=False,
            initial=link.party_id if link else None,
        )
        self.fields[f"role_{number}"] = forms.ChoiceField(
            label=_("Link %(number)d: role") % words,
            choices=AttributionRole.choices,
            initial=link.role if link else role,
        )
        self.fields[f"mode_{number}"] = forms.ChoiceField(
            label=_("Link %(number)d: how") % words,
            choices=AttributionMode.choices,
            initial=link.mode if link else AttributionMode.SAID,
        )

    def together(self) -> list[FormAnswer]:
        """The chain, the value and the place: half of one with half of another says nothing."""
        chain = tuple(name for number in range(self.links) for name in _link_inputs(number))
        kind = self.claim.measure.value_kind
        return [
            FormAnswer(_("Who says it, and who passed it on"), chain),
            FormAnswer(self.claim.measure.label, ("value_state", *value_fields(kind))),
            FormAnswer(_("Where an article says it"), ("anchor_revision", "anchor_text")),
        ]

    def clean(self) -> dict[str, Any] | None:
        text, revision = self.cleaned_data.get("anchor_text"), self.cleaned_data.get(
            "anchor_revision"
        )  # fmt: skip
        if text and revision is None:
            self.add_error("anchor_revision", _("Choose the revision that has these words."))
        elif text and revision is not None and revision.text.count(text) != 1:
            count = revision.text.count(text)
            self.add_error(
                "anchor_text", _("These words stand %(count)d times there.") % {"count": count}
            )
        return super().clean()

    def changed_arguments(self) -> dict[str, Any]:
        """What change_assertion takes."""
        return self._arguments(self.changes(), self.changed_data)

    def all_arguments(self) -> dict[str, Any]:
        """What add_assertion and supersede_assertion take."""
        return self._arguments(self.values(), self.fields)

    def _arguments(self, values: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
        found = {name: value for name, value in values.items() if name in self.Meta.fields}
        if "parties" in values:
            found["parties"] = list(values["parties"])
        if any(name.startswith(("party_", "role_", "mode_")) and name != "party_mode"
               for name in names):  # fmt: skip
            found["attributions"] = self._chain()
        text, revision = self.cleaned_data.get("anchor_text"), self.cleaned_data["anchor_revision"]
        if text:
            start = revision.text.index(text)
            place = {"revision": revision, "start": start, "end": start + len(text)}
            found["anchors"] = [place]
        return found

    def _chain(self) -> list[dict[str, Any]]:
        data = self.cleaned_data
        return [
            {"party": data[f"party_{n}"], "role": data[f"role_{n}"], "mode": data[f"mode_{n}"]}
            for n in range(self.links)
            if data[f"party_{n}"] is not None
        ]
