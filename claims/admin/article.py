"""Articles and their revisions on the desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from claims.admin.base import DeskAdmin, ReadOnlyAdmin
from claims.admin.highlights import HighlightsMixin
from claims.admin.next_in_line import next_in_line
from claims.admin.quoting import QuotingMixin
from claims.admin.text_editor import TextEditorMixin
from claims.admin.text_history import TextHistoryMixin
from claims.admin.texts import text_facts
from claims.admin.verbs import About, RowVerb, VerbsMixin
from claims.forms.vocabulary import ArticleForm
from claims.models import Article, ArticleRevision
from claims.workflow.articles import add_article, edit_article
from claims.workflow.texts import approve_revision, text_witness

_OWN = _("You wrote this text, or changed what readers are told about the article. Somebody else "
         "must approve it.")  # fmt: skip


@admin.register(Article)
class ArticleAdmin(HighlightsMixin, QuotingMixin, TextEditorMixin, TextHistoryMixin, DeskAdmin):
    form = ArticleForm
    list_display = ("title", "ref", "slug", "language", "licence")
    list_filter = ()
    search_fields = ("title", "slug")
    ordering = ("title", "pk")
    change_form_template = "admin/claims/article_form.html"

    def sections(self, obj: Any) -> list[Any]:
        data = (None, {"fields": ["title", ("language", "licence"), "origin_url"]})
        first = [] if obj else [(_("Text"), {"fields": ["format", "text"]})]
        return [data, *first, self.reason_section()]

    def write(self, form: Any, row: Any, by: Any) -> Article:
        reason = form.cleaned_data["reason"]
        if row is not None:
            return edit_article(article=row, by=by, reason=reason, **form.changes())
        values = {**form.values(), **form.first_text()}
        return add_article(by=by, reason=reason, **values).article

    def extras(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        revisions = row.revisions.select_related("added_by", "approved_by").defer("text")
        may_edit = self.has_change_permission(request, row)
        return {**super().extras(request, row), "revisions": revisions, "may_edit": may_edit}


class ApprovalFilter(admin.SimpleListFilter):
    """Whether readers may see a revision."""

    title = _("approval")
    parameter_name = "approval"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("waiting", _("waits for approval")), ("approved", _("approved"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "waiting":
            return queryset.waiting()
        return queryset.approved() if self.value() == "approved" else queryset


@admin.register(ArticleRevision)
class ArticleRevisionAdmin(VerbsMixin, ReadOnlyAdmin, DeskAdmin):
    """Revisions are added with their article and approved by somebody else."""

    actions = ()
    list_display = ("title", "number", "format", "added_by", "added_at", "approved_by")
    list_filter = (ApprovalFilter, "format")
    list_select_related = ("added_by", "approved_by")
    search_fields = ("title",)
    ordering = ("-pk",)
    fields = (
        *("article", "number", "title", "format", "added_by", "added_at", "approved_by"),
        *("approved_at", "sha256", "text"),
    )
    verbs = (
        RowVerb(
            "approve", _("Approve for readers"), _("approved"), approve_revision, "revision",
            "review_claim", fits=lambda revision: revision.approved_at is None,
            witness=text_witness,
        ),
    )  # fmt: skip

    def about(self, request: HttpRequest, verb: RowVerb, row: Any) -> About:
        """The text with its data, changed against what readers have; its authors only look."""
        facts = text_facts(row)
        refusal = _OWN if request.user.username in facts["authors"] else ""
        facts["next"] = next_in_line(
            ArticleRevision.objects.waiting(), row.pk, "admin:claims_articlerevision_approve"
        )
        return About("admin/claims/articlerevision/_text.html", facts, refusal)

    def review_url(self, row: Any) -> str:
        return self.verb_url("approve", row.pk)
