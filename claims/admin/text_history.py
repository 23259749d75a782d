"""The texts of an article: who wrote each and why, and what changes between any two."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from claims.admin.questions import is_number
from claims.admin.texts import text_differences
from claims.models import Article, ArticleRevision

SHOWN = 200  # revisions on a page


class TextHistoryMixin:
    """Adds the page texts/ to the articles; ``?before=`` and ``?after=`` compare two of them."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.texts_page)
        own = path("<int:number>/texts/", page, name="claims_article_texts")
        return [own, *super().get_urls()]  # type: ignore[misc]

    def texts_page(self, request: HttpRequest, number: int) -> HttpResponse:
        """The list, and the comparison that was asked for."""
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        article = get_object_or_404(Article, pk=number)
        rows, older = _rows(article, request.GET.get("until", ""))
        pair = _pair(article, request)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of the text"),
            "opts": self.opts,
            "article": article,
            "rows": rows,
            "older": older,
            "pair": pair,
            "before": pair[0].number if pair else rows[min(1, len(rows) - 1)].number,
            "after": pair[1].number if pair else rows[0].number,
            "may_edit": self.has_change_permission(request),  # type: ignore[attr-defined]
            "may_review": request.user.has_perm("claims.review_claim"),
            **(text_differences(*pair) if pair else {}),
        }
        return TemplateResponse(request, "admin/claims/article/texts.html", context)


def _rows(article: Article, until: str) -> tuple[list[Any], int]:
    """A page of revisions without their texts, newest first, each with its reason.

    Also the number from which the next page goes on, 0 when there is none.
    """
    revisions = article.revisions.newest_first().select_related("added_by", "approved_by")
    if until and not is_number(until):
        raise Http404("No such revision.")
    if until:
        revisions = revisions.up_to(int(until))
    found: list[Any] = list(revisions.defer("text")[: SHOWN + 1])
    if not found:
        raise Http404("No such revision.")
    rows = found[:SHOWN]
    reasons = ArticleRevision.objects.reasons(rows)
    for row in rows:
        row.reason = reasons.get(row.pk, "")
    return rows, found[SHOWN].number if len(found) > SHOWN else 0


def _pair(article: Article, request: HttpRequest) -> tuple[ArticleRevision, ArticleRevision] | None:
    """The two revisions that the address names, the older first; None when it names none."""
    asked = [request.GET.get(name, "") for name in ("before", "after")]
    if not any(asked):
        return None
    if not all(is_number(one) for one in asked):
        raise Http404("No such revision.")
    numbers = sorted(int(one) for one in asked)
    found = {row.number: row for row in article.revisions.numbered(*numbers)}
    if not all(number in found for number in numbers):
        raise Http404("No such revision.")
    return found[numbers[0]], found[numbers[1]]
