"""What every desk form has: a reason, the state that was seen, refusals at their field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django import forms
from django.forms.utils import ErrorDict
from django.utils.formats import get_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from claims.errors import RefusalError
from claims.forms.refusals import in_words
from claims.workflow.values import refuse_other_figures

OWN = ("reason", "seen")
_MARKS: Final = (",", " ", "\u00a0", "\u202f", "\u2009")  # the last three: spaces that do not break
_GROUPED: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?")
# Stands beside every input of a date.
GREGORIAN = _(
    "In the Gregorian calendar: convert dates of another one, and keep the source's words in the "
    "quote."
)
DATE_HELP = format_lazy("{} {}", _("Such as 2012-02-13, 2012-02 or 2012."), GREGORIAN)


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """Inputs that say one thing together: it is kept of one person or the other, never mixed."""

    label: Any
    names: tuple[str, ...]


def form_answers(form: forms.BaseForm, together: Iterable[FormAnswer]) -> list[FormAnswer]:
    """What the inputs of a form say: those that stand together as one, the others by themselves."""
    known = [
        FormAnswer(one.label, tuple(name for name in one.names if name in form.fields))
        for one in together
    ]
    first = {one.names[0]: one for one in known if one.names}
    joined = {name for one in known for name in one.names} - first.keys()
    return [
        first.get(name) or FormAnswer(field.label or name, (name,))
        for name, field in form.fields.items()
        if name not in OWN and name not in joined
    ]


def reason_field() -> forms.CharField:
    """Why a change is made: required, kept in the history."""
    return forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
        help_text=_("Why, in a few words. It is kept in the history with your name."),
    )


def add_refusal(form: forms.BaseForm, refusal: RefusalError) -> None:
    """Show a refusal at the field it names, else above the form."""
    field = refusal.field if refusal.field in form.fields else None
    message = refusal.message
    if field is not None:
        message = message.removeprefix(f"{field}: ")
    form.add_error(field, in_words(message))


def at_input(refusal: RefusalError, inputs: Mapping[str, str]) -> RefusalError:
    """The refusal at the input that ``inputs`` gives for the column it names."""
    field = inputs.get(refusal.field, refusal.field)
    told = RefusalError(refusal.message.removeprefix(f"{refusal.field}: "), field=field)
    told.__cause__ = refusal.__cause__
    return told


@contextmanager
def refused_at(**inputs: str) -> Iterator[None]:
    """Let a refusal of a row that a form adds on the way stand at an input of the form."""
    try:
        yield
    except RefusalError as refusal:
        raise at_input(refusal, inputs) from refusal


class Growing(forms.BaseForm):
    """A form that may be asked for more than saving: it then comes back as typed.

    No errors are shown but a refusal of what was asked.
    """

    growing: ClassVar[bool] = False
    refusal: ClassVar[RefusalError | None] = None

    def full_clean(self) -> None:
        super().full_clean()
        if self.growing:
            self._errors = ErrorDict()
            if self.refusal is not None:
                add_refusal(self, self.refusal)

    def is_valid(self) -> bool:
        return super().is_valid() and not self.growing


class ReasonForm(forms.Form):
    """A verb that needs nothing but a reason."""

    reason = reason_field()

    def know(self, row: Any) -> None:
        """Learn which one row it is about, before it is shown or read."""

    def arguments(self) -> dict[str, Any]:
        """What the verb takes besides its row and the person."""
        return dict(self.cleaned_data)


class DeskForm(forms.ModelForm):
    """Collects the fields of one row; ``changes()`` are what a verb takes.

    ``seen`` is the newest history row when the form was opened: a later change is noticed.
    ``may_add`` says of a model whether the person adds rows to it, beside a picker.
    ``also_changes`` says that the page changes something besides these fields. ``aside`` are
    inputs of a new row that the door reads by itself.
    """

    aside: ClassVar[tuple[str, ...]] = ()
    also_changes: ClassVar[bool] = False
    refusal: ClassVar[RefusalError | None] = None
    may_add: ClassVar[Any] = staticmethod(lambda _model: False)
    reason = reason_field()
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = newest_history(self.instance)

    def together(self) -> list[FormAnswer]:
        """The inputs that say one thing together."""
        return []

    def answers(self) -> list[FormAnswer]:
        """All that the form says, the reason left out."""
        return form_answers(self, self.together())

    def changes(self) -> dict[str, Any]:
        """The fields that the person changed, by name."""
        names = [name for name in self.changed_data if name not in OWN]
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    def values(self) -> dict[str, Any]:
        """All fields, by name, for a new row."""
        left_out = (*OWN, *self.aside)
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.refusal is not None:
            add_refusal(self, self.refusal)
        elif self.instance.pk and not (self.errors or self.also_changes or self.changes()):
            raise forms.ValidationError(_("Nothing was changed."))
        return cleaned

    def _post_clean(self) -> None:
        """Leave the row alone: the verb reads it anew under its lock and checks the rules."""


class FigureField(forms.DecimalField):
    """A number in the digits 0 to 9, with or without groups of three: 4,120 or 4 120.

    Django reads digits of other scripts and underscores too; browsers refuse commas in inputs
    for numbers, so this one is for text.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 14})

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = without_groups(value)
            try:
                refuse_other_figures(value, "")
            except RefusalError as refusal:
                words = in_words(refusal.message.removeprefix(": "))
                raise forms.ValidationError(words) from refusal
        return super().to_python(value)


def without_groups(text: str) -> str:
    """The number without the marks between its thousands. Raises ValidationError with a hint.

    Spaces, also such as do not break, and commas part thousands where each group has three
    digits. One comma is a decimal point to those who read in a language that writes it so:
    they are asked which is meant.
    """
    words = text.strip()
    marks = [one for one in _MARKS if one in words]
    if not marks:
        return text
    groups = words.replace(marks[0], ",")
    if len(marks) > 1 or not _GROUPED.fullmatch(groups):
        raise forms.ValidationError(
            _("Write the number without commas and spaces, with a point before decimals: 4120.5.")
        )
    plain = groups.replace(",", "")
    if words.count(",") == 1 and "." not in words and get_format("DECIMAL_SEPARATOR") == ",":
        hint = {"whole": plain, "part": words.replace(",", ".")}
        raise forms.ValidationError(_("Write %(whole)s or %(part)s.") % hint)
    return plain


def newest_history(row: Any) -> str:
    """The number of the row's newest history entry; '' when it has none."""
    newest = row.history.order_by("-history_id").values_list("history_id", flat=True).first()
    return "" if newest is None else str(newest)
