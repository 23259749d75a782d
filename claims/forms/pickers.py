"""Pickers: one search box for all rows that a form may name, with "+", and without a script."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import (
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.db.models import Model, Q, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.domain.names import fold_name
from claims.domain.refs import ARTICLE, parse_ref
from claims.errors import InvalidValueError
from claims.forms.refusals import in_words
from claims.models import Merge
from claims.querysets.merge import unmerged
from claims.workflow.sameness import MODELS
from claims.workflow.text import refuse_unstorable

NAMED: Final = 5  # rows that a refusal names
_NUMBER = re.compile(r"[0-9]{1,18}")  # what fits a 64-bit number
_REVISION = re.compile(r"(?P<ref>[^/]+)(?:/(?P<number>[0-9]{1,9}))?")


class Typed(str):
    """What somebody typed where no script offers rows: a reference such as S12, or a name."""

    __slots__ = ()


class _TypedMixin:
    """A search box; where no script runs, an input for references and names stands beside it."""

    separator: str = ""
    known: Mapping[str, Any] = {}  # rows that were read already, by number
    label: Any = ""  # of the field, where it is not that of its column

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The chosen value, or what was typed as Typed; of several ones a list of both."""
        chosen = super().value_from_datadict(data, files, name)  # type: ignore[misc]
        words = str(data.get(f"{name}_typed") or "")
        if not self.separator:
            return Typed(words.strip()) if words.strip() else chosen
        typed = [Typed(word.strip()) for word in words.split(self.separator) if word.strip()]
        return [*(chosen or []), *typed] if typed else chosen

    def know(self, row: Any) -> None:
        """Show this row, where it is chosen, without asking for it."""
        if row is not None:
            self.known = {**self.known, str(row.pk): row}

    def optgroups(self, name: str, value: list[Any], attrs: Any = None) -> Any:
        """The options that are chosen; what is no number of a row chooses none."""
        numbers = [one for one in value if _NUMBER.fullmatch(str(one))]
        if numbers and not self.separator and str(numbers[0]) in self.known:
            row = self.known[str(numbers[0])]
            options = [("", "", False), (row.pk, self.choices.field.label_from_instance(row), True)]  # type: ignore[attr-defined]
            made = [
                self.create_option(name, *option, index)  # type: ignore[attr-defined]
                for index, option in enumerate(options)
            ]
            return [(None, made, 0)]
        return super().optgroups(name, numbers, attrs)  # type: ignore[misc]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> str:
        several = value if isinstance(value, list | tuple) else [value]
        typed = [one for one in several if isinstance(one, Typed)]
        rest: Any = [one for one in several if not isinstance(one, Typed)]
        left = rest if self.separator else (rest[0] if rest else None)
        box = super().render(name, left, attrs, renderer)  # type: ignore[misc]
        return format_html(
            '{}<noscript><span class="typed"><label for="{}">{}</label>'
            '<input type="text" name="{}" id="{}" value="{}" maxlength="{}"></span></noscript>',
            *(box, f"id_{name}_typed", self.words, f"{name}_typed", f"id_{name}_typed"),
            *(f"{self.separator} ".join(typed), settings.FACTBASE_LIMITS["query_characters"]),
        )

    @property
    def words(self) -> str:
        what = {"what": self.label or self.field.verbose_name}  # type: ignore[attr-defined]
        if self.separator:
            return _("%(what)s: or references or exact names, with ; between them") % what
        return _("%(what)s: or its reference or exact name") % what


class Picker(_TypedMixin, AutocompleteSelect):  # type: ignore[misc]
    """Names one row."""


class ManyPicker(_TypedMixin, AutocompleteSelectMultiple):  # type: ignore[misc]
    """Names any number of rows."""

    separator = ";"


class PickField(forms.ModelChoiceField):
    """One row, chosen in the search box or typed as its reference or exact name."""

    default_error_messages = {
        "invalid_choice": gettext_lazy("This row is not there to choose. Choose another one.")
    }

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Typed):
            return find_row(self.queryset, value)
        return super().to_python(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another row is named; a name that is refused is a change."""
        if isinstance(data, Typed):
            try:
                data = find_row(self.queryset, data).pk
            except forms.ValidationError:
                return True
        return super().has_changed(initial, data)


class ManyPickField(forms.ModelMultipleChoiceField):
    """Rows, chosen in the search box or typed as references or exact names."""

    def clean(self, value: Any) -> Any:
        return super().clean(self._numbers(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return super().has_changed(initial, self._numbers(data))
        except forms.ValidationError:
            return True

    def _numbers(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        found = (find_row(self.queryset, one) if isinstance(one, Typed) else one for one in value)
        return [str(getattr(one, "pk", one)) for one in found]


def picker_field(
    model: Any, name: str, *, may_add: Callable[[Any], bool], many: bool = False, **options: Any
) -> Any:
    """A field with a picker for the rows that the foreign key ``name`` of a model may name.

    ``may_add`` says of a model whether this person adds rows to it: then "+" stands beside it.
    """
    link = model._meta.get_field(name)
    rows = link.related_model
    box = (ManyPicker if many else Picker)(link, admin.site)
    box.label = options.get("label", "")
    widget = RelatedFieldWidgetWrapper(
        box, link.remote_field, admin.site, can_add_related=may_add(rows)
    )
    kind = ManyPickField if many else PickField
    return kind(rows._default_manager.all(), widget=widget, **options)


def find_row(rows: Any, typed: str) -> Model:
    """The one row that a reference or an exact name names. Raises ValidationError with a hint.

    A row that was merged is the row that it is by now. Names are compared as readers see them.
    """
    try:
        refuse_unstorable(typed, "")
    except InvalidValueError as refusal:
        words = in_words(refusal.message.removeprefix(": "))
        raise forms.ValidationError(words) from refusal
    if len(typed) > settings.FACTBASE_LIMITS["query_characters"]:
        raise forms.ValidationError(_("This is too long for a name. Write the reference."))
    noun = next((noun for noun, model in MODELS.items() if model is rows.model), "")
    standing = unmerged(rows, noun) if noun else rows
    letter = getattr(rows.model, "ref_letter", "")
    number = parse_ref(typed, letter) if letter else None
    if number is not None:
        number = (Merge.objects.survivor(noun, number) if noun else None) or number
        found = list(rows.filter(pk=number))
    else:
        found = list(_called(standing, typed)[: NAMED + 1])
    if len(found) == 1:
        return found[0]
    raise forms.ValidationError(_refusal(standing, typed, found))


def _called(rows: QuerySet, name: str) -> QuerySet:
    """The rows of this exact name, each once; all of them are found by an index or are few."""
    asked = _NAMES.get(rows.model._meta.model_name or "")
    if asked is None:
        return rows.none()
    return rows.filter(pk__in=rows.filter(asked(name)).order_by().values("pk")).order_by("pk")


def _refusal(rows: QuerySet, typed: str, found: list[Any]) -> str:
    near = found or _search(rows, typed)
    if not near:
        return _("Nothing of this kind is called “%(typed)s”.") % {"typed": typed}
    words = {"typed": typed, "rows": "; ".join(_told(row) for row in near[:NAMED])}
    if found:
        return _("More than one is called “%(typed)s”. Write one of: %(rows)s") % words
    return _("Nothing is called exactly “%(typed)s”. Near: %(rows)s") % words


def _search(rows: QuerySet, typed: str) -> list[Any]:
    """What the search box would offer for these words."""
    offers: Any = admin.site.get_model_admin(rows.model)
    found, doubled = offers.get_search_results(None, rows.order_by("pk"), typed)
    return list((found.distinct() if doubled else found)[:NAMED])


def _told(row: Any) -> str:
    if row._meta.model_name == "articlerevision":
        return f"{ARTICLE}{row.article_id}/{row.number} {row}"
    return f"{getattr(row, 'ref', None) or row.slug} {row}"


def _revision(name: str) -> Q:
    """A12/3 is the third text of the article A12; its slug does as well as A12."""
    match = _REVISION.fullmatch(name)
    if match is None:
        return Q(pk__in=())
    article = parse_ref(match["ref"], ARTICLE)
    known = Q(article=article) if article else Q(article__slug=match["ref"])
    return known & (Q(number=int(match["number"])) if match["number"] else Q())


def _titled(name: str) -> Q:
    return Q(folded_title__folded=fold_name(name))


# How each kind of row is asked for by its name; claims are named by their references alone.
_NAMES: Final[dict[str, Callable[[str], Q]]] = {
    "party": lambda name: Q(names__folded=fold_name(name)),
    "source": lambda name: _titled(name) | Q(url=name),
    "subject": _titled,
    "measure": lambda name: Q(slug=name) | Q(label=name),
    "article": lambda name: Q(slug=name) | Q(title=name),
    "articlerevision": _revision,
}
