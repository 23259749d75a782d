"""What is never merged, and who goes on using a merged row: each refusal in its own words."""

from __future__ import annotations

from typing import Any

import pytest

from claims.errors import (
    DuplicateError,
    InvalidValueError,
    SelfApprovalError,
    StaleRevisionError,
    TransitionError,
)
from claims.models import (
    Claim,
)
from claims.workflow.claims import edit_claim, relate_claims
from claims.workflow.disputes import open_dispute
from claims.workflow.merge_candidate import merge_witness
from claims.workflow.merging import approve_merge, propose_merge, unmerge
from claims.workflow.parties import edit_party
from claims.workflow.retiring import retire_claim
from claims.workflow.review import return_claim, submit_claim
from claims.workflow.sameness import answer_sameness, ask_sameness
from claims.workflow.sources import (
    withdraw_source,
)
from tests import factories as make
from tests.workflow.merges import approved, measure, merged, said

pytestmark = pytest.mark.django_db


def test_a_row_is_not_merged_into_itself():
    one = make.party()
    with pytest.raises(InvalidValueError, match="into itself"):
        merged("party", one, one)


def test_rows_that_are_not_there_are_refused():
    one = make.party()
    with pytest.raises(InvalidValueError, match="no such party"):
        propose_merge(noun="party", merged=one.pk, into=10**9, by=make.contributor(), reason="?")
    with pytest.raises(InvalidValueError, match="no such rumour"):
        propose_merge(noun="rumour", merged=1, into=2, by=make.contributor(), reason="?")


def test_merged_row_is_not_merged_again():
    one, two, three = make.party(), make.party(), make.party()
    merged("party", one, two)
    with pytest.raises(TransitionError, match=f"{one.ref} was merged into {two.ref}"):
        merged("party", one, three)


def test_nothing_is_merged_into_a_merged_row():
    one, two, three = make.party(), make.party(), make.party()
    merged("party", one, two)
    with pytest.raises(TransitionError, match=f"itself merged into {two.ref}; merge into that"):
        merged("party", three, one)


def test_there_is_no_circle():
    one, two = make.party(), make.party()
    merged("party", one, two)
    with pytest.raises(TransitionError, match="itself merged into"):
        merged("party", two, one)


def test_row_is_proposed_once():
    one, two, three = make.party(), make.party(), make.party()
    said(one)
    merged("party", one, two)
    with pytest.raises(TransitionError, match="proposed to be merged already"):
        merged("party", one, three)
    with pytest.raises(TransitionError, match="itself proposed to be merged"):
        merged("party", three, one)


def test_decided_merge_is_not_decided_again():
    one, two = make.party(), make.party()
    said(one)
    item = approved(merged("party", one, two))
    with pytest.raises(TransitionError, match="only one that waits is decided"):
        approve_merge(merge=item, by=make.editor(), reason="Again.")


def test_only_a_done_merge_is_undone():
    one, two = make.party(), make.party()
    said(one)
    item = merged("party", one, two)
    with pytest.raises(TransitionError, match="only one that is done is undone"):
        unmerge(merge=item, by=make.contributor(), reason="They are two.")


def test_what_changed_since_it_was_read_is_refused():
    one, two = make.party(), make.party()
    said(one)
    item = merged("party", one, two)
    witness = merge_witness(item)
    said(one)
    with pytest.raises(StaleRevisionError, match="read it again"):
        approve_merge(merge=item, by=make.editor(), reason="So it is.", witness=witness)


def test_row_with_an_edit_that_waits_is_not_merged():
    one, two = make.party("Agence"), make.party()
    said(one)
    edit_party(party=one, by=make.contributor(), reason="A slip.", name="Agency")
    with pytest.raises(TransitionError, match=r"An edit of P.* waits for review"):
        merged("party", one, two)


def test_withdrawn_work_is_not_merged_with_one_that_counts():
    one, two = make.source(), make.source()
    withdraw_source(source=one, by=make.chief(), reason="Made up.")
    with pytest.raises(InvalidValueError, match="is withdrawn and the other is not"):
        merged("source", one, two)


def test_subject_is_not_merged_along_its_own_line():
    above = make.subject()
    below = make.subject(parent=above)
    with pytest.raises(InvalidValueError, match="lies below"):
        merged("subject", above, below)
    with pytest.raises(InvalidValueError, match="lies below"):
        merged("subject", below, above)


def test_claims_of_two_subjects_become_one_where_people_said_that_the_subjects_are():
    one, two, what = make.subject(), make.subject(), measure()
    first, second = make.claim(subject=one, measure=what), make.claim(subject=two, measure=what)
    with pytest.raises(InvalidValueError, match=f"If {one.ref} and {two.ref} are one, merge these"):
        merged("claim", first, second)
    question = ask_sameness(
        noun="subject", one=one.pk, other=two.pk, why="alike", by=make.contributor(), reason="?"
    )
    answer_sameness(question=question, answer="yes", by=make.contributor(), reason="One storm.")
    merged("claim", first, second)
    assert merged("subject", one, two).state == "done"


def test_measures_of_other_values_are_not_merged():
    one, two = measure(), measure(is_count=False)
    with pytest.raises(InvalidValueError, match=r"takes whole numbers, .* takes quantity values"):
        merged("measure", one, two)


def test_claims_of_other_values_are_not_merged():
    where = make.subject()
    one, two = make.claim("date", subject=where), make.claim("party", subject=where)
    with pytest.raises(InvalidValueError, match="asks for"):
        merged("claim", one, two)


SCOPES = {
    "what is measured": {"measure": "other"},
    "the subject": {"subject": "other"},
    "the unit": {"unit": "boats"},
    "the population": {"population": "cattle"},
    "the aggregation": {"aggregation": "stock"},
    "the date": {"as_of": "2013"},
}


@pytest.mark.parametrize("differs", SCOPES)
def test_claims_of_other_scope_are_not_merged(differs):
    same = {"subject": make.subject(), "measure": measure(), "as_of": "2012", "unit": "people"}
    makers = {"measure": measure, "subject": make.subject}
    changes = {
        name: makers[name]() if value == "other" else value
        for name, value in SCOPES[differs].items()
    }
    one, two = make.claim(**same), make.claim(**same | {"population": "persons"} | changes)
    if differs != "the population":
        edit_claim(claim=two, by=make.contributor(), reason="As the other.", population="")
    with pytest.raises(InvalidValueError, match=f"differ in {differs}"):
        merged("claim", one, two)


def pair(**changes: Any) -> tuple[Claim, Claim]:
    same = {"subject": make.subject(), "measure": measure()}
    one, two = make.claim(unit="persons", **same), make.claim(unit="people", **same)
    make.figure(one, 5)
    make.figure(two, 9)
    return one, two


@pytest.mark.parametrize("which", [0, 1])
def test_claim_under_review_is_not_merged(which):
    two = pair()
    submit_claim(claim=two[which], by=make.contributor(), reason="Ready.")
    with pytest.raises(TransitionError, match=f"{two[which].ref} waits for review"):
        merged("claim", *two)


@pytest.mark.parametrize("which", [0, 1])
def test_retired_claim_is_not_merged(which):
    two = pair()
    retire_claim(claim=Claim.objects.get(pk=two[which].pk), by=make.chief(), reason="Asked twice.")
    with pytest.raises(TransitionError, match=f"{two[which].ref} is retired"):
        merged("claim", *two)


@pytest.mark.parametrize("which", [0, 1])
def test_claims_that_would_be_a_part_of_themselves_are_not_merged(which):
    two = pair()
    between = make.claim(subject=two[0].subject, measure=two[0].measure, population="all")
    part, total = two[which], two[1 - which]
    for one, other in ((part, between), (between, total)):
        relate_claims(
            from_claim=one, to_claim=other, kind="part_of_total", by=make.contributor(),
            reason="Part.",
        )  # fmt: skip
    with pytest.raises(TransitionError, match=f"{part.ref} is a part of {total.ref} along other"):
        merged("claim", *two)


def test_two_open_doubts_of_editors_are_not_made_one():
    one, two = pair()
    doubts = [open_dispute(claim=c, by=make.editor(), reason="I doubt it.") for c in (one, two)]
    named = f"{doubts[0].ref} and {doubts[1].ref} are both open"
    with pytest.raises(TransitionError, match=named):
        merged("claim", one, two)


def test_claims_stay_one_while_the_survivor_is_under_review():
    one, two = pair()
    item = merged("claim", one, two)
    submit_claim(claim=two, by=make.contributor(), reason="Ready.")
    with pytest.raises(TransitionError, match="stay until that is over"):
        unmerge(merge=item, by=make.contributor(), reason="They are two.")


def test_claims_stay_one_when_the_question_is_asked_again():
    one, two = pair()
    item = merged("claim", one, two)
    make.claim(unit="persons", subject=one.subject, measure=one.measure)
    with pytest.raises(DuplicateError, match="asks the same"):
        unmerge(merge=item, by=make.contributor(), reason="They are two.")


def test_author_of_a_draft_that_came_by_two_merges_may_not_approve():
    """The claim in between was approved after the draft was written, and showed nothing of it."""
    where, what = make.subject(), measure()
    by = make.account("editor", "third_editor")
    first = make.claim(subject=where, measure=what, unit="persons")
    make.figure(first, 5, by=by)
    second = make.published_claim(9, subject=where, measure=what, unit="people").claim
    third = make.published_claim(7, subject=where, measure=what, unit="individuals").claim
    merged("claim", first, second)
    second.refresh_from_db()
    return_claim(claim=second, by=make.editor(), reason="Not yet.")
    approved(merged("claim", second, third))
    with pytest.raises(SelfApprovalError):
        make.approve(third, by=by)
    make.approve(third, by=make.second_editor())
