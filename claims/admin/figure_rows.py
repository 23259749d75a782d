"""Figures on the form of their claim: one save writes them all, with the claim and its reason."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import flatten
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.admin.base import may_add
from claims.admin.live_plot import LivePlotMixin
from claims.admin.row_clashes import RowClashesMixin, touched_rows
from claims.admin.typed_figures import TypedFigures
from claims.errors import RefusalError, StaleRevisionError
from claims.forms.base import at_input, newest_history, refused_at
from claims.forms.figure_rows import (
    INPUT_OF,
    MOST_ROWS,
    MOST_STANDING,
    FigureRowForm,
    FigureRowSet,
)
from claims.importers.registers import Registers
from claims.models import Assertion, Claim
from claims.workflow.desk import unit_of
from claims.workflow.document_parts import words_of
from claims.workflow.evidence import add_assertion, change_assertion
from claims.workflow.locking import lock_claim
from claims.workflow.review import submit_claim

PREFIX: Final = "assertions"
COUNT: Final = f"{PREFIX}-TOTAL_FORMS"
STANDING: Final = f"{PREFIX}-INITIAL_FORMS"
MORE, SUBMIT = "_more_figures", "_submit"
AT_ONCE: Final = 2  # rows that a new claim starts with, and that "more figures" adds


class FigureInline(admin.StackedInline):
    """The figures that stand, then new ones."""

    model = Assertion
    form = FigureRowForm
    formset = FigureRowSet
    fk_name = "claim"
    template = "admin/claims/claim/_rows.html"
    verbose_name = gettext_lazy("figure")
    verbose_name_plural = gettext_lazy("What sources say")
    can_delete = False
    max_num = MOST_ROWS
    fieldsets = (
        (None, {"fields": (
            ("value", "stance", "extent"), ("source", "as_above", "citation_needed"),
            ("speaker", "relayer"), "quote", ("locator", "asserted_on"), ("place", "seen"))}),
        (gettext_lazy("A new source"), {"classes": ["collapse"], "fields": (
            "source_reference", ("source_title", "source_url"),
            ("source_publisher", "source_issued"))}),
        (gettext_lazy("A new speaker or party"), {"classes": ["collapse"], "fields": (
            ("speaker_name", "speaker_kind"), ("speaker_role", "relayer_name"),
            "adds_parties")}),
    )  # fmt: skip

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return max(AT_ONCE if obj is None else 1, len(suggested(request)))

    def get_max_num(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """New ones, and those that stand."""
        standing = obj.assertions.live()[:MOST_STANDING].count() if obj is not None else 0
        return MOST_ROWS + int(standing)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The sections; those that a suggestion fills in stand open."""
        filled = {name for row in suggested(request) for name in row}
        return [
            (title, {**told, "classes": [] if filled & set(flatten(told["fields"])) else
                     told.get("classes", [])})
            for title, told in self.fieldsets
        ]  # fmt: skip

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The rows of this request, with the refusals that a first try met."""
        names = FigureRowForm.Meta.fields
        most = self.get_max_num(request, obj)
        limits = {"validate_max": True, "absolute_max": most + AT_ONCE}
        found: Any = super().get_formset(request, obj, fields=names, **limits, **kwargs)
        found.form.growing = MORE in request.POST
        found.form.refused = getattr(request, "refused_rows", {})
        found.form.may_add = staticmethod(partial(may_add, self.admin_site, request))
        return found


class FigureRowsMixin(RowClashesMixin, LivePlotMixin):
    """Adds the rows to the claim's form, and "Save and submit for review"."""

    admin_site: Any
    form: Any

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """Rows for those who may write; a form that sends none has none."""
        if IS_POPUP_VAR in request.GET or IS_POPUP_VAR in request.POST:
            return []
        if request.method == "POST" and COUNT not in request.POST:
            return []
        may = self.has_add_permission(request) if obj is None else (  # type: ignore[attr-defined]
            self.has_change_permission(request, obj))  # type: ignore[attr-defined]  # fmt: skip
        return [FigureInline] if may else []

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """Rows that start from a suggestion; what is sent back counts as typed."""
        found: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)  # type: ignore[misc]
        rows = suggested(request)
        return {**found, "initial": rows} if rows else found

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)  # type: ignore[misc]
        form.growing = MORE in request.POST
        form.also_changes = SUBMIT in request.POST or self._has_rows(request, obj)
        if getattr(request, "refused_rows", None):
            form.refusal = None  # it stands at its row
        return form

    def _has_rows(self, request: HttpRequest, obj: Any) -> bool:
        if request.method != "POST":
            return False
        sets = (inline.get_formset(request, obj)(request.POST, instance=obj or Claim())
                for inline in self.get_inline_instances(request, obj))  # type: ignore[attr-defined]  # fmt: skip
        return any(rows.has_changed() for rows in sets)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """Show the form again as it was typed when more rows are asked for."""
        if request.method == "POST" and MORE in request.POST:
            data = request.POST.copy()
            most = MOST_ROWS + _count(data.get(STANDING, ""), MOST_STANDING)
            data[COUNT] = str(min(_count(data.get(COUNT, ""), most) + AT_ONCE, most))
            request.POST = data  # type: ignore[assignment]
        return super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Wait for the rows: what they name is locked before the claim, as imports do it."""

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """Write what the rows name, the claim, the figures; all or nothing."""
        rows = [row for rows in formsets for row in rows.filled()]
        standing = touched_rows(request, form, formsets) if change else []
        by, reason = request.user, form.cleaned_data["reason"]
        _name_subject(form, by=by, reason=reason)
        typed = TypedFigures(by=by, reason=reason, **_terms(form))
        typed.expect(row.cleaned_data for row in [*standing, *rows])
        changes = self._each(request, standing, partial(_changes, typed))
        named = self._each(
            request, rows, lambda row: typed.arguments(row.cleaned_data, row.answer())
        )
        is_new = not change
        if is_new or form.changes():
            super().save_model(request, form.instance, form, change)  # type: ignore[misc]
        claim = Claim.objects.get(pk=form.instance.pk)
        add = partial(add_assertion, claim=claim, by=by, reason=reason)
        changed = [row for row in standing if changes[row]]
        write = partial(_change, by=by, reason=reason)
        self._each(request, changed, lambda row: write(row, changes[row]))
        found = self._each(request, rows, lambda row: add(**named[row]))
        if SUBMIT in request.POST:
            submit_claim(claim=claim, by=by, reason=reason)
        request.new_claim, request.figures_added = is_new, len(rows)
        request.figures_changed = len(changed)
        for one in formsets:  # what the admin's own log tells of
            one.new_objects = list(found.values())
            one.changed_objects = one.deleted_objects = []

    @staticmethod
    def _each(request: Any, rows: list[FigureRowForm], run: Any) -> dict[FigureRowForm, Any]:
        """What ``run`` makes of each row; a refusal is raised once all rows were tried.

        All refusals are noted with their rows. The verbs undo what a refused one wrote.
        """
        found, refused = {}, {}
        for row in rows:
            try:
                found[row] = run(row)
            except RefusalError as refusal:
                if refusal.field == "reason":  # one for all rows: it stands at its own input
                    raise
                refused[row.prefix] = at_input(refusal, INPUT_OF)
        if refused:
            request.refused_rows = refused
            raise next(iter(refused.values()))
        return found

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        """To the claim, where the next step is."""
        return self._to_claim(request, obj) or super().response_add(request, obj, post_url_continue)  # type: ignore[misc]

    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        return self._to_claim(request, obj) or super().response_change(request, obj)  # type: ignore[misc]

    def _to_claim(self, request: Any, obj: Any) -> HttpResponse | None:
        """After rows, after submitting, and after a new claim; else what the admin does."""
        added, changed = request.figures_added, request.figures_changed
        submitted = SUBMIT in request.POST
        if not {IS_POPUP_VAR, "_continue", "_addanother"}.isdisjoint(request.POST):
            return None
        if request.new_claim or added or changed or submitted:
            self.message_user(request, _told(obj, added, changed, submitted=submitted))  # type: ignore[attr-defined]
            return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[obj.pk]))
        return None


def suggested(request: HttpRequest) -> list[dict[str, Any]]:
    """What the rows start from, by input; where something is sent, that alone counts."""
    rows: list[dict[str, Any]] = getattr(request, "suggested_rows", [])
    return rows if request.method == "GET" else []


def _changes(typed: TypedFigures, row: FigureRowForm) -> dict[str, Any]:
    """What is changed of a figure that stands; nothing where it only reads otherwise."""
    return typed.changes(row.instance, row.cleaned_data, row.answer(), set(row.changed_data))


def _change(row: FigureRowForm, changes: dict[str, Any], *, by: Any, reason: str) -> None:
    """Write the change; refuse it where somebody else wrote since the form was opened."""
    figure = row.instance
    lock_claim(figure.claim)
    if newest_history(figure) != row.cleaned_data["seen"]:
        now = Assertion.objects.for_evidence().get(pk=figure.pk)
        told = {"ref": now.ref, "words": words_of(now, unit_of(figure.claim))}
        words = _("Somebody changed %(ref)s a moment ago; it says now: %(words)s. Save again to "
                  "compare.")  # fmt: skip
        raise StaleRevisionError(words % told)
    change_assertion(assertion=figure, by=by, reason=reason, **changes)


def _told(claim: Claim, added: int, changed: int, *, submitted: bool) -> str:
    words = {"ref": claim.ref}
    if submitted:
        return _("%(ref)s is saved and waits for its review.") % words
    new = ngettext("%(count)d figure is new", "%(count)d figures are new", added)
    other = ngettext("%(count)d figure is changed", "%(count)d figures are changed", changed)
    parts = [text % {"count": count} for text, count in ((new, added), (other, changed)) if count]
    if not parts:
        return _("%(ref)s is saved. Add what a source says.") % words
    return _("%(ref)s is saved; %(what)s.") % {**words, "what": ", ".join(parts)}


def _name_subject(form: Any, *, by: Any, reason: str) -> None:
    """Find or add the subject that a new claim names."""
    title = form.cleaned_data.get("subject_title", "").strip()
    if title:
        when = form.cleaned_data["subject_when"].strip()
        with refused_at(title="subject_title", when="subject_when"):
            form.cleaned_data["subject"] = Registers(by=by, reason=reason).subject(title, when)


def _terms(form: Any) -> dict[str, str]:
    """What the rows are read by: the kind of the measure, and the unit of the claim."""
    measure = form.cleaned_data["measure"]
    unit = form.cleaned_data["unit"] or measure.default_unit
    return {"value_kind": measure.value_kind, "unit": unit}


def _count(text: str, most: int) -> int:
    """The rows that a form says it has; at most as many as it may."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    return min(number, most)
