"""Editing an article's text: opened as it stands, previewed, then submitted as it was seen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from claims.admin.outages import refused_in_words
from claims.admin.questions import is_number
from claims.admin.texts import facts_of
from claims.domain.text_changes import changes_between
from claims.domain.three_way import MergedLines, merge_texts
from claims.errors import RefusalError, StaleRevisionError
from claims.forms.article_text import TextForm, plain_ends, section_of, with_ends_of
from claims.forms.base import add_refusal
from claims.forms.importing import PASTED
from claims.models import Article, ArticleRevision
from claims.reading.text.sections import sections_in
from claims.workflow.text_edits import TextPreview, change_text, preview_text


class TextEditorMixin:
    """Adds the page text/ to the articles; ``?section=`` opens a part, ``?from=`` an older text."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.text_page)
        own = path("<int:number>/text/", page, name="claims_article_text")
        return [own, *super().get_urls()]  # type: ignore[misc]

    def text_page(self, request: HttpRequest, number: int) -> HttpResponse:
        """Nothing is written before somebody submits what the preview showed."""
        if not self.has_change_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        article = get_object_or_404(Article, pk=number)
        edit = _Edit(request, article, self.admin_site.each_context(request), self.opts)
        return edit.posted() if request.method == "POST" else edit.opened()


class _Edit:
    """One request to the editor of one article."""

    def __init__(
        self, request: HttpRequest, article: Article, context: dict[str, Any], opts: Any
    ) -> None:
        self.request, self.article, self.context, self.opts = request, article, context, opts
        newest = article.revisions.newest_first().select_related("added_by").first()
        if newest is None:
            raise Http404("No text.")
        self.newest = newest

    def opened(self) -> HttpResponse:
        """The newest text or one of its sections; an older text with what going back changes."""
        asked = self.request.GET
        if "from" in asked:
            older = self._revision(asked["from"])
            reason = _("Back to revision %(number)d.") % {"number": older.number}
            texts = {"text": plain_ends(older.text), "format": older.format, "reason": reason}
            return self._looked_at(self._data(**texts), "preview")
        number = asked.get("section", "")
        section = section_of(self.newest, int(number)) if is_number(number) else None
        if number and section is None:
            raise Http404("No such section.")
        start, end = (section.start, section.end) if section else (0, len(self.newest.text))
        text = plain_ends(self.newest.text[start:end])
        if len(text.encode()) > PASTED:
            return self._too_long(is_whole=section is None)
        initial = {
            "text": text,
            "format": self.newest.format,
            "base": self.newest.number,
            "section": number,
        }
        return self._page(TextForm(initial=initial, article=self.article))

    def _too_long(self, *, is_whole: bool) -> HttpResponse:
        """No form takes so much: on to the first section, or back when that is too long itself."""
        change = reverse("admin:claims_article_change", args=[self.article.pk])
        if is_whole:
            messages.warning(self.request, _("The text has more than 1 MB: edit it by sections."))
        else:
            messages.error(self.request, _("This section has more than 1 MB: import a file."))
        return HttpResponseRedirect("?section=0" if is_whole else change)

    def posted(self) -> HttpResponse:
        """Preview or submit what was typed; put a merge together first."""
        act, data = self.request.POST.get("act", ""), self.request.POST.copy()
        if act != "merge":
            return self._looked_at(data, act)
        form = TextForm(data, article=self.article)
        if not form.is_valid():
            return self._page(form)
        theirs = self._revision(self.request.POST.get("theirs", ""))
        merged = "".join(
            self._decided(part, f"conflict_{index}", theirs.text)
            for index, part in enumerate(
                merge_texts(form.base_revision.text, theirs.text, form.body)
            )
        )
        texts = {"text": plain_ends(merged), "base": str(theirs.number), "section": ""}
        kept = {name: data.get(name, "") for name in ("format", "reason")}
        return self._looked_at(self._data(**texts, **kept), "preview")

    def _decided(self, part: MergedLines, name: str, text: str) -> str:
        """What was decided of a conflict; other parts merge by themselves."""
        if part.kind != "conflict":
            return part.merged
        typed = with_ends_of(text, plain_ends(self.request.POST.get(name, part.mine)))
        is_open = typed and not typed.endswith("\n") and part.base.endswith("\n")
        return f"{typed}\n" if is_open else typed

    def _looked_at(self, data: QueryDict, act: str) -> HttpResponse:
        """Show what the text would do; store it when just that was shown before."""
        asks_why = act == "submit"
        form = TextForm(data, self.request.FILES, article=self.article, asks_why=asks_why)
        whole = form.is_valid()
        if not hasattr(form, "body") or form.has_error("text"):
            return self._page(form)
        if form.base_revision.pk != self.newest.pk:
            return self._clash(form)
        if self.request.FILES:  # a browser sends no file again: it goes on as the text
            data["text"] = self._typed(form)
        terms = {"base": form.base_revision, "text": form.body, "by": self.request.user,
                 "format": form.cleaned_data.get("format", "")}  # fmt: skip
        try:
            preview = preview_text(**terms)
            seen = data.get("witness", "")
            data["witness"] = preview.candidate.witness
            if asks_why and whole and seen == preview.candidate.witness:
                with refused_in_words():
                    made = change_text(**terms, reason=form.cleaned_data["reason"], witness=seen)
                return self._done(made)
        except StaleRevisionError as refusal:  # somebody was faster, a moment ago
            add_refusal(form, refusal)
            newest = self.article.revisions.newest_first()[0]
            self.newest, is_new = newest, newest.pk != form.base_revision.pk
            return self._clash(form) if is_new else self._page(form)
        except RefusalError as refusal:
            add_refusal(form, refusal)
            return self._page(form)
        if asks_why and whole:
            words = _("This differs from the preview: look at it, then submit.")
            messages.warning(self.request, words)
        again = TextForm(data, article=self.article, asks_why=asks_why)
        return self._page(again, preview)

    def _typed(self, form: TextForm) -> str:
        """The part of the body that the form's box holds."""
        base, section = form.base_revision.text, form.cleaned_data.get("section")
        if section is None:
            return plain_ends(form.body)
        found = section_of(form.base_revision, section)
        start, rest = (found.start, len(base) - found.end) if found else (0, 0)
        return plain_ends(form.body[start : len(form.body) - rest])

    def _done(self, made: ArticleRevision) -> HttpResponse:
        words = _("Revision %(number)d waits for approval; readers keep the old text until then.")
        messages.success(self.request, words % {"number": made.number})
        return HttpResponseRedirect(reverse("admin:claims_article_texts", args=[self.article.pk]))

    def _revision(self, number: str) -> ArticleRevision:
        found = self.article.revisions.numbered(int(number)) if is_number(number) else None
        revision = found.first() if found is not None else None
        if revision is None:
            raise Http404("No such revision.")
        return revision

    def _data(self, **values: str) -> QueryDict:
        data = QueryDict(mutable=True)
        for name, value in {"base": str(self.newest.number), **values}.items():
            data[name] = value
        return data

    def _page(self, form: TextForm, preview: TextPreview | None = None) -> HttpResponse:
        facts: dict[str, Any] = {}
        if preview is not None:
            facts = facts_of(preview.candidate, preview.fates)
            public = facts["public"]
            if public is None or public.pk != self.newest.pk:
                new = preview.candidate.revision.text
                facts["own_change"] = changes_between(self.newest.text, new)
        sections = sections_in(self.newest.text, self.newest.format)
        chosen = str(form["section"].value() or "")
        context = {
            **facts,
            "is_preview": preview is not None,
            "sections": sections[1:],
            "chosen": next((one for one in sections if str(one.number) == chosen), None),
            "is_whole": not chosen,
            "form": form,
        }
        return self._answer("admin/claims/article/text.html", _("Edit the text"), context)

    def _clash(self, form: TextForm) -> HttpResponse:
        """Both changes since the base, and what becomes of them together."""
        base, theirs = form.base_revision, self.newest
        parts = merge_texts(base.text, theirs.text, form.body)
        conflicts = [(index, one) for index, one in enumerate(parts) if one.kind == "conflict"]
        context = {
            "form": form,
            "base": base,
            "theirs": theirs,
            "their_changes": changes_between(base.text, theirs.text),
            "my_changes": changes_between(base.text, form.body),
            "conflicts": [_conflict(index, one) for index, one in conflicts],
            "typed": self._typed(form) if form.is_valid() else form["text"].value(),
        }
        return self._answer("admin/claims/article/merge.html", _("Merge two texts"), context)

    def _answer(self, template: str, title: str, context: dict[str, Any]) -> HttpResponse:
        shown = {
            **self.context,
            "title": title,
            "opts": self.opts,
            "article": self.article,
            "newest": self.newest,
            **context,
        }
        return TemplateResponse(self.request, template, shown)


def _conflict(index: int, part: MergedLines) -> dict[str, Any]:
    """A place that both changed: the two changes beside each other, and a box that holds mine."""
    return {
        "name": f"conflict_{index}",
        "theirs": changes_between(part.base, part.theirs),
        "mine": changes_between(part.base, part.mine),
        "text": plain_ends(part.mine),
        "other": plain_ends(part.theirs),
        "rows": min(20, 2 + len(part.mine) // 80 + part.mine.count("\n")),
    }
