"""What a row of the list of claims tells: why it came, what changed, what to look out for."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from claims.admin.changes import QueueRow
from claims.domain.characters import with_marks
from claims.models import Claim


class QueueColumnsMixin:
    """The columns; ``queue_row`` of each claim was read with the page."""

    @admin.display(description=_("ref"), ordering="pk")
    def ref(self, claim: Claim) -> str:
        return claim.ref

    @admin.display(description=_("changed since published"))
    def what_changed(self, claim: Claim) -> str:
        """Why it came back, where it did, and what readers would find changed."""
        row = _row(claim)
        returned = [_("returned: %s") % row.returned] if row.returned else []
        return _lines(returned, "flag") + _lines(row.told(), "change")

    @admin.display(description=_("look out"))
    def risks(self, claim: Claim) -> str:
        return _lines(_row(claim).flags, "flag")

    @admin.display(description=_("last edited by"), ordering="last_edited_by__username")
    def author(self, claim: Claim) -> str:
        """Who changed the claim last, and who looks after it."""
        if claim.assignee is None:
            return claim.last_edited_by.username
        words = _("assigned to %(who)s") % {"who": claim.assignee.username}
        return format_html('{}<span class="change">{}</span>', claim.last_edited_by.username, words)

    @admin.display(description=_("age"))
    def age(self, claim: Claim) -> str:
        return timesince(_row(claim).since, depth=1)

    @admin.display(description=_("review"))
    def look(self, claim: Claim) -> str:
        words = _("your own") if _row(claim).mine else _("review")
        url = reverse("admin:claims_claim_review", args=[claim.pk])
        return format_html('<a href="{}">{}<span class="visually-hidden"> {}</span></a>',
                           url, words, claim.ref)  # fmt: skip


def _row(claim: Any) -> QueueRow:
    found: QueueRow = claim.queue_row
    return found


def _lines(words: list[str], css: str) -> str:
    marked = ((css, with_marks(word)) for word in words)
    return format_html_join(" ", '<span class="{}">{}</span>', marked)
