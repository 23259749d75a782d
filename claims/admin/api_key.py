"""API keys on the desk: one's own, and everybody's to who manages them; never a key itself."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.admin.base import ReadOnlyAdmin
from claims.admin.verbs import RowVerb, VerbsMixin
from claims.models import ApiKey
from claims.workflow.api_keys import revoke_key


@admin.register(ApiKey)
class ApiKeyAdmin(VerbsMixin, ReadOnlyAdmin):
    """Keys are made by command: the page would have to show one."""

    actions = ()
    list_display = ("prefix", "ref", "user", "scope", "state", "created", "expiry")
    list_filter = ("scope", ("revoked_at", admin.EmptyFieldListFilter))
    list_select_related = ("user",)
    search_fields = ("user__username", "reason")
    ordering = ("-pk",)
    fields = (
        *("prefix", "user", "scope", "state", "created", "expiry", "reason"),
        *("revoked_at", "revoked_by", "revocation_reason"),
    )
    readonly_fields = ("prefix", "state")
    verbs = (
        RowVerb("revoke", _("Revoke"), _("revoked"), revoke_key, "key", "view_apikey",
                lambda key: key.revoked_at is None),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        keys: Any = super().get_queryset(request)
        return keys.visible_to(request.user)

    @admin.display(description=_("begins with"))
    def prefix(self, key: ApiKey) -> str:
        return str(key)

    @admin.display(description=_("state"))
    def state(self, key: ApiKey) -> Any:
        return key.death or _("living")

    def after(self, verb: RowVerb, row: Any) -> str:
        return reverse("admin:claims_apikey_changelist")
