"""The admin site: our own models only, no deletion, a dashboard of the queue."""

from __future__ import annotations

import functools
from typing import Any, Final

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from claims.admin.naming import NAMES

# The models of the desk by what they are for; the first of each leads there.
ROOMS: Final = (
    (_("To decide"), ("Claim", "Dispute", "Correction", "Merge", "SamenessQuestion")),
    (_("Registers"), ("Source", "Party", "Subject", "Measure", "SourceRelation")),
    (_("Articles"), ("Article", "ArticleRevision", "ImportRun", "ImportedPage", "ImportedTable")),
    (_("Statements"), ("Assertion", "ClaimRelation", "Comment")),
    (_("Record"), ("ClaimVersion", "ReviewEvent")),
    (_("People"), ("User", "Group", "ApiKey")),
)
OWN_SHOWN: Final = 10  # of one's own acts, on the first page of the desk
_SOURCE = ("app_label", "model_name", "field_name")  # how a search box says what it fills


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

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Every page of the desk refuses query strings that no database takes."""
        inner = super().admin_view(view, cacheable)

        @functools.wraps(inner)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            from claims.admin.questions import refuse_hostile  # as in index

            refuse_hostile(request.GET)
            return inner(request, *args, **kwargs)

        return guarded

    def autocomplete_view(self, request: HttpRequest) -> Any:
        """Only what a column of the model names: Django breaks on names that lead back to it."""
        if not _is_link(*(request.GET.get(name, "") for name in _SOURCE)):
            raise PermissionDenied
        return super().autocomplete_view(request)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The models that the person may see, by what they are for."""
        listed = super().get_app_list(request, app_label)
        shown = {model["object_name"]: model for app in listed for model in app["models"]}
        if app_label is not None:
            return listed
        rooms = []
        for title, names in ROOMS:
            models = [
                {**shown[name], "name": NAMES.get(name, shown[name]["name"])}
                for name in names
                if name in shown
            ]
            if models:
                address = models[0]["admin_url"]
                rooms.append({"name": title, "app_label": "claims", "app_url": address,
                              "has_module_perms": True, "models": models})  # fmt: skip
        return rooms

    def get_urls(self) -> list[Any]:
        from claims.admin import notifications, people  # as in index

        view = self.admin_view(self.keys)
        return [
            path("keys/", view, name="keys"),
            *notifications.notification_urls(self),
            *people.people_urls(self),
            *super().get_urls(),
        ]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Besides what every page has: how much there is that the person has not read."""
        from claims.admin.notifications import unread_words  # as in index

        unread = SimpleLazyObject(lambda: unread_words(request.user))
        return {**super().each_context(request), "unread": unread}

    def keys(self, request: HttpRequest) -> TemplateResponse:
        """Which keys review claims, and the switch that turns them on."""
        context = {**self.each_context(request), "title": _("Review by keyboard")}
        return TemplateResponse(request, "admin/keys.html", context)

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """The dashboard: tiles that are links to the saved views of the queue."""
        from claims.admin.pulse import pulse
        from claims.admin.queue import tiles  # the models are not ready when the site is made
        from claims.models import ReviewEvent

        done = ReviewEvent.objects.done_by(request.user.get_username())
        own = done.select_related("claim").order_by("-pk")[:OWN_SHOWN]
        told = {"tiles": tiles(request.user), "own_events": own}
        if request.user.has_perm("claims.view_claim"):
            told["pulse"] = pulse()
        extra = {**told, **(extra_context or {})}
        return super().index(request, extra)


def _is_link(app_label: str, model_name: str, field_name: str) -> bool:
    try:
        field = apps.get_model(app_label, model_name)._meta.get_field(field_name)
    except (LookupError, FieldDoesNotExist):
        return False
    return bool(field.is_relation and field.concrete)


@functools.cache
def desk_site() -> DeskSite:
    """The one site. Django asks for it twice: importing it registers, which asks again."""
    return DeskSite()
