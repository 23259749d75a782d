"""What approving each of many claims would publish, read in as many queries as for one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter
from typing import Final

from claims.choices import AUTHORING_ACTIONS, SUBMITTING_ACTIONS, ClaimState, ReviewAction
from claims.domain.document_format import read_version
from claims.domain.documents import dump_document
from claims.domain.published import ClaimDocument, Tombstone
from claims.models import Assertion, Claim, ReviewEvent
from claims.workflow.candidate import UNCHANGED, witness_to
from claims.workflow.desk import read_desks
from claims.workflow.document import build_document, build_tombstone
from claims.workflow.linked import Linked, read_all_linked

_BEFORE_REVIEWERS: Final = (*SUBMITTING_ACTIONS, ReviewAction.RETURN_UNDONE)


@dataclass(slots=True)
class LogStanding:
    """What the log says of a claim since its last approval.

    ``authors`` are the accounts that wrote or decided something, the first first; ``reason`` is
    the public reason; ``returned`` is why it came back, '' unless that was the last thing that
    happened to its review.
    """

    authors: list[int] = field(default_factory=list)
    reason: str = UNCHANGED
    returned: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A claim with the document that approving it would publish, as readers would get it.

    ``assertions`` are the rows that it was built from, by number.
    """

    claim: Claim
    assertions: list[Assertion]
    document: ClaimDocument | Tombstone
    witness: str


def read_proposed(
    claims: Collection[Claim],
    standings: Mapping[int, LogStanding],
    *,
    together: Collection[int] = (),
) -> dict[int, Proposed]:
    """What each claim would publish, by number, in the order in which to approve them.

    Those of the numbers ``together`` are to be approved with one another: parts stand before
    their totals, and each is read as if those before it were public already.
    """
    desks = read_desks(claims)
    linked = read_all_linked(list(desks.values()))
    earlier: dict[int, ClaimDocument | None] = {}
    found: dict[int, Proposed] = {}
    for number in _in_order(linked):
        claim = desks[number].claim
        built = (
            build_tombstone(claim)
            if claim.state == ClaimState.RETIRING
            else build_document(desks[number], _after(linked[number], earlier))
        )
        document = read_version(dump_document(built))
        witness = witness_to(built, standings[number].reason)
        found[number] = Proposed(claim, desks[number].assertions, document, witness)
        if number in together:
            earlier[number] = document if document["status"] == "published" else None
    return found


def standings_of(claims: Iterable[int]) -> dict[int, LogStanding]:
    """The standing of each claim by number, in one query."""
    found = {number: LogStanding() for number in claims}
    events = ReviewEvent.objects.of_review().filter(claim__in=found).order_by("pk")
    for claim, action, actor, comment in events.values_list("claim", "action", "actor", "comment"):
        if action == ReviewAction.APPROVED:
            found[claim] = LogStanding()
            continue
        standing = found[claim]
        if action == ReviewAction.RETURNED:
            standing.returned = comment
        elif action in _BEFORE_REVIEWERS:
            standing.returned = ""
        if action in AUTHORING_ACTIONS:
            standing.reason = comment
            if actor is not None and actor not in standing.authors:
                standing.authors.append(actor)
    return found


def _in_order(linked: Mapping[int, Linked]) -> list[int]:
    """The claims by number, but the parts of a total before it."""
    graph = {
        number: sorted(part.from_claim_id for part in one.parts if part.from_claim_id in linked)
        for number, one in sorted(linked.items())
    }
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError:  # a total of itself: any order is as good
        return sorted(graph)


def _after(linked: Linked, earlier: Mapping[int, ClaimDocument | None]) -> Linked:
    """What the claim takes from others once those that go before it are approved."""
    published = dict(linked.published)
    for link in linked.links:
        if link.other not in earlier:
            continue
        document = earlier[link.other]
        if document is None:
            published.pop(link.other, None)
        else:
            published[link.other] = document
    return replace(linked, published=published)
