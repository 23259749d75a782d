"""Merging rows in tests: proposed by one, approved by another."""

from __future__ import annotations

from typing import Any

from claims.audit.verification import verify_everything
from claims.domain.documents import read_document
from claims.models import (
    Claim,
    ClaimVersion,
    Measure,
    Merge,
    Party,
)
from claims.workflow.merge_candidate import merge_witness
from claims.workflow.merging import approve_merge, propose_merge, unmerge
from tests import factories as make


def measure(**fields: Any) -> Measure:
    """One of its own."""
    return make.measure(slug=f"measure-{Measure.objects.count()}", **fields)


def merged(noun: str, old: Any, new: Any, **fields: Any) -> Merge:
    by = fields.pop("by", None) or make.contributor()
    return propose_merge(
        noun=noun, merged=old.pk, into=new.pk, by=by, reason="One and the same.", **fields
    )


def approved(merge: Merge) -> Merge:
    return approve_merge(
        merge=merge, by=make.editor(), reason="So it is.", witness=merge_witness(merge)
    )


def undone(merge: Merge) -> Merge:
    item = unmerge(merge=merge, by=make.contributor(), reason="They are two.")
    return approved(item) if item.state == "undoing" else item


def approve_all() -> None:
    for claim in Claim.objects.filter(state="in_review").order_by("pk"):
        make.approve(claim, by=make.second_editor())


def said(speaker: Party, point: int = 5, **fields: Any) -> Claim:
    """A public claim with one statement of the speaker."""
    claim = make.claim(measure=measure(), **fields)
    make.figure(claim, point, speaker=speaker)
    make.approve(claim)
    return Claim.objects.get(pk=claim.pk)


def clean() -> None:
    bad = verify_everything().bad
    assert bad == [], bad


def public(claim: Claim) -> dict[str, Any]:
    return read_document(ClaimVersion.objects.public().get(claim=claim).payload)


def told_apart(old: Any, new: Any, **fields: Any) -> Claim:
    """A public claim of which both say the same, so that they corroborate one another."""
    claim = make.claim(measure=measure(), **fields)
    for one in (old, new):
        named = {"speaker": one} if isinstance(one, Party) else {"source": one}
        make.figure(claim, 5, **named, **({} if "speaker" in named else {"attributions": []}))
    make.approve(claim)
    return Claim.objects.get(pk=claim.pk)
