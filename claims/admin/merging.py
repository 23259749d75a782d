"""Rows that may be one: the list of questions, and merges with the page that decides on them."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from claims.admin.base import DeskAdmin, ReadOnlyAdmin
from claims.admin.verbs import About, RowVerb, VerbsMixin
from claims.choices import MergedNoun, MergeState, SamenessAnswer
from claims.forms.merging import merge_form
from claims.models import Merge, SamenessQuestion
from claims.querysets.merge import unmerged
from claims.tasks import enqueue_merge
from claims.workflow.identity import ASKED, ask_about, look_alikes_of
from claims.workflow.merge_candidate import merge_witness, read_merge
from claims.workflow.merge_rules import name_of
from claims.workflow.merging import approve_merge, propose_merge, return_merge, unmerge
from claims.workflow.sameness import MODELS, answer_sameness, merged_noun


def merge_row(*, row: Any, into: int, by: Any, reason: str) -> Merge:
    """Propose that a row is the same as another one of its kind."""
    return propose_merge(noun=merged_noun(row), merged=row.pk, into=into, by=by, reason=reason)


def merge_verb(noun: str) -> RowVerb:
    """The button that proposes it, for rows of this kind."""
    return RowVerb(
        "merge", _("The same as another"), _("merged, or waits for a second person"),
        merge_row, "row", "edit_desk", fits=is_unmerged, form=merge_form(noun), many=False,
    )  # fmt: skip


def is_unmerged(row: Any) -> bool:
    """Whether no merge has made the row another one."""
    return not Merge.objects.done().filter(noun=merged_noun(row), merged=row.pk).exists()


class MergedRowsMixin(VerbsMixin):
    """Rows that can be one: merged ones are offered by no list, search or search box."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        found, doubled = super().get_search_results(request, queryset, search_term)  # type: ignore[misc]
        return unmerged(found, self.noun), doubled

    @property
    def noun(self) -> str:
        return next(noun for noun, model in MODELS.items() if model is self.model)

    def extras(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """The open questions about the row, and what it is by now where it was merged."""
        return {**super().extras(request, row), "same": same_of(self.noun, row.pk)}


def ask_of_new[Row: Any](row: Row, *, by: Any, reason: str) -> Row:
    """Ask whether a row that a person just added is one that was there; return the row."""
    ask_about(row, look_alikes_of(row), by=by, reason=reason)
    return row


def same_of(noun: str, number: int) -> dict[str, Any]:
    """What the page of a row tells of rows that it may be, or is by now."""
    questions = SamenessQuestion.objects.open().filter(
        Q(first=number) | Q(second=number), noun=noun
    )
    asked = list(questions.order_by("pk")[:ASKED])
    name_pairs(asked)
    survivor = Merge.objects.survivor(noun, number)
    by_now = MODELS[noun].objects.get(pk=survivor) if survivor is not None else None
    return {
        "questions": asked,
        "by_now": {"ref": name_of(by_now), "url": row_url(by_now)} if by_now is not None else None,
    }


class DecidedRows(VerbsMixin, ReadOnlyAdmin, DeskAdmin):
    """Rows that only verbs change; who sees claims sees them."""

    list_display_links = None
    ordering = ("-pk",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("claims.view_claim"))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)


def _answer(answer: str) -> Any:
    return partial(answer_sameness, answer=answer)


def _not_yet(answer: str) -> Any:
    return lambda question: question.answer != answer


@admin.register(SamenessQuestion)
class SamenessQuestionAdmin(DecidedRows):
    """The list "the same?": pairs, with what speaks for each."""

    fields = ("noun", "first", "second", "why", "asked_by", "asked_at", "answer", "answered_by",
              "answered_at", "reason")  # fmt: skip
    list_display = ("pair", "why", "answer", "asked_by", "asked_at", "answered_by")
    list_filter = ("answer", "noun")
    list_select_related = ("asked_by", "answered_by")
    search_fields = ("why",)
    verbs = tuple(
        RowVerb(name, label, _("answered"), _answer(name), "question", "edit_desk",
                fits=_not_yet(name))
        for name, label in (
            (SamenessAnswer.YES.value, _("Yes, the same")),
            (SamenessAnswer.NO.value, _("No, two")),
            (SamenessAnswer.NEVER.value, _("No, and never ask again")),
        )
    )  # fmt: skip

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Name the rows of the page's pairs, a query for each kind."""
        found = super().get_changelist_instance(request)
        found.result_list = list(found.result_list)
        name_pairs(found.result_list)
        return found

    def after(self, verb: RowVerb, row: Any) -> str:
        """From a yes on to the merge, with the row that stays filled in."""
        if verb.name != SamenessAnswer.YES or not is_unmerged(_second(row)):
            return super().after(verb, row)
        into = name_of(MODELS[row.noun].objects.get(pk=row.first))
        merge = reverse(f"admin:claims_{row.noun}_merge", args=[row.second])
        return f"{merge}?{urlencode({'into': into, 'reason': row.why})}"

    @admin.display(description=_("the same?"))
    def pair(self, question: Any) -> str:
        url = reverse("admin:claims_samenessquestion_change", args=[question.pk])
        return format_html('<a href="{}">{} – {}</a>', url, *question.told)

    def about(self, request: HttpRequest, verb: RowVerb, row: Any) -> About | None:
        return About("admin/claims/merge/_rows.html", question_facts(row))


def _second(question: SamenessQuestion) -> Any:
    return MODELS[question.noun].objects.get(pk=question.second)


def question_facts(question: SamenessQuestion) -> dict[str, Any]:
    """Both rows of a question, member by member, as a merge would show them."""
    would_be = Merge(noun=question.noun, merged=question.second, into=question.first)
    return merge_facts(would_be)


def merge_facts(merge: Merge) -> dict[str, Any]:
    """What a page about a merge shows of it."""
    candidate = read_merge(merge)
    return {
        "candidate": candidate,
        "old": {"ref": name_of(candidate.old), "url": row_url(candidate.old)},
        "new": {"ref": name_of(candidate.new), "url": row_url(candidate.new)},
    }


def row_url(row: Any) -> str:
    """The page of a row on the desk."""
    return reverse(f"admin:claims_{row._meta.model_name}_change", args=[row.pk])


def name_pairs(questions: list[Any]) -> None:
    """Write on each question what its two rows are called."""
    rows: dict[tuple[str, int], Any] = {}
    for noun in MergedNoun.values:
        mine = [one for one in questions if one.noun == noun]
        numbers = {number for one in mine for number in (one.first, one.second)}
        found = MODELS[noun].objects.filter(pk__in=numbers) if numbers else ()
        rows |= {(noun, row.pk): row for row in found}
    for one in questions:
        pair = (rows[one.noun, one.first], rows[one.noun, one.second])
        one.told = tuple(f"{name_of(row)} {row}" for row in pair)


def decide_and_go_on(*, merge: Merge, **signed: Any) -> Merge:
    """Approve a merge; claims that one transaction leaves go to the queue."""
    item = approve_merge(merge=merge, **signed)
    transaction.on_commit(partial(enqueue_merge, item.pk))
    return item


def _waits(merge: Merge) -> bool:
    return merge.state in (MergeState.PROPOSED, MergeState.UNDOING)


def _is_done(merge: Merge) -> bool:
    return merge.state == MergeState.DONE and merge.part_of_id is None


class DecisionFilter(admin.SimpleListFilter):
    """Whether somebody still has to decide, on a merge or on its undoing."""

    title = _("decision")
    parameter_name = "decision"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("waiting", _("waits for a decision"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.waiting() if self.value() == "waiting" else queryset


@admin.register(Merge)
class MergeAdmin(DecidedRows):
    """Merges, those that wait first to be found; deciding on one shows what it changes."""

    fields = ("noun", "merged", "into", "state", "reason", "proposed_by", "proposed_at",
              "decided_by", "decided_at", "part_of")  # fmt: skip
    list_display = ("what", "state", "reason", "proposed_by", "proposed_at", "decided_by")
    list_filter = (DecisionFilter, "state", "noun")
    list_select_related = ("proposed_by", "decided_by")
    search_fields = ("reason",)
    verbs = (
        RowVerb("approve", _("Approve"), _("approved"), decide_and_go_on, "merge", "review_claim",
                fits=_waits, many=False, witness=merge_witness),
        RowVerb("return", _("Return to its author"), _("returned"), return_merge, "merge",
                "review_claim", fits=_waits, many=False, witness=merge_witness),
        RowVerb("undo", _("Undo"), _("undone, or waits for a second person"), unmerge, "merge",
                "edit_desk", fits=_is_done, many=False),
    )  # fmt: skip

    @admin.display(description=_("merge"))
    def what(self, merge: Merge) -> str:
        url = reverse("admin:claims_merge_change", args=[merge.pk])
        letter = getattr(MODELS[merge.noun], "ref_letter", "")
        words = f"{merge.get_noun_display()}: {letter}{merge.merged} → {letter}{merge.into}"
        came = _("came with merge %(number)s") % {"number": merge.part_of_id}
        return format_html(
            '<a href="{}">{}</a>{}', url, words, f" ({came})" if merge.part_of_id else ""
        )

    def about(self, request: HttpRequest, verb: RowVerb, row: Any) -> About | None:
        own = verb.name != "undo" and row.proposed_by == request.user
        refusal = _("You proposed this; somebody else must decide.") if own else ""
        return About("admin/claims/merge/_rows.html", merge_facts(row), refusal)
