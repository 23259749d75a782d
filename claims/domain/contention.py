"""The label of a claim, derived from its evidence and from the decisions in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from claims.domain.conflict import ExpectedDispute, expected_disputes
from claims.domain.evidence import ClaimTerms, Evidence
from claims.domain.fingerprint import fingerprint
from claims.domain.origins import Counted, counted
from claims.domain.vocabulary import (
    UNRESOLVED,
    Contention,
    DisputeKind,
    DisputeOutcome,
    DisputeState,
    Stance,
)

_OPENED_BY_HAND = (DisputeKind.EDITOR, DisputeKind.ARITHMETIC)


@dataclass(frozen=True, slots=True)
class Case:
    """A case file as the arithmetic sees it; the fingerprint is of the evidence it decided on.

    `reason` says why it was opened, `rationale` why it was decided as it was.
    """

    kind: DisputeKind
    state: DisputeState
    outcome: str = ""
    covers_fingerprint: str = ""
    preferred: int | None = None
    reason: str = ""
    rationale: str = ""

    def is_in_force(self, today: str) -> bool:
        """Whether it was resolved on the evidence as it is today."""
        return self.state == DisputeState.RESOLVED and self.covers_fingerprint == today

    def settles(self, today: str) -> bool:
        """Whether it was resolved on today's evidence with an answer."""
        return self.is_in_force(today) and self.outcome != DisputeOutcome.UNRESOLVABLE


def contention(
    evidence: Iterable[Evidence], terms: ClaimTerms, disputes: Iterable[Case] = ()
) -> Contention:
    """Return the label of the claim; the first that fits in the order of `Contention`.

    A case that was dismissed settles nothing: while its conflict holds, readers see it.
    """
    everything = list(evidence)
    expected = expected_disputes(everything, terms)
    return expected_contention(everything, expected, disputes, fingerprint(everything, terms))


def expected_contention(
    evidence: list[Evidence],
    expected: Iterable[ExpectedDispute],
    disputes: Iterable[Case],
    today: str,
) -> Contention:
    """The same where the expected disputes and the fingerprint of today are known."""
    cases = list(disputes)
    if not any(one.stands and one.sourced for one in evidence if _answers(one)):
        return Contention.UNSOURCED
    if _is_disputed(expected, cases, today):
        return Contention.DISPUTED
    if any(case.settles(today) for case in cases):
        return Contention.RESOLVED
    return _plain_label(counted(evidence))


def preferred_in_force(disputes: Iterable[Case], today: str) -> int | None:
    """Return the assertion that a decision in force prefers, or None."""
    chosen = (case.preferred for case in disputes if case.settles(today))
    return next((number for number in chosen if number is not None), None)


def decisions_in_force(disputes: Iterable[Case], today: str) -> list[Case]:
    """Return the cases that are resolved on the evidence as it is today, unresolvable or not."""
    return [case for case in disputes if case.is_in_force(today)]


def unsettled_reasons(
    expected: Iterable[ExpectedDispute], disputes: Iterable[Case], today: str
) -> dict[DisputeKind, str]:
    """Return why the claim is disputed, by kind: what no decision in force covers.

    A case that cannot be resolved is left out: its decision says so.
    """
    cases = list(disputes)
    closed = {case.kind for case in cases if case.is_in_force(today)}
    found = {dispute.kind: dispute.reason for dispute in expected if dispute.kind not in closed}
    by_hand = [case for case in cases if _keeps_open(case, today) and not case.is_in_force(today)]
    return found | {case.kind: case.reason for case in by_hand}


def _answers(one: Evidence) -> bool:
    return one.stance in (Stance.ASSERTS, Stance.DENIES)


def _is_disputed(expected: Iterable[ExpectedDispute], cases: list[Case], today: str) -> bool:
    settled = {case.kind for case in cases if case.settles(today)}
    unsettled = {dispute.kind for dispute in expected} - settled
    return bool(unsettled) or any(_keeps_open(case, today) for case in cases)


def _keeps_open(case: Case, today: str) -> bool:
    """Whether the case itself makes the claim disputed, whatever the evidence says."""
    if case.is_in_force(today):
        return case.outcome == DisputeOutcome.UNRESOLVABLE
    return case.kind in _OPENED_BY_HAND and case.state in (*UNRESOLVED, DisputeState.RESOLVED)


def _plain_label(sides: Counted) -> Contention:
    if sides.inputs:
        return Contention.CORROBORATED if len(sides.inputs) > 1 else Contention.SINGLE_ORIGIN
    return Contention.UNKNOWN_ONLY if sides.unknowns else Contention.UNSOURCED
