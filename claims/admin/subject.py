"""Subjects on the desk, with the parties to their conflicts."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from claims.admin.base import DeskAdmin
from claims.admin.merging import ask_of_new, merge_verb
from claims.admin.register_page import RegisterPageMixin
from claims.choices import MergedNoun
from claims.forms.vocabulary import SPARE_BELLIGERENTS, SubjectForm
from claims.models import Subject
from claims.workflow.subjects import add_subject, edit_subject


@admin.register(Subject)
class SubjectAdmin(RegisterPageMixin, DeskAdmin):
    form = SubjectForm
    list_display = ("title", "ref", "kind", "place", "when", "parent")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("title", "place")
    autocomplete_fields = ("parent",)
    ordering = ("title", "pk")
    verbs = (merge_verb(MergedNoun.SUBJECT),)

    def sections(self, obj: Any) -> list[Any]:
        count = obj.belligerent_links.count() if obj is not None else 0
        rows = range(count + SPARE_BELLIGERENTS)
        pairs = [(f"belligerent_{number}", f"side_{number}") for number in rows]
        return [
            (None, {"fields": ["title", ("kind", "parent"), ("place", "when")]}),
            (_("Where it is"), {"fields": ["country", ("latitude", "longitude"), "wikidata_id"]}),
            (_("Parties to the conflict"), {"fields": pairs}),
            self.reason_section(),
        ]

    def write(self, form: Any, row: Any, by: Any) -> Subject:
        reason = form.cleaned_data["reason"]
        if row is None:
            fields = form.plain(form.values())
            row = add_subject(by=by, reason=reason, belligerents=form.belligerents(), **fields)
            return ask_of_new(row, by=by, reason=reason)
        changes = form.plain(form.changes())
        named = form.belligerents() if form.belligerents_changed() else None
        return edit_subject(subject=row, by=by, reason=reason, belligerents=named, **changes)
