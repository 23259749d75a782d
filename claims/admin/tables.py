"""Tables on the desk: uploaded, tried out, imported, listed, undone."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from claims.admin.base import VerbFormAdmin
from claims.admin.outages import refused_in_words
from claims.admin.verbs import RowVerb, VerbsMixin
from claims.choices import TableOutcome
from claims.errors import RefusalError
from claims.forms.base import add_refusal
from claims.forms.tables import ReadTableForm, TableForm
from claims.importers.figures.uploads import Trial, keep_table, take_in_table, try_table
from claims.models import Claim, ImportedTable
from claims.workflow.tables import drop_table, undo_table

SHOWN = 200  # claims of one import
COLUMNS = ("question", "subject", "event_date", "population", "point", "low", "high", "vague_term",
           "date", "parties", "boolean", "text", "measure", "unit", "speaker", "outlet",
           "source_title", "published")  # fmt: skip


@admin.register(ImportedTable)
class ImportedTableAdmin(VerbsMixin, VerbFormAdmin):
    """Adding one uploads a file, which waits until somebody imports or drops it."""

    form = TableForm
    list_display = ("file_name", "outcome", "account", "started_at", "added", "known", "rejected")
    list_filter = ("outcome",)
    search_fields = ("run__file_name", "run__file_sha256")
    ordering = ("-pk",)
    change_form_template = "admin/claims/table.html"
    add_form_template = "admin/change_form.html"
    verbs = (
        RowVerb("undo", _("Undo this import"), _("undone"), undo_table, "table", "edit_desk",
                lambda row: row.outcome == TableOutcome.IMPORTED, many=False),
        RowVerb("drop", _("Drop this upload"), _("dropped"), drop_table, "table", "edit_desk",
                lambda row: row.outcome == TableOutcome.WAITING, many=False),
    )  # fmt: skip

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who sees other imports sees those of tables."""
        return bool(request.user.has_perm("claims.view_importrun"))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("claims.edit_desk")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        rows: Any = super().get_queryset(request)
        return rows.for_listing()

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.read)
        own = path("<int:number>/read/", page, name="claims_importedtable_read")
        return [own, *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return [(None, {"fields": TableForm.Meta.fields})]
        told = ["outcome", "account", "started_at", "sha256", "mapping"]
        undone = ["undone_by", "undone_at", "undo_reason"]
        return [(None, {"fields": told + (undone if obj.undone_at else [])})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("account", "started_at", "sha256") if obj is not None else ()

    @admin.display(description=_("file"), ordering="run__file_name")
    def file_name(self, table: ImportedTable) -> str:
        return table.run.file_name

    @admin.display(description=_("started by"))
    def account(self, table: ImportedTable) -> str:
        return table.run.started_by.username

    @admin.display(description=_("started at"), ordering="run__started_at")
    def started_at(self, table: ImportedTable) -> Any:
        return table.run.started_at

    @admin.display(description=_("SHA-256 of the file"))
    def sha256(self, table: ImportedTable) -> str:
        return table.run.file_sha256

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        extra = {
            "title": _("Import a table"),
            "show_save_and_add_another": False,
            "show_save_and_continue": False,
        }
        return super().add_view(request, form_url, {**extra, **(extra_context or {})})

    def write(self, form: Any, row: Any, by: Any) -> ImportedTable:
        """Keep the file; the next page asks how its columns are read."""
        file = form.cleaned_data["file"]
        return keep_table(file.read(), file_name=file.name, by=by)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(self._url(obj))

    def read(self, request: HttpRequest, number: int) -> HttpResponse:
        """Try the import out, or do it, with the mapping that was posted."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        row = get_object_or_404(self.get_queryset(request), pk=number)
        form, trial = ReadTableForm(request.POST), None
        imports = "import" in request.POST
        if not imports:
            form.fields["reason"].required = False
        if form.is_valid():
            try:
                with refused_in_words():
                    trial = self._run(request, row, form, imports=imports)
            except RefusalError as refusal:
                add_refusal(form, refusal)
        if imports and trial is not None:
            self._tell(request, trial)
            return HttpResponseRedirect(self._url(row))
        request.reading = (form, trial)  # type: ignore[attr-defined]
        request.method = "GET"
        return self.change_view(request, str(row.pk))

    @staticmethod
    def _run(request: Any, row: ImportedTable, form: ReadTableForm, *, imports: bool) -> Trial:
        told = {"by": request.user, "mapping": form.cleaned_data["mapping"], "excel": form.excel}
        if imports:
            return take_in_table(row, reason=form.cleaned_data["reason"], **told)
        return try_table(row, **told)

    @staticmethod
    def _tell(request: HttpRequest, trial: Trial) -> None:
        words = ngettext(
            "%(count)d statement was added, %(rejected)d rows were rejected.",
            "%(count)d statements were added, %(rejected)d rows were rejected.",
            trial.added,
        )
        messages.success(request, words % {"count": trial.added, "rejected": trial.rejected})

    @staticmethod
    def _url(row: ImportedTable) -> str:
        return reverse("admin:claims_importedtable_change", args=[row.pk])

    def extras(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """The form that asks how it is read and what came of trying, or the claims it led to."""
        shown = super().extras(request, row)
        if row.outcome == TableOutcome.WAITING:
            told = {"mapping": row.mapping, "kind": "auto"}
            form, trial = getattr(request, "reading", (ReadTableForm(initial=told), None))
            may = self.has_add_permission(request)
            return {**shown, "reading": form if may else None, **_preview(trial)}
        claims = Claim.objects.filter(assertions__imported_by__table=row).distinct().order_by("pk")
        found = claims.count()
        return {
            **shown,
            "counted": True,
            "claims": list(claims[:SHOWN]),
            "claims_cut": found > SHOWN and SHOWN,
            "claims_found": found,
        }


def _preview(trial: Trial | None) -> dict[str, Any]:
    """The rows of a trial in the columns that any of them fills."""
    if trial is None:
        return {}
    filled = [name for name in COLUMNS if any(row[name] for row in trial.rows)]
    rows = [(row.line, [row[name] for name in filled]) for row in trial.rows]
    return {"trial": trial, "trial_columns": filled, "trial_rows": rows}
