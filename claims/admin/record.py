"""The record: review events, published versions and comments, none of which a form changes."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from claims.admin.base import DeskAdmin, ReadOnlyAdmin
from claims.admin.finding import claims_found
from claims.admin.going_back import GO_BACK
from claims.admin.verbs import RowVerb, VerbsMixin
from claims.choices import VersionOp
from claims.forms.claim import BareForm
from claims.models import Claim, ClaimVersion, Comment, ReviewEvent
from claims.workflow.comments import resolve_comment


class ActorFilter(admin.SimpleListFilter):
    """One's own events; by address those of any account, such as ``?by=editor``."""

    title = _("who did it")
    parameter_name = "by"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(request.user.get_username(), _("you"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        value = self.value()
        return queryset if value is None else queryset.done_by(value)


@admin.register(ReviewEvent)
class ReviewEventAdmin(ReadOnlyAdmin):
    list_display = ("at", "claim_ref", "action", "who", "comment")
    list_filter = (ActorFilter, "action")
    list_select_related = ("actor",)
    search_fields = ("comment",)
    ordering = ("-pk",)

    @admin.display(description=_("who"), ordering="actor__username")
    def who(self, event: ReviewEvent) -> str:
        """The account, with the way to all that it did; nobody for what the machine did."""
        if event.actor is None:
            return self.get_empty_value_display()
        url = reverse("admin:account", args=[event.actor_id])
        return format_html('<a href="{}">{}</a>', url, event.actor.username)

    @admin.display(description=_("claim"))
    def claim_ref(self, event: ReviewEvent) -> str:
        return f"C{event.claim_id}"


@admin.register(ClaimVersion)
class ClaimVersionAdmin(ReadOnlyAdmin):
    list_display = ("sequence", "question", "number", "op", "contention", "approved_by",
                    "published_at")  # fmt: skip
    list_filter = ("op", "contention", "severity", "is_current")
    list_select_related = ("approved_by",)
    search_fields = ("question",)  # they show the box; get_search_results reads indexes instead
    search_help_text = _("A reference, such as C12 or F3, or words that readers find the claim by.")
    ordering = ("-sequence",)

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """All versions of the claims that are found, old ones too."""
        typed = search_term.strip()
        if not typed:
            return queryset, False
        # Read once: a subquery would be searched for to count them, and again for the page.
        found = queryset.of_claims(claims_found(typed))
        return found.defer("payload"), False  # else documents are sorted, to show a page of them

    def extras(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """The way to the page of the claim that goes back to this version."""
        claim: Claim = row.claim
        fits = row.op == VersionOp.PUBLISH and GO_BACK.fits(claim)
        if not fits or not GO_BACK.allowed(request.user):
            return super().extras(request, row)
        url = f"{reverse('admin:claims_claim_revert', args=[claim.pk])}?to=v{row.number}"
        button = {"label": _("Go back to this version"), "url": url, "name": GO_BACK.name}
        return {**super().extras(request, row), "buttons": [button]}


@admin.register(Comment)
class CommentAdmin(VerbsMixin, ReadOnlyAdmin, DeskAdmin):
    fields = ("claim", "author", "body", "written_at", "resolved_by", "resolved_at")
    list_display = ("written_at", "claim", "author", "body", "resolved_by")
    list_filter = (("resolved_at", admin.EmptyFieldListFilter),)
    list_select_related = ("claim", "author", "resolved_by")
    search_fields = ("body",)
    ordering = ("-pk",)
    verbs = (
        RowVerb("resolve", _("Mark as dealt with"), _("dealt with"), resolve_comment, "comment",
                "edit_desk", lambda comment: comment.resolved_at is None, form=BareForm),
    )  # fmt: skip

    def after(self, verb: RowVerb, row: Any) -> str:
        return reverse("admin:claims_claim_change", args=[row.claim_id])
