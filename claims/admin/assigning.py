"""Who looks after a claim: take, release, assign, and how soon."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from claims.admin.verbs import RowVerb
from claims.choices import ClaimState
from claims.forms.claim import AssignForm, PrioritiseForm, ReleaseForm, TakeForm
from claims.models import Claim
from claims.workflow.assigning import assign_claim, prioritise_claim, release_claim, take_claim


def _active(claim: Claim) -> bool:
    return claim.state != ClaimState.RETIRED


def _is_free(claim: Claim) -> bool:
    return _active(claim) and claim.assignee_id is None


def _is_taken(claim: Claim) -> bool:
    return _active(claim) and claim.assignee_id is not None


LOOKING_AFTER: Final = (
    RowVerb("take", _("Take"), _("assigned to you"), take_claim, "claim",
            "edit_desk", _is_free, form=TakeForm),
    RowVerb("release", _("Release"), _("released"), release_claim, "claim",
            "edit_desk", _is_taken, form=ReleaseForm),
    RowVerb("assign", _("Assign"), _("assigned"), assign_claim, "claim",
            "review_claim", _active, form=AssignForm),
    RowVerb("prioritise", _("Set the priority"), _("priority set"), prioritise_claim, "claim",
            "assign_claim", _active, form=PrioritiseForm),
)  # fmt: skip
