"""What every admin of the desk has: no deletion, sealed history, saves by verbs."""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.admin.options import SOURCE_MODEL_VAR
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.functional import cached_property
from django.utils.text import capfirst
from simple_history.admin import SimpleHistoryAdmin

from claims.admin.clash import KEEP, THEIRS, find_clash, refuse_clash, take_theirs
from claims.admin.deltas import set_deltas
from claims.admin.outages import refused_in_words
from claims.admin.questions import GuardedAdmin
from claims.admin.watch_button import watch_facts
from claims.domain.refs import parse_ref
from claims.errors import RefusalError
from claims.forms.base import DeskForm
from claims.forms.pickers import Picker, PickField
from claims.querysets.folding import FoldedContains

READING = ("GET", "HEAD")


def may_add(site: Any, request: HttpRequest, model: type[Model]) -> bool:
    """Whether the person adds rows of the model, beside a picker too."""
    return bool(site.get_model_admin(model).has_add_permission(request))


class CappedPaginator(Paginator):
    """Counts no further than a limit: a full count of a large table costs more than its page."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return int(rows[: self.most()].count())

    def most(self) -> int:
        """How many rows are counted, and can be paged through."""
        most: int = settings.FACTBASE_LIMITS["count_max"]
        return most


class SealedAdmin(GuardedAdmin):
    """Nothing is deleted, and no write is taken on a history URL."""

    show_full_result_count = False
    list_per_page = 50
    paginator = CappedPaginator
    actions_on_top = True

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        if request.method not in READING:
            return HttpResponseNotAllowed(READING)
        named = {"opts": self.opts, "module_name": capfirst(self.opts.verbose_name_plural)}
        return super().history_view(request, object_id, {**named, **(extra_context or {})})

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """A reference such as C12 finds its row; other words are searched for."""
        letter = getattr(self.model, "ref_letter", "")
        number = parse_ref(search_term, letter) if letter else None
        if number is not None:
            return queryset.filter(pk=number), False
        return super().get_search_results(request, queryset, search_term)

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """Capitals, accents and width make no difference, in lists and search boxes alike."""
        return [f"{name}__{FoldedContains.lookup_name}" for name in self.search_fields]

    def extras(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """What the page of one row shows besides its form."""
        return watch_facts(request, row)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj is not None:
            context.update(self.extras(request, obj))
        return super().render_change_form(request, context, add, change, form_url, obj)


class ReadOnlyAdmin(SealedAdmin):
    """Rows that only the workflow writes."""

    actions: Any = None

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class VerbFormAdmin(SealedAdmin):
    """Saves by a verb: the form collects, ``write`` calls it, refusals land at their field."""

    form: type[Any]

    def write(self, form: Any, row: Any, by: Any) -> Model:
        """Call the verb that adds (``row`` is None) or changes; return the saved row."""
        raise NotImplementedError

    def sections(self, obj: Any) -> list[Any]:
        """The form's sections; the reason comes last."""
        names = list(self.form._meta.fields or ())
        return [(None, {"fields": names}), self.reason_section()]

    @staticmethod
    def reason_section() -> tuple[Any, dict[str, Any]]:
        return (None, {"fields": ["reason", "seen"]})

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The form class of this request, with the refusal that a first try met."""
        if obj is None or self.has_change_permission(request, obj):
            kwargs["fields"] = self.form._meta.fields
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        form.may_add = staticmethod(partial(may_add, self.admin_site, request))
        return form

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Pickers for the fields that have a search box."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs |= {"form_class": PickField, "widget": Picker(db_field, self.admin_site)}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Put "+" beside pickers alone: what a short list offers is made on a page of its own."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        wrapper = getattr(field, "widget", None)
        if isinstance(wrapper, RelatedFieldWidgetWrapper) and not isinstance(
            wrapper.widget, Picker
        ):
            field.widget = wrapper.widget
        return field

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        """Give a popup's row back without the form that asked for it, which may need an address.

        Django builds that form to look for groups of choices; the desk has none.
        """
        if SOURCE_MODEL_VAR in request.POST:
            data = request.POST.copy()
            del data[SOURCE_MODEL_VAR]
            request.POST = data  # type: ignore[assignment]
        return super().response_add(request, obj, post_url_continue)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """Save; when a verb refuses, show the form again with the refusal in its place."""
        chosen = {name for name, kept in request.POST.items() if kept == THEIRS}
        if object_id and any(name.startswith(KEEP) for name in chosen):
            self.keep_theirs(request, self.get_object(request, unquote(object_id)))
        try:
            with refused_in_words() if request.method == "POST" else nullcontext():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except RefusalError as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]
            request.POST = getattr(request, "merged", request.POST)  # type: ignore[assignment]
            extra = {"clashes": getattr(request, "clashes", []), **(extra_context or {})}
            return super().changeform_view(request, object_id, form_url, extra)

    def keep_theirs(self, request: Any, row: Any) -> None:
        """Put what stands in the row into the form where that was chosen on a page of a clash."""
        if row is not None and self.has_change_permission(request, row):
            data = request.POST.copy()
            take_theirs(self.get_form(request, row, change=True)(instance=row), data)
            request.POST = data

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Refuse a form that is older than the row, then call the verb."""
        if change:
            merged = request.POST.copy()
            clash = find_clash(form, obj, merged)
            if clash is not None:
                refuse_clash(request, [clash], merged)
        row = self.write(form, obj if change else None, request.user)
        obj.pk = row.pk
        obj._state.adding = False
        obj.refresh_from_db()

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """Verbs write what hangs on a row."""


class DeskAdmin(VerbFormAdmin, SimpleHistoryAdmin):
    """Rows that forms change, each with its sealed history."""

    form: type[DeskForm]
    object_history_template = "admin/claims/history.html"
    object_history_list_template = "admin/claims/history_list.html"
    history_list_per_page = 25

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Show an old state. The stock view would restore it, past every rule."""
        if request.method not in READING:
            return HttpResponseNotAllowed(READING)
        request.old_state = True  # type: ignore[attr-defined]
        return super().history_form_view(request, object_id, version_id, extra_context)

    def set_history_delta_changes(
        self, request: HttpRequest, historical_records: Any, foreign_keys_are_objs: bool = True
    ) -> None:
        """Compare all columns: the stock page leaves out those that no form edits, as state."""
        records = list(historical_records)
        set_deltas(records, self.model._meta.concrete_fields)
        historical_records.object_list = records

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        old = getattr(request, "old_state", False)
        return not old and super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """An old state is for reading, column by column."""
        if getattr(request, "old_state", False):
            return flatten_fieldsets(self.get_fieldsets(request, obj))
        return super().get_readonly_fields(request, obj)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """People who may only look see the columns; others the inputs and the reason."""
        if self.fields:
            return [(None, {"fields": self.fields})]
        if obj is not None and not self.has_change_permission(request, obj):
            return [(None, {"fields": list(self.form._meta.fields or ())})]
        return self.sections(obj)
