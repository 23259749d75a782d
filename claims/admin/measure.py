"""Measures on the desk."""

from typing import Any

from django.contrib import admin

from claims.admin.base import DeskAdmin
from claims.admin.merging import merge_verb
from claims.admin.register_page import RegisterPageMixin
from claims.choices import MergedNoun
from claims.forms.vocabulary import MeasureForm
from claims.models import Measure
from claims.workflow.measures import add_measure, edit_measure


@admin.register(Measure)
class MeasureAdmin(RegisterPageMixin, DeskAdmin):
    form = MeasureForm
    list_display = ("label", "slug", "value_kind", "default_unit", "is_count")
    list_filter = ("value_kind", "is_count")
    search_fields = ("label", "slug")
    ordering = ("label", "pk")
    verbs = (merge_verb(MergedNoun.MEASURE),)

    def write(self, form: Any, row: Any, by: Any) -> Measure:
        reason = form.cleaned_data["reason"]
        if row is None:
            return add_measure(by=by, reason=reason, **form.values())
        return edit_measure(measure=row, by=by, reason=reason, **form.changes())
