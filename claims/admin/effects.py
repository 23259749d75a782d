"""What withdrawing or restoring would do to claims: told before it is done, nothing written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.change_lines import lines_between
from claims.choices import AssertionStatus, ClaimState, DisputeState
from claims.domain.agreement import expected_disputes
from claims.domain.document_format import read_version
from claims.domain.documents import dump_document
from claims.domain.published import ClaimDocument, Tombstone
from claims.domain.vocabulary import DisputeKind
from claims.models import Assertion, Claim, ClaimVersion, Source
from claims.workflow.desk import Desk, read_desks
from claims.workflow.document import build_document
from claims.workflow.linked import Linked, read_all_linked
from claims.workflow.sources import claims_showing
from claims.workflow.transitions import CLAIM

CLAIMS_SHOWN: Final = 50
LINES: Final = 6
# What the evidence alone makes the machine open and set aside.
_BY_EVIDENCE: Final = (DisputeKind.VALUE, DisputeKind.DENIAL, DisputeKind.ATTRIBUTION,
                       DisputeKind.DATE)  # fmt: skip
_NEXT: Final[dict[str, str | Promise]] = {
    ClaimState.IN_REVIEW: gettext_lazy("goes before the reviewers"),
    ClaimState.DRAFT: gettext_lazy("becomes a draft, which somebody submits"),
}
_STAYS: Final = gettext_lazy("stays where it is")


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of one claim: its ``lines``, the first ones, and where it goes.

    ``more`` counts the lines left out; ``is_public`` tells whether readers have the claim.
    """

    claim: Claim
    lines: list[str]
    more: int
    goes: str | Promise
    is_public: bool


def effects_on_source(source: Source, *, withdrawn_on: dt.date | None) -> dict[str, Any]:
    """The effects on the first CLAIMS_SHOWN active claims that show the source, and how many."""
    rows = Claim.objects.for_evidence().found_by(claims_showing(source))

    def change(desk: Desk) -> None:
        cited = [row.source for row in desk.assertions]
        for one in (*cited, *(relation.to_source for relation in desk.source_relations)):
            if one is not None and one.pk == source.pk:
                one.withdrawn_on, one.withdrawal_note = withdrawn_on, ""

    claims = list(rows.order_by("pk")[:CLAIMS_SHOWN])
    count = len(claims) if len(claims) < CLAIMS_SHOWN else rows.count()
    return {"effects": _effects(claims, change, "decide"), "more": count - len(claims)}


def effects_on_assertion(assertion: Assertion, *, status: AssertionStatus) -> dict[str, Any]:
    """The effect on the claim of a statement whose status changes."""

    def change(desk: Desk) -> None:
        for one in desk.assertions:
            if one.pk == assertion.pk:
                one.status, one.status_reason = status, ""

    return {"effects": _effects([assertion.claim], change, "edit"), "more": 0}


def _effects(claims: Collection[Claim], change: Callable[[Desk], None], verb: str) -> list[Effect]:
    """Each claim's document as the desk has it, beside the one that it would have then."""
    desks = read_desks(claims)
    linked = read_all_linked(list(desks.values()))
    public = set(ClaimVersion.objects.public().of_claims(desks).values_list("claim", flat=True))
    found = []
    for number, desk in desks.items():
        before = _document(desk, linked[number])
        change(desk)
        lines = [*_cases(desk), *lines_between(before, _document(desk, linked[number]))]
        goes = _goes(desk.claim.state, verb)
        found.append(Effect(desk.claim, lines[:LINES], len(lines[LINES:]), goes, number in public))
    return found


def _document(desk: Desk, linked: Linked) -> ClaimDocument | Tombstone:
    return read_version(dump_document(build_document(desk, linked)))


def _cases(desk: Desk) -> list[str]:
    """The disputes that the evidence, as it would be, opens or leaves without a conflict."""
    wanted = {one.kind: one.reason for one in expected_disputes(desk.evidence, desk.terms)}
    machine = [one for one in desk.disputes if one.kind in _BY_EVIDENCE and not one.opened_by_id]
    falls = [one for one in machine if one.is_unresolved and one.kind not in wanted]
    held = {one.kind for one in desk.disputes if one.state != DisputeState.MOOT}
    opens = [reason for kind, reason in wanted.items() if kind not in held]
    return [
        *(_("%(ref)s falls: nothing disagrees any more") % {"ref": one.ref} for one in falls),
        *(_("a dispute opens: %(why)s") % {"why": why} for why in opens),
    ]


def _goes(state: str, verb: str) -> str | Promise:
    after = CLAIM[verb].get(state, state)
    return _STAYS if after == state else _NEXT[after]
