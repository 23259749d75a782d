"""The whole life of a claim, of a dispute and of a relation between sources, on one page."""

from __future__ import annotations

from typing import Final

from claims.choices import ClaimState, DisputeState, SourceRelationState
from claims.errors import TransitionError

DRAFT, IN_REVIEW = ClaimState.DRAFT, ClaimState.IN_REVIEW
CHANGES_REQUESTED = ClaimState.CHANGES_REQUESTED
PUBLISHED, RETIRING, RETIRED = ClaimState.PUBLISHED, ClaimState.RETIRING, ClaimState.RETIRED

# verb -> state before -> state after. What is not listed is refused.
CLAIM: Final[dict[str, dict[str, str]]] = {
    "edit": {
        DRAFT: DRAFT,
        IN_REVIEW: DRAFT,  # an edit voids the review that was under way
        CHANGES_REQUESTED: CHANGES_REQUESTED,
        PUBLISHED: DRAFT,  # readers keep the last approved version
        RETIRING: DRAFT,
    },
    # Going back needs no more work: it goes straight before the reviewers.
    "revert": {
        DRAFT: IN_REVIEW,
        IN_REVIEW: IN_REVIEW,
        CHANGES_REQUESTED: IN_REVIEW,
        PUBLISHED: IN_REVIEW,
        RETIRING: IN_REVIEW,
    },
    # Statements went to a claim of their own, or came back: what is public must be looked at again.
    "split": {
        DRAFT: DRAFT,
        IN_REVIEW: IN_REVIEW,
        CHANGES_REQUESTED: CHANGES_REQUESTED,
        PUBLISHED: IN_REVIEW,
    },
    # Decisions on disputes and withdrawn sources: what is public must be looked at again.
    "decide": {
        DRAFT: DRAFT,
        IN_REVIEW: IN_REVIEW,
        CHANGES_REQUESTED: CHANGES_REQUESTED,
        PUBLISHED: IN_REVIEW,
        RETIRING: RETIRING,
    },
    # What is public follows from rules that have changed.
    "refresh": {PUBLISHED: IN_REVIEW},
    "submit": {DRAFT: IN_REVIEW, CHANGES_REQUESTED: IN_REVIEW},
    "return": {IN_REVIEW: CHANGES_REQUESTED, RETIRING: CHANGES_REQUESTED},
    "keep": {RETIRING: PUBLISHED},  # a returned retirement, when nothing else waits
    "undo the return of": {CHANGES_REQUESTED: IN_REVIEW},
    "undo the return of the retirement of": {CHANGES_REQUESTED: RETIRING, PUBLISHED: RETIRING},
    "approve": {IN_REVIEW: PUBLISHED, RETIRING: RETIRED},
    # What readers never saw goes at once; what they see goes when a second person says so.
    "retire": {DRAFT: RETIRED, IN_REVIEW: RETIRED, CHANGES_REQUESTED: RETIRED},
    "propose retirement of": {
        DRAFT: RETIRING,
        IN_REVIEW: RETIRING,
        CHANGES_REQUESTED: RETIRING,
        PUBLISHED: RETIRING,
    },
    "take down": {
        DRAFT: RETIRED,
        IN_REVIEW: RETIRED,
        CHANGES_REQUESTED: RETIRED,
        PUBLISHED: RETIRED,
        RETIRING: RETIRED,
    },
    "confirm the takedown of": {RETIRED: RETIRED},
    "reverse the takedown of": {RETIRED: IN_REVIEW},
    "restore": {RETIRED: DRAFT},  # a draft that was dropped
    "unmerge": {RETIRED: IN_REVIEW},
    "unmerge the draft": {RETIRED: DRAFT},
}

OPEN, UNDER_REVIEW = DisputeState.OPEN, DisputeState.UNDER_REVIEW
RESOLVED, DISMISSED, MOOT = DisputeState.RESOLVED, DisputeState.DISMISSED, DisputeState.MOOT

DISPUTE: Final[dict[str, dict[str, str]]] = {
    "take": {OPEN: UNDER_REVIEW},
    "release": {UNDER_REVIEW: OPEN},
    "resolve": {OPEN: RESOLVED, UNDER_REVIEW: RESOLVED},
    "dismiss": {OPEN: DISMISSED, UNDER_REVIEW: DISMISSED},
    "reopen": {RESOLVED: OPEN, DISMISSED: OPEN, MOOT: OPEN},
    "undo the decision on": {RESOLVED: OPEN, DISMISSED: OPEN},
    "undo, once taken, the decision on": {RESOLVED: UNDER_REVIEW, DISMISSED: UNDER_REVIEW},
    "moot": {OPEN: MOOT, UNDER_REVIEW: MOOT},
}

PROPOSED, CONFIRMED = SourceRelationState.PROPOSED, SourceRelationState.CONFIRMED

SOURCE_RELATION: Final[dict[str, dict[str, str]]] = {
    "confirm": {PROPOSED: CONFIRMED},
    "reject": {PROPOSED: SourceRelationState.REJECTED},
    "withdraw": {CONFIRMED: SourceRelationState.WITHDRAWN},
}


def claim_state_after(verb: str, was: str) -> str:
    """Return the claim's state after the verb; raise TransitionError when it is refused."""
    return _after("claim", CLAIM, verb, was)


def dispute_state_after(verb: str, was: str) -> str:
    """Return the dispute's state after the verb; raise TransitionError when it is refused."""
    return _after("dispute", DISPUTE, verb, was)


def relation_state_after(verb: str, was: str) -> str:
    """Return the relation's state after the verb; raise TransitionError when it is refused."""
    return _after("relation", SOURCE_RELATION, verb, was)


def _after(noun: str, table: dict[str, dict[str, str]], verb: str, was: str) -> str:
    allowed = table[verb]
    if was not in allowed:
        from_states = " or ".join(sorted(state.replace("_", " ") for state in allowed))
        raise TransitionError(
            f"This {noun} is {was.replace('_', ' ')}; to {verb} it, it must be {from_states}.",
            field="state",
        )
    return allowed[was]
