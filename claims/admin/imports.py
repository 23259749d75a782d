"""Imports on the desk: one text comes in by a form; what became of every page is told."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from claims.admin.base import ReadOnlyAdmin, VerbFormAdmin
from claims.choices import Contention, PageOutcome
from claims.forms.importing import ImportForm
from claims.importers.pages import import_waiting
from claims.importers.uploads import note_upload
from claims.models import Anchor, Assertion, Claim, ImportedPage, ImportRun
from claims.querysets.claim import ClaimQuerySet
from claims.tasks import enqueue_page, enqueue_waiting

AT_ONCE: Final = 200_000  # characters that the request itself reads, in about two seconds
SHOWN: Final = 200  # claims or pages of one import
AGAIN_AFTER: Final = 3  # seconds, while pages wait


@admin.register(ImportRun)
class ImportRunAdmin(VerbFormAdmin):
    """Adding one uploads a text; what commands imported is listed beside it."""

    form = ImportForm
    list_display = ("file_name", "account", "started_at", "finished_at")
    list_select_related = ("started_by",)
    search_fields = ("file_name",)
    ordering = ("-pk",)
    change_form_template = "admin/claims/import.html"
    add_form_template = "admin/change_form.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("claims.edit_desk")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.take_in)
        own = path("<int:number>/take-in/", page, name="claims_importrun_take_in")
        return [own, *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return [(None, {"fields": ImportForm.Meta.fields})]
        return [(None, {"fields": [("account", "started_at", "finished_at", "language")]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("account",) if obj is not None else ()

    @admin.display(description=_("started by"))
    def account(self, run: ImportRun) -> str:
        return run.started_by.username

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        extra = {
            "title": _("Import an article"),
            "show_save_and_add_another": False,
            "show_save_and_continue": False,
        }
        return super().add_view(request, form_url, {**extra, **(extra_context or {})})

    def write(self, form: Any, row: Any, by: Any) -> ImportRun:
        """Note the text, and take it in once that is committed: here, or in the queue."""
        values = form.cleaned_data
        page = note_upload(
            values["body"],
            by=by,
            file_name=values["file"].name if values["file"] else str(_("pasted text")),
            title=values["title"],
            format=values["format"],
            language=values["language"],
        )
        if len(page.text) > AT_ONCE:
            enqueue_page(page)
        else:
            transaction.on_commit(partial(import_waiting, page))
        return page.run

    def take_in(self, request: HttpRequest, number: int) -> HttpResponse:
        """Put what waits in the queue again: who was to take it in may have died."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        run = get_object_or_404(ImportRun, pk=number)
        count = enqueue_waiting(run)
        words = ngettext("%(count)d text was queued.", "%(count)d texts were queued.", count)
        messages.success(request, words % {"count": count})
        return self.response_add(request, run)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Go on to what became of it."""
        return HttpResponseRedirect(reverse("admin:claims_importrun_change", args=[obj.pk]))

    def extras(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Counts, and the claims of a single page or else the pages."""
        tally = row.pages.tally()
        pages = list(row.pages.select_related("revision").defer("text")[: SHOWN + 1])
        shown = pages[:SHOWN]
        total = sum(tally[outcome] for outcome in PageOutcome.values)
        claims = self._claims(shown[0]) if len(pages) == 1 else Claim.objects.none()
        found = claims.count()
        every = f"{reverse('admin:claims_importedpage_changelist')}?run__id__exact={row.pk}"
        return {
            **super().extras(request, row),
            "tally": tally,
            "total": total,
            "dealt_with": total - tally[PageOutcome.WAITING],
            "may_take_in": self.has_add_permission(request),
            "again_after": AGAIN_AFTER if tally[PageOutcome.WAITING] else 0,
            "pages": shown,
            "pages_url": every,
            "is_cut": len(pages) > SHOWN,
            "lost": self._lost(shown),
            "claims": list(claims[:SHOWN]),
            "claims_found": found,
            "claims_cut": found > SHOWN and SHOWN,
        }

    @staticmethod
    def _lost(pages: list[ImportedPage]) -> int:
        """How many statements the articles of these pages no longer hold."""
        articles = {page.revision.article_id for page in pages if page.revision}
        lost = Anchor.objects.lost().filter(revision__article__in=articles)
        return lost.values("assertion").distinct().count()

    @staticmethod
    def _claims(page: ImportedPage) -> ClaimQuerySet:
        """The claims with a statement in the text of the page, disputed ones first."""
        if page.revision_id is None:
            return Claim.objects.none()
        there = Assertion.objects.filter(anchors__revision=page.revision_id)
        disputed = When(contention=Contention.DISPUTED, then=Value(0))
        claims = Claim.objects.filter(pk__in=there.values("claim"))
        return claims.order_by(Case(disputed, default=Value(1)), "pk")


class RunFilter(admin.SimpleListFilter):
    """The pages of one import, by the address that its own page links to: runs are many."""

    title = _("import")
    parameter_name = "run__id__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        asked = request.GET.get(self.parameter_name, "")
        return [(asked, asked)] if _is_number(asked) else [("", _("all"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        value = self.value()
        return queryset.of_run(int(value)) if value and _is_number(value) else queryset


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18  # what fits 64 bits


@admin.register(ImportedPage)
class ImportedPageAdmin(ReadOnlyAdmin):
    list_display = ("title", "outcome", "claims", "figures", "sources", "conflicts", "doubts",
                    "highlights", "refused", "read_as")  # fmt: skip
    list_filter = ("outcome", RunFilter)
    list_select_related = ("revision",)
    search_fields = ("title",)
    ordering = ("-pk",)
    fields = (
        *("run", "title", "outcome", "origin_url", "revision", "claims", "figures", "sources"),
        *("conflicts", "doubts", "highlights", "rule", "refusal"),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("text")

    @admin.display(description=_("refused or left out"))
    def refused(self, page: ImportedPage) -> str:
        return f"{page.rule}: {page.refusal}" if page.rule else ""

    @admin.display(description=_("revision"))
    def read_as(self, page: ImportedPage) -> SafeString | str:
        if page.revision is None:
            return ""
        url = reverse("admin:claims_articlerevision_change", args=[page.revision_id])
        return format_html('<a href="{}">{}</a>', url, page.revision)
