"""Disputes on the desk: the case file, its evidence, and the decision."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from claims.admin.base import DeskAdmin, ReadOnlyAdmin
from claims.admin.case_file import preview, shown_case
from claims.admin.happened import told_once
from claims.admin.next_in_line import next_in_line
from claims.admin.outages import refused_in_words
from claims.admin.splitting import SPLIT_CASE
from claims.admin.verbs import NOT_MINE, About, RowVerb, VerbsMixin
from claims.choices import UNRESOLVED
from claims.domain.refs import DISPUTE as DISPUTE_REF
from claims.errors import RefusalError
from claims.forms.base import DeskForm, add_refusal
from claims.forms.dispute import DecideForm, NoteForm, RationaleForm
from claims.models import Dispute
from claims.workflow.disputes import (
    dismiss_dispute,
    dispute_witness,
    note_dispute,
    release_dispute,
    reopen_dispute,
    resolve_dispute,
    take_dispute,
)
from claims.workflow.transitions import DISPUTE
from claims.workflow.undoing import is_undoable_decision, undo_decision


class CaseFilter(admin.SimpleListFilter):
    """Whether somebody has to decide."""

    title = _("case")
    parameter_name = "case"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("unresolved", _("to decide")), ("resolved", _("resolved"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "unresolved":
            return queryset.unresolved()
        return queryset.resolved() if self.value() == "resolved" else queryset


OWN_CASE = _("You opened this dispute. Somebody else must decide it.")
_PRIVATE = capfirst(str(Dispute._meta.get_field("private_note").verbose_name))


def _in_states(verb: str) -> Any:
    return lambda dispute: dispute.state in DISPUTE[verb]


class DisputeForm(DeskForm):
    """Never written through: the case file has verbs only."""

    class Meta:
        model = Dispute
        fields = ("claim", "kind", "state", "reason", "private_note")


EVENTS_SHOWN = 100


@admin.register(Dispute)
class DisputeAdmin(VerbsMixin, ReadOnlyAdmin, DeskAdmin):
    form = DisputeForm
    actions = ()
    list_display = ("ref", "claim", "kind", "state", "severity", "opened_at", "taken_by", "outcome")
    list_filter = (CaseFilter, "kind", "state", "outcome")
    list_select_related = ("claim", "taken_by")
    search_fields = ("claim__question", "reason", "rationale")
    ordering = ("-pk",)
    fields = ("claim", "kind", "state", "opened_at", "opened_by", "taken_by")
    change_form_template = "admin/claims/dispute/change_form.html"
    verbs = (
        RowVerb("take", _("Take it"), _("taken"), take_dispute, "dispute",
                "decide_dispute", _in_states("take"), witness=dispute_witness),
        RowVerb("release", _("Release it"), _("released"), release_dispute, "dispute",
                "decide_dispute", _in_states("release"), witness=dispute_witness),
        RowVerb("dismiss", _("Dismiss"), _("dismissed"), dismiss_dispute, "dispute",
                "decide_dispute", _in_states("dismiss"), form=RationaleForm,
                witness=dispute_witness),
        SPLIT_CASE,
        RowVerb("reopen", _("Reopen"), _("reopened"), reopen_dispute, "dispute",
                "decide_dispute", _in_states("reopen"), witness=dispute_witness),
        RowVerb("undo", _("Undo the decision"), _("decision undone"), undo_decision, "dispute",
                "decide_dispute", is_undoable_decision, many=False, witness=dispute_witness),
        RowVerb("note", _("Private note"), _("note kept"), note_dispute, "dispute",
                "decide_dispute", form=NoteForm, many=False),
    )  # fmt: skip

    @admin.display(description=_("severity"), ordering="claim__severity")
    def severity(self, dispute: Dispute) -> str:
        return dispute.claim.get_severity_display()

    def about(self, request: HttpRequest, verb: RowVerb, row: Any) -> About:
        """The case and its evidence; who opened it closes it by no verb."""
        own = verb.name in ("dismiss", "split") and row.opened_by == request.user
        others = verb.name == "undo" and row.decided_by not in (None, request.user)
        refusal = OWN_CASE if own else NOT_MINE if others else ""
        return About("admin/claims/dispute/_case.html", shown_case(row), refusal)

    def extras(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        decides = row.state in UNRESOLVED and request.user.has_perm("claims.decide_dispute")
        return {
            **super().extras(request, row),
            **shown_case(row),
            "decide": getattr(request, "decide_form", None) or DecideForm(dispute=row),
            "preview": getattr(request, "preview", None),
            "may_decide": decides and row.opened_by != request.user,
            "own_case": decides and row.opened_by == request.user,
            "next": next_in_line(
                Dispute.objects.unresolved(), row.pk, "admin:claims_dispute_change", DISPUTE_REF
            ),
            "events": told_once(row.events.told(), EVENTS_SHOWN),
        }

    def set_history_delta_changes(
        self, request: HttpRequest, historical_records: Any, foreign_keys_are_objs: bool = True
    ) -> None:
        """Private notes are for editors: others see that the row changed, not the words."""
        super().set_history_delta_changes(request, historical_records, foreign_keys_are_objs)
        if request.user.has_perm("claims.decide_dispute"):
            return
        for record in historical_records.object_list:
            changes = getattr(record, "history_delta_changes", [])
            record.history_delta_changes = [one for one in changes if one["field"] != _PRIVATE]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The case file; a POST with an outcome previews or makes the decision."""
        dispute = self.get_object(request, object_id)
        allowed = request.user.has_perm("claims.decide_dispute")
        if request.method == "POST" and dispute is not None and allowed:
            done = self._decide(request, dispute)
            if done is not None:
                return done
            request.method = "GET"  # show the case file again, with the form's answers
        return super().change_view(request, object_id, form_url, extra_context)

    def _decide(self, request: HttpRequest, dispute: Dispute) -> HttpResponse | None:
        """Decide, or work out what readers would see; None when the page is shown again."""
        form = DecideForm(request.POST, dispute=dispute)
        request.decide_form = form  # type: ignore[attr-defined]
        if not form.is_valid():
            return None
        try:
            if "_preview" in request.POST:
                request.preview = preview(dispute, request.user, form)  # type: ignore[attr-defined]
                return None
            by: Any = request.user
            with refused_in_words():
                resolve_dispute(dispute=dispute, by=by, **form.arguments())
        except RefusalError as refusal:
            add_refusal(form, refusal)
            return None
        messages.success(request, _("%(ref)s is resolved.") % {"ref": dispute.ref})
        return HttpResponseRedirect(request.path)
