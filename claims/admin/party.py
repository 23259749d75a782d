"""Parties on the desk."""

from typing import Any

from django.contrib import admin

from claims.admin.base import DeskAdmin
from claims.admin.merging import ask_of_new, merge_verb
from claims.admin.register_page import RegisterPageMixin
from claims.choices import MergedNoun
from claims.forms.vocabulary import PartyForm
from claims.models import Party
from claims.workflow.parties import add_party, edit_party


@admin.register(Party)
class PartyAdmin(RegisterPageMixin, DeskAdmin):
    form = PartyForm
    list_display = ("name", "ref", "kind", "description")
    list_filter = ("kind",)
    search_fields = ("name", "names__folded", "description")
    ordering = ("name", "pk")
    verbs = (merge_verb(MergedNoun.PARTY),)

    def write(self, form: Any, row: Any, by: Any) -> Party:
        reason = form.cleaned_data["reason"]
        if row is None:
            row = add_party(by=by, reason=reason, **form.values())
            return ask_of_new(row, by=by, reason=reason)
        return edit_party(party=row, by=by, reason=reason, **form.changes())
