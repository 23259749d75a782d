"""Taking, releasing and assigning a claim: visible on the desk, and of no weight in a review."""

from __future__ import annotations

from typing import Any

import pytest

from claims.choices import ClaimState, Priority
from claims.errors import InvalidValueError, PermissionMissingError, TransitionError
from claims.models import Claim
from claims.workflow.assigning import assign_claim, prioritise_claim, release_claim, take_claim
from claims.workflow.candidate import read_candidate
from claims.workflow.retiring import retire_claim
from tests import factories as make

pytestmark = pytest.mark.django_db


def signed(by: Any = None) -> dict[str, Any]:
    return {"by": by or make.editor(), "reason": "So that it gets done."}


def retired() -> Claim:
    return retire_claim(claim=make.claim(), by=make.chief(), reason="Not a question.")


def test_an_editor_takes_and_releases_a_claim_and_its_history_says_so() -> None:
    claim = make.submitted_claim(97)
    witness = read_candidate(claim).witness
    taken = take_claim(claim=claim, **signed())
    assert (taken.assignee, taken.state, taken.revision) == (
        make.editor(), ClaimState.IN_REVIEW, claim.revision,
    )  # fmt: skip
    assert release_claim(claim=claim, **signed()).assignee is None
    assert read_candidate(Claim.objects.get(pk=claim.pk)).witness == witness
    rows = Claim.history.filter(id=claim.pk)[:2]
    assert [(row.assignee, row.history_user) for row in rows] == [
        (None, make.editor()), (make.editor(), make.editor()),
    ]  # fmt: skip


def test_who_looks_after_a_claim_may_approve_it() -> None:
    claim = take_claim(claim=make.submitted_claim(97), **signed())
    assert make.approve(claim, by=make.editor()).number == 1


@pytest.mark.parametrize(
    ("holder", "words"), [("editor", "you"), ("second_editor", "second_editor")]
)
def test_take_claim_refuses_what_somebody_looks_after(holder: str, words: str) -> None:
    claim = take_claim(claim=make.claim(), **signed(getattr(make, holder)()))
    with pytest.raises(TransitionError, match=f"is assigned to {words} already"):
        take_claim(claim=claim, **signed())


def test_release_claim_refuses_what_another_looks_after() -> None:
    claim = take_claim(claim=make.claim(), **signed(make.second_editor()))
    with pytest.raises(TransitionError, match="is not assigned to you"):
        release_claim(claim=claim, **signed())


def test_release_claim_refuses_what_nobody_looks_after() -> None:
    with pytest.raises(TransitionError, match="is not assigned to you"):
        release_claim(claim=make.claim(), **signed())


def test_assign_claim_hands_a_claim_over_and_takes_it_away() -> None:
    version = make.published_claim(97)
    claim = take_claim(claim=version.claim, **signed(make.second_editor()))
    given = assign_claim(claim=claim, assignee=make.contributor(), **signed())
    assert (given.assignee, given.state) == (make.contributor(), ClaimState.PUBLISHED)
    assert given.revision == version.claim.revision
    assert assign_claim(claim=claim, assignee=None, **signed()).assignee is None


def test_assign_claim_refuses_contributors() -> None:
    with pytest.raises(PermissionMissingError):
        assign_claim(claim=make.claim(), assignee=None, **signed(make.contributor()))


@pytest.mark.parametrize("column", ["is_active", "is_staff"])
def test_assign_claim_refuses_who_cannot_open_the_desk(column: str) -> None:
    outsider = make.second_editor()
    setattr(outsider, column, False)
    with pytest.raises(InvalidValueError, match="second_editor has no access to the desk"):
        assign_claim(claim=make.claim(), assignee=outsider, **signed())


@pytest.mark.parametrize("run", [take_claim, release_claim, assign_claim])
def test_nobody_looks_after_a_retired_claim(run: Any) -> None:
    more = {"assignee": None} if run is assign_claim else {}
    with pytest.raises(TransitionError, match="is retired"):
        run(claim=retired(), **more, **signed())


def test_prioritise_claim_keeps_who_looks_after_it() -> None:
    claim = take_claim(claim=make.claim(), **signed())
    urgent = prioritise_claim(claim=claim, priority=Priority.HIGH, **signed(make.chief()))
    assert (urgent.priority, urgent.assignee) == (Priority.HIGH, make.editor())


def test_prioritise_claim_refuses_editors() -> None:
    with pytest.raises(PermissionMissingError):
        prioritise_claim(claim=make.claim(), priority=Priority.HIGH, **signed())


def test_prioritise_claim_refuses_an_unknown_priority() -> None:
    with pytest.raises(InvalidValueError):
        prioritise_claim(claim=make.claim(), priority="9_never", **signed(make.chief()))
