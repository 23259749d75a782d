"""Accounts: deactivated, never deleted; only superusers hand out more than groups."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest

from claims.admin.base import SealedAdmin

FOR_SUPERUSERS = ("is_superuser", "user_permissions")


@admin.register(User)
class DeskUserAdmin(SealedAdmin, UserAdmin):
    """Who is no superuser cannot make one, change one's account, or widen their own rights."""

    list_display = ("username", "email", "is_staff", "is_active", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser", "groups")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = (*super().get_readonly_fields(request, obj), "last_login", "date_joined")
        if request.user.is_superuser:
            return fields
        own = ("groups",) if obj is not None and obj.pk == request.user.pk else ()
        return (*fields, *FOR_SUPERUSERS, *own)


@admin.register(Group)
class DeskGroupAdmin(SealedAdmin, GroupAdmin):
    """Groups come from a migration; superusers may adapt them."""
