"""A new claim from words of an article: selected in its text, or pasted into a box beside it."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from claims.admin.base import may_add
from claims.admin.questions import is_number, refuse_hostile
from claims.admin.texts import read_facts
from claims.importers.quoted import QuotedPassage
from claims.importers.text_places import TextPlace, read_place
from claims.models import Anchor, Article, ArticleRevision, Claim
from claims.reading.text.quotes import Quoted, find_words, follows

NO_STATEMENT: Final = "none"  # of those that were read: the words alone
MOST_PLACES: Final = 20  # that one is asked to choose from


class QuotingMixin:
    """Adds the page quote/ to the articles: choose words, then fill the form of a new claim."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.quote_page)
        own = path("<int:number>/quote/", page, name="claims_article_quote")
        return [own, *super().get_urls()]  # type: ignore[misc]

    def quote_page(self, request: HttpRequest, number: int) -> HttpResponse:
        """The newest text; on to the form once it is clear which words are meant."""
        if not may_add(self.admin_site, request, Claim):
            raise PermissionDenied
        article = get_object_or_404(Article, pk=number)
        newest = article.revisions.newest_first().select_related("article").first()
        if newest is None:
            raise Http404("No text.")
        told: dict[str, Any] = {"quote": ""}
        if request.method == "POST":
            refuse_hostile(request.POST)
            told = _chosen(request, newest)
            if "place" in told:
                return HttpResponseRedirect(_form_url(told["place"], told["said"]))
        context = {
            **self.admin_site.each_context(request),
            **told,
            **read_facts(newest),
            "opts": self.opts,
            "article": article,
            "newest": newest,
            "title": _("New claim from the text"),
        }
        return TemplateResponse(request, "admin/claims/article/quote.html", context)


def _chosen(request: Any, revision: ArticleRevision) -> dict[str, Any]:
    """The place and the statement that are meant; else what is asked back, or a refusal."""
    quote = " ".join(request.POST.get("quote", "").split())
    limit: int = settings.FACTBASE_LIMITS["quote_characters"]
    if not quote:
        return {"quote": "", "fault": _("Select words of the text, or paste them here.")}
    if len(quote) > limit:
        words = _("A quote has at most %(limit)d characters: choose fewer words.")
        return {"quote": quote[:limit], "fault": words % {"limit": limit}}
    found = find_words(revision.text, quote, revision.format)
    here = _the_one(found, request.POST)
    if here is None:
        return {"quote": quote, **_asked_back(found)}
    place = TextPlace(revision, ((here.start, here.end),))
    return _statement(request, QuotedPassage(revision, here.start, here.end, by=request.user),
                      {"quote": quote, "at": here.start}, place)  # fmt: skip


def _the_one(found: list[Quoted], told: Any) -> Quoted | None:
    """The place that was chosen, or the only one that follows the words before the selection."""
    at = told.get("at", "")
    if is_number(at):
        return next((one for one in found if one.start == int(at)), None)
    if len(found) > 1:
        found = [one for one in found if follows(one, told.get("before", ""))]
    return found[0] if len(found) == 1 else None


def _asked_back(found: list[Quoted]) -> dict[str, Any]:
    if not found:
        words = _("The text does not hold these words. Copy them as they stand below.")
        return {"fault": words}
    if len(found) > MOST_PLACES:
        words = _("These words stand %(count)d times in the text: choose more of them.")
        return {"fault": words % {"count": len(found)}}
    return {"places": found}


def _statement(
    request: Any, passage: QuotedPassage, told: dict[str, Any], place: TextPlace
) -> dict[str, Any]:
    """Which statement of the words is meant; asked where they answer several questions."""
    choices, said = passage.choices(), request.POST.get("said", "")
    known = {str(one.at) for one in choices} | {NO_STATEMENT}
    if said in known:
        return {**told, "place": place, "said": said}
    if len(choices) > 1:
        return {**told, "choices": choices}
    return {**told, "place": place, "said": str(choices[0].at) if choices else NO_STATEMENT}


def _form_url(place: TextPlace, said: str) -> str:
    query = urlencode({"place": str(place), "said": said})
    return f"{reverse('admin:claims_claim_add')}?{query}"


class FromTextMixin:
    """Starts the form of a new claim from an article: ``?place=A1/2:10-40``, ``&said=``."""

    def add_view(
        self, request: Any, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Suggest what the reading is sure of; once something is sent, that alone counts."""
        if "place" not in request.GET:
            return super().add_view(request, form_url, extra_context)  # type: ignore[misc]
        place = read_place(request.GET["place"])
        if place is None or len(place.spans) > 1:
            raise Http404("No such place.")
        told: dict[str, Any] = {"place": place}
        if request.method == "GET":
            told |= _suggest(request, place)
        return super().add_view(request, form_url, {**(extra_context or {}), "from_text": told})  # type: ignore[misc]

    def get_changeform_initial_data(self, request: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_changeform_initial_data(request)  # type: ignore[misc]
        return {**found, **getattr(request, "suggested_terms", {})}


def _suggest(request: Any, place: TextPlace) -> dict[str, Any]:
    (start, end), said = place.spans[0], request.GET.get("said", "")
    passage = QuotedPassage(place.revision, start, end, by=request.user)
    suggestion = passage.suggest(int(said) if is_number(said) else None)
    reason = _("From the article “%(title)s”.") % {"title": place.revision.title}
    request.suggested_terms = {"reason": reason, **suggestion.terms}
    request.suggested_rows = suggestion.figures
    marked = TextPlace(place.revision, tuple(suggestion.spans))
    return {
        "marked": marked.words,
        "doubts": suggestion.doubts,
        "unread": not passage.is_read,
        "others": _claims_at(marked),
    }


def _claims_at(place: TextPlace) -> list[Claim]:
    """The claims that have a statement in these words already."""
    there = Anchor.objects.over(place.revision, place.spans)
    claims = Claim.objects.anchored_by(there)
    return list(claims.order_by("pk")[:MOST_PLACES])
