"""What the page of a dispute tells: sides with notes, earlier decisions, what readers would get."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.http import urlencode

from claims.domain.evidence_rows import evidence_table
from claims.domain.refs import format_ref
from claims.domain.sides import Side, sides_of
from claims.forms.dispute import DecideForm
from claims.models import Comment, Dispute
from claims.workflow.candidate import document_of
from claims.workflow.case_notes import beginning_of_note, earlier_decisions, notes_on
from claims.workflow.disputes import claim_of, resolve_dispute


@dataclass(frozen=True, slots=True)
class NotedSide:
    """A side with what people noted for and against it, and where they note more."""

    side: Side
    notes: list[tuple[str, str, Comment]]
    for_url: str
    against_url: str


def shown_case(dispute: Dispute) -> dict[str, Any]:
    """The case file with the statements in dispute as the desk has them."""
    document = document_of(claim_of(dispute))
    members = [format_ref("F", link.assertion_id) for link in dispute.members.all()]
    evidence = evidence_table(document, members)
    sides = _noted(dispute, sides_of(evidence_table(document)["rows"]))
    return {
        "dispute": dispute,
        "document": document,
        "evidence": evidence,
        "sides": sides,
        "earlier": earlier_decisions(dispute),
    }


def preview(dispute: Dispute, by: Any, form: DecideForm) -> dict[str, Any]:
    """The claim as readers would find it after the decision, which is taken back at once."""
    with transaction.atomic():
        resolve_dispute(dispute=dispute, by=by, **form.arguments())
        document = document_of(claim_of(dispute))
        transaction.set_rollback(True)
    return {"document": document, "evidence": evidence_table(document)}


def _noted(dispute: Dispute, sides: list[Side]) -> list[NotedSide]:
    notes = notes_on(dispute)
    return [
        NotedSide(
            side,
            [(word, text, one) for word, figure, text, one in notes if figure in side.figures],
            *(_url(dispute, word, side) for word in ("for", "against")),
        )
        for side in sides
    ]


def _url(dispute: Dispute, word: str, side: Side) -> str:
    comment = reverse("admin:claims_claim_comment", args=[dispute.claim_id])
    body = beginning_of_note(dispute, word, side.figures[0])
    return f"{comment}?{urlencode({'body': body})}"
