"""The life of claims and disputes, over all pairs of state and verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import models

from claims.choices import ClaimState, DisputeState
from claims.errors import RefusalError, TransitionError, UnpublishableError
from claims.models import Claim, Dispute
from claims.workflow.claims import edit_claim
from claims.workflow.disputes import (
    dismiss_dispute,
    reopen_dispute,
    resolve_dispute,
    take_dispute,
)
from claims.workflow.evidence import withdraw_assertion
from claims.workflow.retiring import retire_claim, take_down_claim
from claims.workflow.review import approve_claim, return_claim, submit_claim
from claims.workflow.sources import withdraw_source
from claims.workflow.transitions import CLAIM, DISPUTE, claim_state_after, dispute_state_after
from tests import factories as make

DRAFT, REVIEW, RETURNED, PUBLIC, RETIRING, RETIRED = (
    *("draft", "in_review", "changes_requested", "published", "retiring", "retired"),
)
OPEN, TAKEN, RESOLVED, DISMISSED, MOOT = "open", "under_review", "resolved", "dismissed", "moot"

# What is allowed, written once more and by hand: state before -> state after.
CLAIM_LIFE: dict[str, dict[str, str]] = {
    "edit": {
        DRAFT: DRAFT,
        REVIEW: DRAFT,
        RETURNED: RETURNED,
        PUBLIC: DRAFT,
        RETIRING: DRAFT,
    },
    "revert": dict.fromkeys((DRAFT, REVIEW, RETURNED, PUBLIC, RETIRING), REVIEW),
    "decide": {
        DRAFT: DRAFT,
        REVIEW: REVIEW,
        RETURNED: RETURNED,
        PUBLIC: REVIEW,
        RETIRING: RETIRING,
    },
    "split": {DRAFT: DRAFT, REVIEW: REVIEW, RETURNED: RETURNED, PUBLIC: REVIEW},
    "refresh": {PUBLIC: REVIEW},
    "submit": {DRAFT: REVIEW, RETURNED: REVIEW},
    "return": {REVIEW: RETURNED, RETIRING: RETURNED},
    "keep": {RETIRING: PUBLIC},
    "undo the return of": {RETURNED: REVIEW},
    "undo the return of the retirement of": {RETURNED: RETIRING, PUBLIC: RETIRING},
    "approve": {REVIEW: PUBLIC, RETIRING: RETIRED},
    "retire": {DRAFT: RETIRED, REVIEW: RETIRED, RETURNED: RETIRED},
    "propose retirement of": {
        DRAFT: RETIRING,
        REVIEW: RETIRING,
        RETURNED: RETIRING,
        PUBLIC: RETIRING,
    },
    "take down": dict.fromkeys((DRAFT, REVIEW, RETURNED, PUBLIC, RETIRING), RETIRED),
    "confirm the takedown of": {RETIRED: RETIRED},
    "reverse the takedown of": {RETIRED: REVIEW},
    "restore": {RETIRED: DRAFT},
    "unmerge": {RETIRED: REVIEW},
    "unmerge the draft": {RETIRED: DRAFT},
}
DISPUTE_LIFE: dict[str, dict[str, str]] = {
    "take": {OPEN: TAKEN},
    "release": {TAKEN: OPEN},
    "resolve": {OPEN: RESOLVED, TAKEN: RESOLVED},
    "dismiss": {OPEN: DISMISSED, TAKEN: DISMISSED},
    "reopen": {RESOLVED: OPEN, DISMISSED: OPEN, MOOT: OPEN},
    "undo the decision on": {RESOLVED: OPEN, DISMISSED: OPEN},
    "undo, once taken, the decision on": {RESOLVED: TAKEN, DISMISSED: TAKEN},
    "moot": {OPEN: MOOT, TAKEN: MOOT},
}


def edit(claim: Claim) -> None:
    edit_claim(claim=claim, by=make.contributor(), reason="Clearer.", question="How many fell?")


def decide(claim: Claim) -> None:
    source = claim.assertions.first().source
    withdraw_source(source=source, by=make.chief(), reason="Its author took it back.")


def submit(claim: Claim) -> None:
    submit_claim(claim=claim, by=make.contributor(), reason="Ready.")


def give_back(claim: Claim) -> None:
    return_claim(claim=claim, by=make.editor(), reason="Name the page.")


def approve(claim: Claim) -> None:
    approve_claim(claim=claim, by=make.editor(), reason="Checked.")


def retire(claim: Claim) -> None:
    retire_claim(claim=claim, by=make.chief(), reason="Asked twice.")


def take_down(claim: Claim) -> None:
    take_down_claim(claim=claim, by=make.chief(), reason="At once.", cause="legal")


# What each verb function does to a claim that readers have: one line of the table.
CLAIM_VERBS: dict[str, Callable[[Claim], None]] = {
    "edit": edit,
    "decide": decide,
    "submit": submit,
    "return": give_back,
    "approve": approve,
    "retire": retire,
    "take down": take_down,
}
WAY_TO: dict[str, list[Callable[[Claim], None]]] = {
    DRAFT: [],
    REVIEW: [submit],
    RETURNED: [submit, give_back],
    PUBLIC: [submit, approve],
    RETIRING: [submit, approve, retire],
    RETIRED: [retire],
}


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def claim_in(state: str) -> Claim:
    claim = make.claim()
    make.figure(claim, 97)
    for step in WAY_TO[state]:
        step(fresh(claim))
    return fresh(claim)


@pytest.mark.parametrize("was", ClaimState.values)
@pytest.mark.parametrize("verb", CLAIM)
def test_the_table_of_claims_allows_exactly_this(verb, was):
    if was in CLAIM_LIFE[verb]:
        assert claim_state_after(verb, was) == CLAIM_LIFE[verb][was]
    else:
        with pytest.raises(TransitionError):
            claim_state_after(verb, was)


@pytest.mark.parametrize("was", DisputeState.values)
@pytest.mark.parametrize("verb", DISPUTE)
def test_the_table_of_disputes_allows_exactly_this(verb, was):
    if was in DISPUTE_LIFE[verb]:
        assert dispute_state_after(verb, was) == DISPUTE_LIFE[verb][was]
    else:
        with pytest.raises(TransitionError):
            dispute_state_after(verb, was)


@pytest.mark.django_db
@pytest.mark.parametrize("was", ClaimState.values)
@pytest.mark.parametrize("verb", CLAIM_VERBS)
def test_every_verb_of_claims_in_every_state(verb, was):
    claim = claim_in(was)
    if verb == "decide" and was == RETIRED:
        decide(claim)  # withdrawing a source leaves retired claims as they are
        assert fresh(claim).state == RETIRED
    elif was in (line := _line(verb, claim)):
        CLAIM_VERBS[verb](claim)
        assert fresh(claim).state == line[was]
    else:
        with pytest.raises((TransitionError, UnpublishableError)):
            CLAIM_VERBS[verb](claim)
        assert fresh(claim).state == was
        assert fresh(claim).revision == claim.revision


def _line(verb: str, claim: Claim) -> dict[str, str]:
    """The line of the table that the verb follows for this claim."""
    if claim.versions.exists():
        # Readers keep what they have until a second person agrees; what is returned stays.
        verb = {"retire": "propose retirement of", "return": "keep"}.get(verb, verb)
    elif verb == "take down":
        return {}  # readers have nothing that could be taken from them
    return CLAIM_LIFE[verb]


def take(dispute: Dispute) -> None:
    take_dispute(dispute=dispute, by=make.editor(), reason="I look into it.")


def resolve(dispute: Dispute) -> None:
    resolve_dispute(
        dispute=dispute,
        by=make.editor(),
        reason="Decided.",
        outcome="range_stands",
        rationale="Neither can be ruled out.",
    )


def dismiss(dispute: Dispute) -> None:
    dismiss_dispute(dispute=dispute, by=make.editor(), reason="No case.", rationale="A misreading.")


def reopen(dispute: Dispute) -> None:
    reopen_dispute(dispute=dispute, by=make.editor(), reason="New doubts.")


DISPUTE_VERBS: dict[str, Callable[[Dispute], None]] = {
    "take": take,
    "resolve": resolve,
    "dismiss": dismiss,
    "reopen": reopen,
}


def dispute_in(state: str) -> Dispute:
    claim = make.claim()
    make.figure(claim, 60)
    other = make.figure(claim, 97)
    dispute = claim.disputes.get()
    if state == MOOT:
        withdraw_assertion(assertion=other, by=make.contributor(), reason="Misread.")
    steps = {TAKEN: take, RESOLVED: resolve, DISMISSED: dismiss}
    if state in steps:
        steps[state](dispute)
    return fresh(dispute)


@pytest.mark.django_db
@pytest.mark.parametrize("was", DisputeState.values)
@pytest.mark.parametrize("verb", DISPUTE_VERBS)
def test_every_verb_of_disputes_in_every_state(verb, was):
    dispute = dispute_in(was)
    assert dispute.state == was
    if was in DISPUTE_LIFE[verb]:
        DISPUTE_VERBS[verb](dispute)
        # A moot case that somebody takes up again has nothing to decide: it falls at once.
        expected = MOOT if (verb, was) == ("reopen", MOOT) else DISPUTE_LIFE[verb][was]
        assert fresh(dispute).state == expected
    else:
        with pytest.raises(RefusalError):
            DISPUTE_VERBS[verb](dispute)
        assert fresh(dispute).state == was


def test_every_state_can_be_reached():
    for table, states in ((CLAIM, ClaimState.values), (DISPUTE, DisputeState.values)):
        first = states[0]
        reached = {after for moves in table.values() for after in moves.values()} | {first}
        assert reached == set(states)


def test_choices_of_states_are_what_models_hold():
    for model, choices in ((Claim, ClaimState), (Dispute, DisputeState)):
        field = model._meta.get_field("state")
        assert isinstance(field, models.CharField)
        assert [value for value, _ in field.choices] == choices.values
