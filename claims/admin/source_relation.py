"""Relations between sources: proposals beside the two quotes, yes, no, never again."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from claims.admin.base import DeskAdmin
from claims.admin.verbs import About, RowVerb, VerbsMixin
from claims.choices import RelationSignal, SourceRelationState
from claims.forms.source_relation import ConfirmForm, SourceRelationForm
from claims.models import Anchor, Assertion, Claim, SourceRelation
from claims.workflow.relations import (
    claims_concerned,
    confirm_relation,
    propose_relation,
    reject_relation,
    relation_witness,
    withdraw_relation,
)

CLAIMS_SHOWN: Final = 10


def _is(state: str, relation: SourceRelation) -> bool:
    return bool(relation.state == state)


_WAITS = partial(_is, SourceRelationState.PROPOSED)
_COUNTS = partial(_is, SourceRelationState.CONFIRMED)


def _never_again(**signed: Any) -> SourceRelation:
    return reject_relation(final=True, **signed)


@admin.register(SourceRelation)
class SourceRelationAdmin(VerbsMixin, DeskAdmin):
    """Added by a form, decided by verbs, changed by nothing."""

    form = SourceRelationForm
    list_display = ("ref", "from_source", "kind", "rests_on", "claim", "state", "signals",
                    "proposed_by", "decided_by")  # fmt: skip
    list_filter = ("state", "kind")
    list_select_related = (
        *("from_source", "to_source", "to_article", "claim", "proposed_by", "decided_by"),
    )
    search_fields = ("from_source__title", "to_source__title")
    autocomplete_fields = ("from_source", "to_source", "to_article", "claim")
    ordering = ("-pk",)
    change_form_template = "admin/claims/sourcerelation/change_form.html"
    verbs = (
        RowVerb("confirm", _("Yes, it is so"), _("confirmed"), confirm_relation, "relation",
                "review_claim", _WAITS, form=ConfirmForm, witness=relation_witness),
        RowVerb("reject", _("No"), _("rejected"), reject_relation, "relation",
                "review_claim", _WAITS, witness=relation_witness),
        RowVerb("never", _("Never propose it again"), _("rejected for good"), _never_again,
                "relation", "review_claim", _WAITS, witness=relation_witness),
        RowVerb("withdraw", _("Withdraw"), _("withdrawn"), withdraw_relation, "relation",
                "review_claim", _COUNTS, witness=relation_witness),
    )  # fmt: skip

    # Who sees and makes links between claims sees and proposes those between sources.
    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("claims.view_claimrelation"))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("claims.add_claimrelation"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def sections(self, obj: Any) -> list[Any]:
        names = ["from_source", "kind", "to_source", "to_article", "claim", "words"]
        return [(None, {"fields": names}), self.reason_section()]

    @admin.display(description=_("rests on"))
    def rests_on(self, row: SourceRelation) -> str:
        return f"{row.to_ref} {row.to_article or row.to_source}"

    @admin.display(description=_("what speaks for it"))
    def signals(self, row: SourceRelation) -> str:
        return ", ".join(str(RelationSignal(one["signal"]).label) for one in row.evidence)

    def write(self, form: Any, row: Any, by: Any) -> SourceRelation:
        return propose_relation(by=by, reason=form.cleaned_data["reason"], **form.values())

    def about(self, request: HttpRequest, verb: RowVerb, row: Any) -> About:
        return About("admin/claims/sourcerelation/_sides.html", both_sources(row))

    def extras(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {**super().extras(request, row), **both_sources(row)}


def both_sources(relation: SourceRelation) -> dict[str, Any]:
    """What both say in the claims concerned, side by side, and what speaks for the relation.

    {"relation", "evidence": [{"signal", "words"}], "sides": [{"claim", "from", "to"}], "more"}.
    """
    claims = claims_concerned(relation).order_by("pk").distinct()
    shown = list(claims[:CLAIMS_SHOWN])
    sides = [_side(relation, claim) for claim in shown]
    # Claims that both speak of come first: there are two quotes to compare.
    sides.sort(key=lambda side: not side["to"])
    return {
        "relation": relation,
        "evidence": [
            {"signal": RelationSignal(one["signal"]).label, "words": one["words"]}
            for one in relation.evidence
        ],
        "sides": sides,
        "more": max(claims.count() - len(shown), 0),
    }


def _side(relation: SourceRelation, claim: Claim) -> dict[str, Any]:
    rows = Assertion.objects.for_evidence().filter(claim=claim)
    return {
        "claim": claim,
        "from": list(rows.filter(source=relation.from_source_id)),
        "to": _to_side(relation, rows),
    }


def _to_side(relation: SourceRelation, rows: QuerySet[Assertion]) -> list[Any]:
    if relation.to_article_id is None:
        return list(rows.filter(source=relation.to_source_id))
    anchors = Anchor.objects.filter(
        assertion__in=rows, revision__article=relation.to_article_id
    ).order_by("pk")
    return [{"quote": anchor.exact} for anchor in anchors]
