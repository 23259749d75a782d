"""Imported drafts in the queue: what the article says, the import's doubts, and two clicks."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import ActionLocation
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from claims.admin.merging import is_unmerged
from claims.admin.queue import QueueFilter
from claims.admin.verbs import RowVerb
from claims.choices import ClaimState
from claims.forms.claim import AcceptForm, DropForm
from claims.importers.intake.notes import TO_CONFIRM, dispute_kind_of
from claims.models import Claim
from claims.workflow.proposals import DROPPABLE, drop_claim, restore_claim
from claims.workflow.review import submit_claim

VIEW = "imported"
COLUMNS = ("ref", "question", "says", "doubts", "decide", "risks", "age")


def is_proposal(claim: Claim) -> bool:
    """Whether an import proposed the claim, and nobody has put it before the reviewers yet."""
    return claim.state in DROPPABLE and Claim.objects.imported().filter(pk=claim.pk).exists()


ACCEPT = RowVerb("accept", _("Accept (submit for review)"), _("submitted for review"),
                 submit_claim, "claim", "edit_desk", is_proposal, form=AcceptForm)  # fmt: skip
DROP = RowVerb("drop", _("Drop"), _("dropped"), drop_claim, "claim", "edit_desk", is_proposal,
               form=DropForm)  # fmt: skip


def is_dropped(claim: Claim) -> bool:
    """Whether the claim was dropped, or retired, before readers ever had it."""
    retired = claim.state == ClaimState.RETIRED
    return retired and not claim.versions.exists() and is_unmerged(claim)


RESTORE = RowVerb("restore", _("Make it a draft again"), _("a draft again"), restore_claim,
                  "claim", "edit_desk", is_dropped, many=False)  # fmt: skip


class ProposalsMixin:
    """Adds accepting, dropping and correcting to the view of imported drafts."""

    opts: Any
    admin_site: Any

    def get_list_display(self, request: HttpRequest) -> Any:
        return COLUMNS if _chosen(request) else super().get_list_display(request)  # type: ignore[misc]

    def get_actions(
        self, request: HttpRequest, action_location: Any = ActionLocation.CHANGE_LIST
    ) -> dict[str, Any]:
        """Proposals are accepted or dropped; elsewhere claims are submitted."""
        found: dict[str, Any] = super().get_actions(request, action_location)  # type: ignore[misc]
        for name in ("submit",) if _chosen(request) else (ACCEPT.name, DROP.name):
            found.pop(name, None)
        return found

    def after(self, verb: RowVerb, row: Any) -> str:
        """From one proposal on to the next."""
        if verb in (ACCEPT, DROP):
            return f"{reverse('admin:claims_claim_changelist')}?{QueueFilter.parameter_name}={VIEW}"
        found: str = super().after(verb, row)  # type: ignore[misc]
        return found

    @admin.display(description=_("the article says"))
    def says(self, claim: Any) -> SafeString:
        return format_html_join("; ", "{}", ((words,) for words in claim.queue_row.says))

    @admin.display(description=_("doubts of the import"))
    def doubts(self, claim: Any) -> SafeString:
        """What to look at; a conflict that the import proposes is opened as a dispute from here."""
        lines = ((note, way_to_confirm(claim, note)) for note in claim.queue_row.notes)
        return format_html_join("", '<p class="doubt">{} {}</p>', lines)

    @admin.display(description=_("decide"))
    def decide(self, claim: Claim) -> SafeString:
        words = ((ACCEPT.name, _("Accept")), ("change", _("Correct")), (DROP.name, _("Drop")))
        links = ((_url(name, claim), label, claim.ref) for name, label in words)
        return format_html_join(
            " ", '<a href="{}">{}<span class="visually-hidden"> {}</span></a>', links
        )


def way_to_confirm(claim: Claim, note: str) -> SafeString | str:
    """The way to the page that opens the proposed dispute, filled in; '' for other notes."""
    kind = dispute_kind_of(note)
    if not kind:
        return ""
    query = urlencode({"kind": kind, "reason": note.removeprefix(TO_CONFIRM)[:900]})
    return format_html(
        '<a href="{}?{}">{}<span class="visually-hidden"> {}</span></a>',
        *(_url("dispute", claim), query, _("Open a dispute"), claim.ref),
    )


def _chosen(request: HttpRequest) -> bool:
    return request.GET.get(QueueFilter.parameter_name) == VIEW


def _url(name: str, claim: Claim) -> str:
    return reverse(f"admin:claims_claim_{name}", args=[claim.pk])
