"""The plot of what is being typed into the rows of a claim, made by the server's own code."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from claims.admin.questions import is_number, refuse_hostile
from claims.domain.typed_plot import typed_plot
from claims.models import Measure

MOST: Final = 50  # rows that a form has at most
LONGEST: Final = 200  # characters of what is plotted; a longer answer is no figure


class LivePlotMixin:
    """Adds plot/ to the claims: ``?measure=3&unit=people&value=97&value=about 60``."""

    admin_site: Any

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.plot_page)
        return [path("plot/", page, name="claims_claim_plot"), *super().get_urls()]  # type: ignore[misc]

    def plot_page(self, request: HttpRequest) -> HttpResponse:
        """A piece of a page; nothing is stored."""
        if not self.has_add_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        refuse_hostile(request.GET)
        number = request.GET.get("measure", "")
        numbers = [int(number)] if is_number(number) else []
        measure = next(iter(Measure.objects.in_bulk(numbers).values()), None)
        if measure is None:
            raise Http404("No such measure.")
        typed = [one[:LONGEST] for one in request.GET.getlist("value")[:MOST]]
        unit = request.GET.get("unit", "").strip()[:40] or measure.default_unit
        plot = typed_plot(typed, measure.value_kind, unit)
        return TemplateResponse(request, "admin/claims/claim/_live_plot.html", {"plot": plot})
