"""Corrections of registers: one edit, one diff, one decision for all claims that show the row."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from claims.admin.base import READING, DeskAdmin, ReadOnlyAdmin
from claims.admin.correction_rows import CorrectionRow, correction_rows
from claims.admin.correction_words import correction_facts
from claims.admin.next_in_line import next_in_line
from claims.choices import CorrectionState
from claims.errors import RefusalError
from claims.forms.base import add_refusal
from claims.forms.correction import CorrectionForm
from claims.models import Correction
from claims.tasks import enqueue_correction
from claims.workflow.correction_candidate import correction_witness
from claims.workflow.corrections import approve_correction, return_correction


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin, DeskAdmin):
    """A list that says what changed, and a page for each with the decision."""

    fields = ("noun", "number", "state", "reason", "edited_by", "edited_at", "approved_by",
              "approved_at", "entry")  # fmt: skip
    list_display = ("what", "state", "edited_by", "why", "age", "approved_by")
    list_display_links = None
    list_filter = ("state", "noun")
    list_select_related = ("edited_by", "approved_by")
    search_fields = ("reason",)
    ordering = ("-edited_at", "-pk")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who sees claims sees what is to be corrected in them."""
        return bool(request.user.has_perm("claims.view_claim"))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.review)
        own = [path("<int:number>/review/", view, name="claims_correction_review")]
        return own + super().get_urls()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The page of a correction is the one that shows it."""
        if request.method in READING and object_id.isdecimal() and len(object_id) <= 18:
            return HttpResponseRedirect(review_url(int(object_id)))
        return super().change_view(request, object_id, form_url, extra_context)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Read what the page's rows tell, all at once."""
        found = super().get_changelist_instance(request)
        found.result_list = list(found.result_list)
        rows = correction_rows(found.result_list)
        for item in found.result_list:
            item.told = rows[item.pk]
        return found

    @admin.display(description=_("correction"))
    def what(self, item: Any) -> str:
        return format_html('<a href="{}">{}</a>', review_url(item.pk), told(item.told))

    @admin.display(description=_("reason"), ordering="reason")
    def why(self, item: Correction) -> str:
        return item.reason

    @admin.display(description=_("age"), ordering="edited_at")
    def age(self, item: Correction) -> str:
        return timesince(item.edited_at, depth=1)

    def review(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show what readers have and would get; a POST decides on what was shown."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        item = get_object_or_404(Correction.objects.select_related("edited_by"), pk=number)
        form = CorrectionForm(initial={"witness": _witness(item)})
        if request.method == "POST":
            if not request.user.has_perm("claims.review_claim"):
                raise PermissionDenied
            form = CorrectionForm(request.POST)
            if form.is_valid() and _decided(request, item, form):
                waiting = f"?state__exact={CorrectionState.WAITING}"
                return HttpResponseRedirect(reverse(_LIST) + waiting)
        facts = correction_facts(item)
        context = {
            **self.admin_site.each_context(request),
            **facts,
            "title": told(facts["told"]),
            "next": next_in_line(
                Correction.objects.waiting(), item.pk, "admin:claims_correction_review"
            ),
            "opts": self.opts,
            "media": self.media,
            "form": form,
            "mine": request.user.username in facts["authors"],
            "waits": item.state == CorrectionState.WAITING,
            "may_review": request.user.has_perm("claims.review_claim"),
        }
        return TemplateResponse(request, "admin/claims/correction/review.html", context)


_LIST = "admin:claims_correction_changelist"


def review_url(number: int) -> str:
    return reverse("admin:claims_correction_review", args=[number])


def told(row: CorrectionRow) -> str:
    """A line such as "S6: title changed; 5 claims"."""
    changed = ", ".join(row.members) or _("nothing")
    claims = ngettext("%(count)d claim", "%(count)d claims", row.claims) % {"count": row.claims}
    return _("%(ref)s: %(members)s changed; %(claims)s") % {
        "ref": row.ref,
        "members": changed,
        "claims": claims,
    }


def _witness(item: Correction) -> str:
    return correction_witness(item) if item.state == CorrectionState.WAITING else ""


def _decided(request: HttpRequest, item: Correction, form: CorrectionForm) -> bool:
    """Run the verb that was chosen; what one transaction leaves goes to the queue."""
    seen = form.cleaned_data
    signed: dict[str, Any] = {"correction": item, "by": request.user, "reason": seen["reason"]}
    approves = seen["decision"] == CorrectionForm.APPROVE
    run = approve_correction if approves else return_correction
    try:
        with transaction.atomic():
            run(**signed, witness=seen["witness"])
            transaction.on_commit(partial(enqueue_correction, item.pk))
    except RefusalError as refusal:
        add_refusal(form, refusal)
        return False
    words = _("The correction is approved.") if approves else _("The correction is returned.")
    messages.success(request, words)
    return True
