"""Claims on the desk: the review queue, the claim with its figures by source, its verbs."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from claims.admin.assigning import LOOKING_AFTER
from claims.admin.base import CappedPaginator, DeskAdmin
from claims.admin.changes import lost_places, queue_rows
from claims.admin.claim_columns import QueueColumnsMixin
from claims.admin.comments import names_of_nobody
from claims.admin.facts import brief_of
from claims.admin.figure_rows import FigureRowsMixin
from claims.admin.finding import found_with
from claims.admin.going_back import GO_BACK, about_going_back
from claims.admin.happened import told_once
from claims.admin.leaving import LEAVING
from claims.admin.merging import MergedRowsMixin, merge_verb
from claims.admin.narrowing import NarrowFilter
from claims.admin.own_views import OwnViewsMixin
from claims.admin.proposals import ACCEPT, DROP, RESTORE, ProposalsMixin, is_proposal
from claims.admin.queue import DaysFilter, QueueFilter, queue_page
from claims.admin.quoting import FromTextMixin
from claims.admin.review import review_page
from claims.admin.second_look import second_looks
from claims.admin.splitting import JOIN, SPLIT, about_split
from claims.admin.verbs import NOT_MINE, About, RowVerb
from claims.choices import ClaimState, MergedNoun
from claims.domain.evidence_rows import evidence_table
from claims.domain.refs import parse_ref
from claims.forms.claim import (
    ClaimForm,
    CommentForm,
    OpenDisputeForm,
)
from claims.forms.narrowing import NarrowForm
from claims.forms.splitting import SCOPE
from claims.models import Claim
from claims.workflow.alike_claims import ask_about_claims
from claims.workflow.candidate import document_of, witness_of
from claims.workflow.claims import draft_claim, edit_claim
from claims.workflow.comments import write_comment
from claims.workflow.disputes import open_dispute
from claims.workflow.review import approve_claim, return_claim, submit_claim
from claims.workflow.transitions import CLAIM
from claims.workflow.undoing import is_undoable_return, last_return, undo_return

EVENTS_SHOWN = 10
COUNTED: Final = 1_000  # rows of the queue that its pages reach; a filter finds the others
FOUND: Final = 500  # unfinished claims that a search finds, the newest
LINES = 5  # of what changes in one row, on the page of a decision about many
OWN = _("You changed this claim, or what it cites, since it was last approved. Somebody else must "
        "decide.")  # fmt: skip
# Verbs whose page shows what the claim is about.
DECIDING = ("accept", "approve", "return", "dispute", "retire", "takedown", "confirm", "reverse",
            "restore", "undo")  # fmt: skip


class QueuePaginator(CappedPaginator):
    """Views of the queue ask the log of decisions of every claim that they count."""

    def most(self) -> int:
        return min(COUNTED, super().most())


ABOUT: Final = {GO_BACK.name: about_going_back, SPLIT.name: about_split}


def _in_states(verb: str) -> Any:
    return lambda claim: claim.state in CLAIM[verb]


def _submittable(claim: Claim) -> bool:
    return claim.state in CLAIM["submit"] and not is_proposal(claim)


def _active(claim: Claim) -> bool:
    return claim.state != ClaimState.RETIRED


@admin.register(Claim)
class ClaimAdmin(
    QueueColumnsMixin,
    OwnViewsMixin,
    FromTextMixin,
    FigureRowsMixin,
    ProposalsMixin,
    MergedRowsMixin,
    DeskAdmin,
):
    form = ClaimForm
    paginator = QueuePaginator
    list_display = ("ref", "question", "what_changed", "risks", "look", "state", "author", "age")
    list_display_links = ("ref", "question")
    list_filter = (
        QueueFilter,
        DaysFilter,
        NarrowFilter,
        "state",
        "contention",
        "severity",
        "priority",
    )
    list_select_related = ("last_edited_by", "assignee", "measure")
    search_fields = ("question", "population")
    autocomplete_fields = ("subject", "measure")
    ordering = ("-pk",)
    verbs = (
        RowVerb("submit", _("Submit for review"), _("submitted"), submit_claim, "claim",
                "edit_desk", _submittable),
        ACCEPT,
        DROP,
        RESTORE,
        RowVerb("approve", _("Approve"), _("approved"), approve_claim, "claim",
                "review_claim", _in_states("approve"), witness=witness_of),
        RowVerb("return", _("Return to its author"), _("returned"), return_claim, "claim",
                "review_claim", _in_states("return"), witness=witness_of),
        RowVerb("undo", _("Undo the return"), _("before the reviewers again"), undo_return,
                "claim", "review_claim", is_undoable_return, many=False, witness=witness_of),
        RowVerb("dispute", _("Open a dispute"), _("dispute opened"), open_dispute, "claim",
                "decide_dispute", _active, form=OpenDisputeForm, many=False,
                witness=witness_of),
        *LOOKING_AFTER,
        RowVerb("comment", _("Comment"), _("commented"), write_comment, "claim",
                "edit_desk", _active, form=CommentForm, many=False),
        *LEAVING,
        GO_BACK,
        SPLIT,
        JOIN,
        merge_verb(MergedNoun.CLAIM),
    )  # fmt: skip

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """References, what readers would find, and of the unfinished ones question and population.

        A finished one reads on the desk as readers have it, which an index knows. Of unfinished
        ones the newest that fit are shown, so that a common word costs no more than a rare one.
        """
        if not search_term.strip() or parse_ref(search_term, Claim.ref_letter) is not None:
            return super().get_search_results(request, queryset, search_term)
        unfinished = Claim.objects.unfinished().order_by("-pk")
        own, _doubled = super().get_search_results(request, unfinished, search_term)
        newest = list(own.values_list("pk", flat=True)[:FOUND])
        return queryset.held_by(newest, found_with(search_term.strip())), False

    def buttons(self, request: HttpRequest, row: Any) -> list[dict[str, str]]:
        """Nobody is offered to release what another looks after."""
        own = row.assignee_id == request.user.pk
        found = super().buttons(request, row)
        return [one for one in found if own or one["name"] != "release"]

    def about(self, request: HttpRequest, verb: RowVerb, row: Any) -> About | None:
        """The claim in brief; all of it where a click publishes it."""
        if verb.name in ABOUT:
            return ABOUT[verb.name](request, row)
        if verb.name not in DECIDING:
            return None
        facts = brief_of(row, whole=verb.name == "approve")
        own = verb.name == "approve" and request.user.username in facts["authors"]
        refusal = OWN if own else NOT_MINE if _is_others(request, verb, row) else ""
        return About("admin/claims/claim/_brief.html", facts, refusal)

    def surveyed(self, request: HttpRequest, verb: RowVerb, rows: list[Any]) -> list[Any]:
        """What each row would publish, read once; parts of a total go before it."""
        if verb.witness is None:
            return rows
        approves, claims = verb.name == "approve", {row.pk: row for row in rows}
        found = queue_rows(rows, request.user, together=approves)
        for number, told in found.items():
            row: Any = claims[number]
            row.lines, row.flags, row.witness = told.told(LINES), told.flags, told.witness
            row.own = approves and told.mine
        return [claims[number] for number in found]

    def review_url(self, row: Any) -> str:
        return reverse("admin:claims_claim_review", args=[row.pk])

    def remarks(self, verb: RowVerb, arguments: dict[str, Any]) -> list[str]:
        """Names after "@" in a comment that no account has."""
        return names_of_nobody(arguments["body"]) if verb.name == "comment" else []

    def after(self, verb: RowVerb, row: Any) -> str:
        """Who went back sees what now waits."""
        return self.review_url(row) if verb is GO_BACK else super().after(verb, row)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.review)
        own = [path("<int:number>/review/", view, name="claims_claim_review")]
        return own + super().get_urls()

    def review(self, request: HttpRequest, number: int) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media}
        return review_page(request, number, context)

    def sections(self, obj: Any) -> list[Any]:
        return [
            (None, {"fields": ["question", ("subject", "measure"), ("population", "unit")]}),
            *([] if obj is not None else [(_("A new subject"), {
                "classes": ["collapse"], "fields": [("subject_title", "subject_when")]})]),
            (_("Scope and rules"), {
                "classes": ["collapse"] if obj is not None else [],
                "fields": [("aggregation", "as_of"), ("cardinality", "tolerance_pct"),
                           "best_policy"],
            }),
            self.reason_section(),
        ]  # fmt: skip

    def write(self, form: Any, row: Any, by: Any) -> Claim:
        reason = form.cleaned_data["reason"]
        if row is not None:
            changes = form.changes()
            done = edit_claim(claim=row, by=by, reason=reason, **changes)
            if not changes.keys().isdisjoint(SCOPE):
                ask_about_claims([done], by=by, reason=reason)
            return done
        values = form.values()
        if not values["unit"]:
            del values["unit"]  # the measure has one
        done = draft_claim(by=by, reason=reason, **values)
        ask_about_claims([done], by=by, reason=reason)
        return done

    def extras(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """The evidence as it stands on the desk, disputes, links, the latest events."""
        document = document_of(row)
        table, looks = evidence_table(document), second_looks(row, document)
        rows = [
            {**one, "looks": [look for look in looks if look.ref == one["figure"]["ref"]]}
            for one in table["rows"]
        ]
        links = [*row.relations_from.select_related("to_claim"),
                 *row.relations_to.select_related("from_claim")]  # fmt: skip
        return {
            **super().extras(request, row),
            "document": document,
            "evidence": {**table, "rows": rows},
            "disputes": row.disputes.for_evidence(),
            "links": links,
            "events": told_once(row.events.told(), EVENTS_SHOWN),
            "comments": row.comments.select_related("author", "resolved_by"),
            "published": row.versions.public().first(),
            "lost": lost_places([row.pk]),
            "may_edit": self.has_change_permission(request, row),
            "may_submit": _submittable(row),
        }

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Read what the page's rows tell besides their columns, all at once."""
        found = super().get_changelist_instance(request)
        rows = queue_rows(found.result_list, request.user)
        found.result_list = list(found.result_list)
        for claim in found.result_list:
            claim.queue_row = rows[claim.pk]
        return found

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        media = self.media + NarrowForm({}).media
        extra = {**queue_page(request), "title": _("Claims and their review"), "media": media}
        return super().changelist_view(request, {**extra, **(extra_context or {})})


def _is_others(request: HttpRequest, verb: RowVerb, claim: Claim) -> bool:
    """Whether this is the page of undoing a return that somebody else made."""
    last = last_return(claim) if verb.name == "undo" else None
    return last is not None and last.actor != request.user
