"""Who may decide a dispute: nobody who asked for it."""

from __future__ import annotations

import pytest

from claims.errors import SelfDecisionError
from claims.models import Dispute
from claims.workflow.disputes import dismiss_dispute, reopen_dispute, resolve_dispute
from tests import factories as make

pytestmark = pytest.mark.django_db


def decide(dispute: Dispute, by) -> Dispute:
    return resolve_dispute(
        dispute=dispute, by=by, reason="So.", outcome="range_stands", rationale="Both hold."
    )


def test_who_reopened_a_dispute_does_not_decide_it():
    dispute = decide(make.published_claim(60, 97).claim.disputes.get(), make.second_editor())
    reopened = reopen_dispute(dispute=dispute, by=make.editor(), reason="New letters.")

    with pytest.raises(SelfDecisionError):
        decide(reopened, make.editor())
    with pytest.raises(SelfDecisionError):
        dismiss_dispute(dispute=reopened, by=make.editor(), reason="So.", rationale="Nothing.")

    assert decide(reopened, make.chief()).decided_by == make.chief()
