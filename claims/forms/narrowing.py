"""Narrowing the list of claims to people, a subject or an article, by an address to share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.forms.accounts import AccountField
from claims.forms.pickers import picker_field
from claims.models import ArticleRevision, Claim

PICKED: Final = ("subject", "article")
# All parameters of an address that the form reads.
NAMES: Final = ("author", "assignee", *PICKED, *(f"{name}_typed" for name in PICKED))
_MOST_DIGITS: Final = 18  # what fits a 64-bit number


class NarrowForm(forms.Form):
    """Who wrote or looks after claims, and what they are about; all are optional."""

    author = AccountField(label=_("Written by"), required=False)
    assignee = AccountField(label=_("Assigned to"), required=False)

    def __init__(self, asked: Mapping[str, str]) -> None:
        given = {name: asked[name] for name in NAMES if asked.get(name)}
        super().__init__(_with_typed(given) if given else None)
        chosen: dict[str, Any] = {"may_add": lambda _model: False, "required": False}
        self.fields["subject"] = picker_field(Claim, "subject", label=_("Subject"), **chosen)
        self.fields["article"] = picker_field(
            ArticleRevision, "article", label=_("Article"), **chosen
        )


def _with_typed(given: dict[str, str]) -> dict[str, str]:
    """An address may name a row by its number, its reference or its exact name."""
    for name in PICKED:
        value = given.get(name, "")
        is_number = value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS
        if value and not is_number:
            given.setdefault(f"{name}_typed", given.pop(name))
    return given
