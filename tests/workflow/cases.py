"""Disputed claims, and how these tests decide them."""

from __future__ import annotations

from claims.models import Claim, Dispute
from claims.workflow.disputes import (
    resolve_dispute,
)
from tests import factories as make

RATIONALE = "Neither count can be ruled out."


def disputed() -> Claim:
    claim = make.claim()
    make.figure(claim, 60)
    make.figure(claim, 97)
    return Claim.objects.get(pk=claim.pk)


def resolve(dispute: Dispute, outcome: str = "range_stands", **fields):
    fields = {"by": make.editor(), "rationale": RATIONALE, **fields}
    return resolve_dispute(dispute=dispute, reason="Decided.", outcome=outcome, **fields)


def fresh(row):
    return type(row).objects.get(pk=row.pk)
