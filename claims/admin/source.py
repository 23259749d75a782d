"""Sources on the desk: data by anyone, judgement and withdrawal by chiefs."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.admin.base import DeskAdmin
from claims.admin.effects import effects_on_source
from claims.admin.merging import MergedRowsMixin, ask_of_new, merge_verb
from claims.admin.verbs import About, RowVerb
from claims.choices import MergedNoun
from claims.forms.source import RateForm, SourceForm
from claims.models import Assertion, Source
from claims.workflow.desk import unit_of
from claims.workflow.document_parts import words_of
from claims.workflow.sources import (
    add_source,
    edit_source,
    rate_source,
    restore_source,
    withdraw_source,
)

FIGURES_SHOWN = 100


class WithdrawnFilter(admin.SimpleListFilter):
    """Whether a source still counts."""

    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("standing", _("counts")), ("withdrawn", _("withdrawn"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "standing":
            return queryset.standing()
        return queryset.withdrawn() if self.value() == "withdrawn" else queryset


@admin.register(Source)
class SourceAdmin(MergedRowsMixin, DeskAdmin):
    form = SourceForm
    list_display = (
        "title",
        "ref",
        "csl_type",
        "publisher",
        "issued",
        "reliability",
        "withdrawn_on",
    )
    list_filter = ("csl_type", "url_status", "reliability", WithdrawnFilter)
    list_select_related = ("publisher",)
    search_fields = ("title", "authors", "url")
    autocomplete_fields = ("publisher",)
    ordering = ("title", "pk")
    change_form_template = "admin/claims/source_form.html"
    verbs = (
        RowVerb(
            "rate", _("Judge reliability"), _("judged"), rate_source, "source",
            "rate_source", form=RateForm,
        ),
        RowVerb(
            "withdraw", _("Withdraw"), _("withdrawn"), withdraw_source, "source",
            "withdraw_source", fits=lambda source: not source.is_withdrawn,
        ),
        RowVerb(
            "restore", _("Restore: it counts again"), _("restored"), restore_source, "source",
            "withdraw_source", fits=lambda source: source.is_withdrawn,
        ),
        merge_verb(MergedNoun.SOURCE),
    )  # fmt: skip

    def about(self, request: HttpRequest, verb: RowVerb, row: Any) -> About | None:
        """What withdrawing or restoring does to each claim that cites it."""
        if verb.name not in ("withdraw", "restore") or not verb.fits(row):
            return super().about(request, verb, row)
        day = timezone.now().date() if verb.name == "withdraw" else None
        return About("admin/claims/_effects.html", effects_on_source(row, withdrawn_on=day))

    def write(self, form: Any, row: Any, by: Any) -> Source:
        reason = form.cleaned_data["reason"]
        if row is None:
            row = add_source(by=by, reason=reason, **form.values())
            return ask_of_new(row, by=by, reason=reason)
        return edit_source(source=row, by=by, reason=reason, **form.changes())

    def extras(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {**super().extras(request, row), "figures": figures_of(row)}


def figures_of(source: Source) -> list[dict[str, Any]]:
    """What the source says, with the claim each answer belongs to."""
    rows = Assertion.objects.for_evidence().filter(source=source).select_related("claim__measure")
    return [
        {"row": row, "words": words_of(row, unit_of(row.claim)), "claim": row.claim}
        for row in rows[:FIGURES_SHOWN]
    ]
