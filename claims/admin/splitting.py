"""Splitting a claim, from its page or from the case that it decides; and joining it again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from claims.admin.verbs import About, RowVerb
from claims.choices import UNRESOLVED
from claims.domain.evidence_rows import evidence_table
from claims.forms.splitting import SplitCaseForm, SplitForm
from claims.models import Claim, Dispute
from claims.workflow.candidate import document_of, witness_of
from claims.workflow.disputes import dispute_witness
from claims.workflow.splitting import is_undoable_split, resolve_by_split, split_claim, undo_split
from claims.workflow.transitions import CLAIM


def is_splittable(claim: Claim) -> bool:
    """Whether the claim has statements to part, and a state in which that is done."""
    return claim.state in CLAIM["split"] and claim.assertions.live().count() > 1


def _is_splittable_case(dispute: Dispute) -> bool:
    return dispute.state in UNRESOLVED and is_splittable(dispute.claim)


SPLIT = RowVerb("split", _("Split the claim"), _("split; both claims wait for a second person"),
                split_claim, "claim", "edit_desk", is_splittable, form=SplitForm, many=False,
                witness=witness_of)  # fmt: skip
JOIN = RowVerb("join", _("Undo the split"), _("joined again"), undo_split, "claim", "edit_desk",
               is_undoable_split, many=False)  # fmt: skip
SPLIT_CASE = RowVerb("split", _("Different scope: split the claim"),
                     _("resolved; both claims wait for a second person"), resolve_by_split,
                     "dispute", "decide_dispute", _is_splittable_case, form=SplitCaseForm,
                     many=False, witness=dispute_witness)  # fmt: skip


def about_split(request: HttpRequest, claim: Any) -> About:
    """The statements of the claim, to choose among."""
    document = document_of(claim)
    facts = {"document": document, "evidence": evidence_table(document)}
    return About("admin/claims/claim/_split.html", facts)
