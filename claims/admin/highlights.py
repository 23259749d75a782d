"""What an import left to people: the figures of a text beside which no claim was drafted."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.base import may_add
from claims.domain.vocabulary import complete
from claims.importers.highlighted import highlights_of
from claims.models import Article, Claim
from claims.reading.asking.silence import Silence

SHOWN: Final = 100  # highlights on a page
WHY: Final = complete(
    Silence,
    "admin.highlights.WHY",
    {
        Silence.SPEAKS: "",  # a draft, which is no highlight
        Silence.MEASURE: gettext_lazy("The text does not say what is measured."),
        Silence.WHOLE: gettext_lazy("The text does not say of what this is a share."),
        Silence.MONEY: gettext_lazy("The text does not say what the money was for."),
        Silence.OWNER: gettext_lazy("The text does not say whose number this is."),
        Silence.RIVAL: gettext_lazy(
            "The text gives another number, too: confirm that they answer one question."
        ),
        Silence.LANGUAGE: gettext_lazy("The language of the text is not read."),
        Silence.DENIED: gettext_lazy("The words around it deny it, or count nobody."),
    },
)


class HighlightsMixin:
    """Adds the page highlights/ to the articles; ``?page=`` goes on."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.highlights_page)
        own = path("<int:number>/highlights/", page, name="claims_article_highlights")
        return [own, *super().get_urls()]  # type: ignore[misc]

    def highlights_page(self, request: HttpRequest, number: int) -> HttpResponse:
        """The highlights of the newest text, each with the way to a claim of it."""
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        article = get_object_or_404(Article, pk=number)
        newest = article.revisions.newest_first().select_related("article").first()
        if newest is None:
            raise Http404("No text.")
        found = highlights_of(newest)
        page = Paginator(found.all, SHOWN).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "article": article,
            "newest": newest,
            "found": found,
            "page": page,
            "rows": [(one, WHY[one.why]) for one in page],
            "may_draft": may_add(self.admin_site, request, Claim),
            "title": _("Highlights"),
        }
        return TemplateResponse(request, "admin/claims/article/highlights.html", context)
