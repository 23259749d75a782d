"""Links between claims on the desk: made and removed, never changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.admin.base import DeskAdmin
from claims.admin.verbs import RowVerb, VerbsMixin
from claims.forms.claim import RelationForm
from claims.models import ClaimRelation
from claims.workflow.claims import relate_claims, unrelate_claims


@admin.register(ClaimRelation)
class ClaimRelationAdmin(VerbsMixin, DeskAdmin):
    form = RelationForm
    list_display = ("pk", "from_claim", "kind", "to_claim", "exhaustive", "scope_exact")
    list_filter = ("kind", "exhaustive", "scope_exact")
    list_select_related = ("from_claim", "to_claim")
    search_fields = ("from_claim__question", "to_claim__question")
    autocomplete_fields = ("from_claim", "to_claim")
    ordering = ("-pk",)
    verbs = (
        RowVerb(
            "unlink", _("Remove the link"), _("removed"), unrelate_claims, "relation",
            "edit_desk",
        ),
    )  # fmt: skip

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {
            name: request.GET[name] for name in ("from_claim", "to_claim") if name in request.GET
        }

    def write(self, form: Any, row: Any, by: Any) -> ClaimRelation:
        return relate_claims(by=by, reason=form.cleaned_data["reason"], **form.values())

    def after(self, verb: RowVerb, row: Any) -> str:
        return reverse("admin:claims_claim_change", args=[row.from_claim_id])
