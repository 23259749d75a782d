"""Taking claims from readers on the desk: retiring, and takedowns that a second person confirms."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from claims.admin.verbs import RowVerb
from claims.forms.claim import TakedownForm
from claims.models import Claim
from claims.workflow.candidate import witness_of
from claims.workflow.retiring import (
    confirm_takedown,
    retire_claim,
    reverse_takedown,
    take_down_claim,
)
from claims.workflow.transitions import CLAIM


def _may_retire(claim: Claim) -> bool:
    return claim.state in CLAIM["propose retirement of"]


def _is_public(claim: Claim) -> bool:
    return claim.versions.public().exists()


def _is_taken_down(claim: Claim) -> bool:
    return Claim.objects.with_takedown_to_confirm().filter(pk=claim.pk).exists()


LEAVING: Final = (
    RowVerb("retire", _("Retire"), _("retired, or waits for a second person"), retire_claim,
            "claim", "retire_claim", _may_retire, witness=witness_of),
    RowVerb("takedown", _("Take down at once"), _("taken down"), take_down_claim, "claim",
            "retire_claim", _is_public, form=TakedownForm, many=False, witness=witness_of),
    RowVerb("confirm", _("Confirm the takedown"), _("confirmed"), confirm_takedown, "claim",
            "review_claim", _is_taken_down, many=False, witness=witness_of),
    RowVerb("reverse", _("Reverse the takedown"), _("before the reviewers again"),
            reverse_takedown, "claim", "review_claim", _is_taken_down, many=False,
            witness=witness_of),
)  # fmt: skip
