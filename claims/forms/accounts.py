"""Naming an account in a form: typed, with a hint, where a list of all would grow."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from claims.errors import InvalidValueError
from claims.forms.refusals import in_words
from claims.workflow.text import refuse_unstorable

NAMED: Final = 5  # accounts that a refusal names
_LONGEST: Final = 150  # as the column of names is


class AccountField(forms.CharField):
    """The account of the desk that is typed by its name, or None."""

    def __init__(self, **options: Any) -> None:
        box = forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"})
        super().__init__(max_length=_LONGEST, widget=box, **options)

    def clean(self, value: Any) -> Any:
        """Raise ValidationError with the accounts that begin alike."""
        name = super().clean(value)
        if not name:
            return None
        try:
            refuse_unstorable(name, "")
        except InvalidValueError as refusal:
            words = in_words(refusal.message.removeprefix(": "))
            raise forms.ValidationError(words) from refusal
        staff = User.objects.filter(is_active=True, is_staff=True)
        found = staff.filter(username=name).first()
        if found is None:
            raise forms.ValidationError(_refusal(staff, name))
        return found


def _refusal(staff: Any, name: str) -> str:
    alike = staff.filter(username__istartswith=name[:2]).order_by("username")[:NAMED]
    near = ", ".join(alike.values_list("username", flat=True))
    if not near:
        return _("No account of the desk is called “%(name)s”.") % {"name": name}
    words = _("No account of the desk is called “%(name)s”. Near: %(near)s")
    return words % {"name": name, "near": near}
