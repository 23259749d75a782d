"""The record: review events and published versions, for reading only."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from claims.admin.base import ReadOnlyAdmin
from claims.models import ClaimVersion, ReviewEvent


@admin.register(ReviewEvent)
class ReviewEventAdmin(ReadOnlyAdmin):
    list_display = ("at", "claim_ref", "action", "actor", "comment")
    list_filter = ("action",)
    list_select_related = ("actor",)
    search_fields = ("comment",)
    ordering = ("-pk",)

    @admin.display(description=_("claim"))
    def claim_ref(self, event: ReviewEvent) -> str:
        return f"C{event.claim_id}"


@admin.register(ClaimVersion)
class ClaimVersionAdmin(ReadOnlyAdmin):
    list_display = (
        "sequence",
        "question",
        "number",
        "op",
        "contention",
        "approved_by",
        "published_at",
    )
    list_filter = ("op", "contention", "severity", "is_current")
    list_select_related = ("approved_by",)
    search_fields = ("question",)
    ordering = ("-sequence",)
