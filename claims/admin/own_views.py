"""Views of the list of claims that people keep by name, with addresses to share."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.admin.outages import refused_in_words
from claims.admin.questions import refuse_hostile
from claims.errors import RefusalError
from claims.forms.base import add_refusal
from claims.forms.queue_view import QueueViewForm
from claims.forms.refusals import in_words
from claims.models import QueueView
from claims.workflow.queue_views import drop_view, save_view

SEARCH, ORDER = "q", "o"
LIST: Final = "admin:claims_claim_changelist"
PAGE: Final = "admin:claims_claim_views"


class OwnViewsMixin:
    """Adds views/ to the claims: one's own, views/<number>/ for whoever has the address."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("views/", wrap(self.views_page), name="claims_claim_views"),
            path("views/<int:number>/", wrap(self.view_opened), name="claims_claim_view"),
            path("views/<int:number>/drop/", wrap(self.view_dropped),
                 name="claims_claim_view_drop"),
        ]  # fmt: skip
        return [*own, *super().get_urls()]  # type: ignore[misc]

    def changelist_view(self, request: Any, extra_context: Any = None) -> HttpResponse:
        """Show one's own views beside those of the desk."""
        own = {}
        if self.has_add_permission(request):  # type: ignore[attr-defined]
            own = own_views(request, self.asked_of_list(request, request.GET.urlencode()))
        return super().changelist_view(request, {**own, **(extra_context or {})})  # type: ignore[misc]

    def views_page(self, request: Any) -> HttpResponse:
        """What this person keeps; ``?query=`` is what the list was asked, to be kept too."""
        if not self.has_add_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        data = request.POST if request.method == "POST" else None
        if data is not None:
            refuse_hostile(data)
        asked = (data or request.GET).get("query", "")
        query = self.asked_of_list(request, asked)
        form = QueueViewForm(data, initial={"query": query})
        if data is not None and form.is_valid():
            try:
                with refused_in_words():
                    view = save_view(name=form.cleaned_data["name"], query=query, by=request.user)
            except RefusalError as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, _("“%(name)s” is kept.") % {"name": view.name})
                return HttpResponseRedirect(f"{reverse(LIST)}?{view.query}")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Your views of the claims"),
            "opts": self.opts,
            "form": form if query or data is not None else None,
            "views": QueueView.objects.of(request.user),
        }
        return TemplateResponse(request, "admin/claims/claim/views.html", context)

    def view_opened(self, request: HttpRequest, number: int) -> HttpResponse:
        """The list as a view asks for it, whoever keeps it."""
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        return HttpResponseRedirect(f"{reverse(LIST)}?{_view(number).query}")

    def view_dropped(self, request: Any, number: int) -> HttpResponse:
        if not self.has_add_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        return require_POST(_drop)(request, number)

    def asked_of_list(self, request: HttpRequest, query: str) -> str:
        """What of a query string the list understands, in one order; '' for nothing."""
        offered = self.offered_lookups(request)  # type: ignore[attr-defined]
        told = QueryDict(query[:2000])
        known = [name for name in told if name in (*offered, SEARCH, ORDER)]
        return urlencode([(name, told[name]) for name in sorted(known) if told[name]])


def own_views(request: Any, query: str) -> dict[str, Any]:
    """What the list shows of the views that one keeps; ``query`` is what it is asked now."""
    views = [
        {"name": view.name, "url": f"{reverse(LIST)}?{view.query}", "chosen": view.query == query}
        for view in QueueView.objects.of(request.user)
    ]
    is_new = bool(query) and not any(view["chosen"] for view in views)
    keep = f"{reverse(PAGE)}?{urlencode({'query': query})}" if is_new else ""
    return {"own_views": views, "keep_url": keep}


def _view(number: int) -> QueueView:
    return get_object_or_404(QueueView.objects.kept(), pk=number)


def _drop(request: Any, number: int) -> HttpResponse:
    view = _view(number)
    try:
        with refused_in_words():
            drop_view(view=view, by=request.user)
    except RefusalError as refusal:
        messages.error(request, in_words(refusal.message))
    else:
        messages.success(request, _("“%(name)s” is dropped.") % {"name": view.name})
    return HttpResponseRedirect(reverse(PAGE))
