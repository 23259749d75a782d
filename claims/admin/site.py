"""The admin site: our own models only, no deletion, a dashboard of the queue."""

from __future__ import annotations

import functools
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _


class DeskSite(admin.AdminSite):
    """Offers what claims.admin offers. Other apps' stock admins save and delete unasked."""

    site_header = _("factbase desk")
    site_title = _("factbase desk")
    index_title = _("What waits for somebody")
    index_template = "admin/desk_index.html"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register classes of claims.admin; pass over those of other apps."""
        if admin_class is not None and admin_class.__module__.startswith("claims.admin"):
            super().register(model_or_iterable, admin_class, **options)

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """The dashboard: tiles that are links to the saved views of the queue."""
        from claims.admin.queue import tiles  # the models are not ready when the site is made

        extra = {"tiles": tiles(request.user), **(extra_context or {})}
        return super().index(request, extra)


@functools.cache
def desk_site() -> DeskSite:
    """The one site. Django asks for it twice: importing it registers, which asks again."""
    return DeskSite()
