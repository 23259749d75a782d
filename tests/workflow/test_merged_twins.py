"""Subjects and measures whose claims ask the same: rows and claims become one, and two again."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.errors import (
    SelfApprovalError,
    StaleRevisionError,
    TransitionError,
)
from claims.models import Assertion, Claim, ClaimVersion, Merge
from claims.workflow.claims import edit_claim, relate_claims
from claims.workflow.merge_candidate import merge_witness, read_merge
from claims.workflow.merging import approve_merge, return_merge, unmerge
from claims.workflow.review import submit_claim
from tests import factories as make
from tests.workflow.merges import (
    approve_all,
    approved,
    clean,
    measure,
    merged,
    public,
    undone,
)

pytestmark = pytest.mark.django_db

NOUNS = ("subject", "measure")


def twins(noun: str, *, shown: tuple[bool, bool] = (True, True), **fields: Any) -> Any:
    """Two rows of a kind that no one would take for one, and a claim of each that asks the same."""
    rows = [make.subject() if noun == "subject" else measure() for _ in range(2)]
    other = measure() if noun == "subject" else make.subject()
    beside = {"measure" if noun == "subject" else "subject": other}
    claims = []
    for row, point, is_public in zip(rows, (5, 6), shown, strict=True):
        claim = make.claim(**{noun: row}, **beside, **fields)
        make.figure(claim, point)
        if is_public:
            make.approve(claim)
        claims.append(Claim.objects.get(pk=claim.pk))
    return rows, claims


@pytest.mark.parametrize("noun", NOUNS)
def test_public_claims_become_one_with_their_rows_and_two_again(noun):
    (old, new), (first, second) = twins(noun)
    numbers = {one: set(one.assertions.values_list("pk", flat=True)) for one in (first, second)}

    item = approved(merged(noun, old, new))
    approve_all()

    assert item.state == "done"
    part = Merge.objects.get(part_of=item)
    assert (part.noun, part.merged, part.into, part.state) == (
        "claim", first.pk, second.pk, "done")  # fmt: skip
    assert len(public(second)["figures"]) == 2
    tombstone = ClaimVersion.objects.current().get(claim=first)
    assert (tombstone.op, f'"merged_into":"{second.ref}"' in tombstone.payload) == (
        "tombstone", True)  # fmt: skip
    clean()

    assert undone(item).state == "undone"
    part.refresh_from_db()
    assert part.state == "undone"
    first.refresh_from_db()
    assert (first.state, getattr(first, noun)) == ("in_review", old)
    approve_claims_in_turn(second, first)
    for claim, figures in numbers.items():
        assert set(claim.assertions.values_list("pk", flat=True)) == figures
        assert {one["ref"] for one in public(claim)["figures"]} == {f"F{n}" for n in figures}
    clean()


def approve_claims_in_turn(*claims: Claim) -> None:
    for claim in claims:
        make.approve(Claim.objects.get(pk=claim.pk), by=make.second_editor())


@pytest.mark.parametrize("noun", NOUNS)
def test_drafts_become_one_with_their_rows_at_once_and_two_again(noun):
    (old, new), (first, second) = twins(noun, shown=(False, False))
    item = merged(noun, old, new)
    assert item.state == "done"
    assert set(Assertion.objects.values_list("claim", flat=True)) == {second.pk}
    assert undone(item).state == "undone"
    first.refresh_from_db()
    assert (first.state, getattr(first, noun), first.assertions.count()) == ("draft", old, 1)
    clean()


@pytest.mark.parametrize("shown", [(True, False), (False, True)])
def test_one_public_claim_of_the_two_needs_a_second_person_where_readers_lose_it(shown):
    (old, new), (_first, second) = twins("subject", shown=shown)
    item = merged("subject", old, new)
    assert item.state == ("proposed" if shown[0] else "done")
    if shown[0]:
        approved(item)
    second.refresh_from_db()
    assert (second.state, second.assertions.count()) == (
        "draft" if shown[0] else "in_review", 2)  # fmt: skip
    clean()


@pytest.mark.parametrize("populations", [("Rebels", "rebels"), ("rébels", "Rébels ")])
def test_claims_that_differ_in_capitals_alone_become_one(populations):
    what, rows = measure(), (make.subject(), make.subject())
    first, second = (make.claim(subject=row, measure=what, population=words)
                     for row, words in zip(rows, populations, strict=True))  # fmt: skip
    merged("subject", *rows)
    assert Merge.objects.survivor("claim", first.pk) == second.pk


def test_claims_that_ask_something_else_stay_two():
    (old, new), _ = twins("subject")
    other = make.claim(subject=old, measure=measure())
    make.figure(other, 5)
    make.approve(other)
    item = approved(merged("subject", old, new))
    other.refresh_from_db()
    assert (Merge.objects.filter(part_of=item).count(), other.subject, other.state) == (
        1, new, "published")  # fmt: skip
    clean()


def test_page_tells_the_parts_and_the_decision_is_about_them():
    (old, new), (first, second) = twins("subject")
    item = merged("subject", old, new)
    seen = read_merge(item)
    assert [(one.old, one.new) for one in seen.parts] == [(first, second)]
    assert first not in [one.claim for one in seen.outcomes]
    make.approve(edited(first), by=make.second_editor())
    with pytest.raises(StaleRevisionError, match="changed since you read it"):
        approve_merge(merge=item, by=make.editor(), reason="Yes.", witness=seen.witness)


def edited(claim: Claim) -> Claim:
    edit_claim(claim=claim, by=make.contributor(), reason="words", question="How many in all?")
    return submit_claim(
        claim=Claim.objects.get(pk=claim.pk), by=make.contributor(), reason="Ready."
    )


def test_author_of_a_twin_does_not_approve_its_end():
    (old, new), (first, _) = twins("subject")
    edit_claim(claim=first, by=make.editor(), reason="words", question="How many in all?")
    item = merged("subject", old, new)
    with pytest.raises(SelfApprovalError):
        approve_merge(merge=item, by=make.editor(), reason="Yes.", witness=merge_witness(item))
    assert first.assertions.count() == 1


def test_returned_merge_leaves_the_claims_as_they_are():
    (old, new), (first, second) = twins("subject")
    item = merged("subject", old, new)
    return_merge(merge=item, by=make.editor(), reason="No.", witness=merge_witness(item))
    assert (first.assertions.count(), second.assertions.count()) == (1, 1)
    assert not Merge.objects.filter(part_of=item).exists()


@pytest.mark.parametrize("which", [0, 1])
def test_twin_that_waits_for_review_is_decided_first(which):
    (old, new), claims = twins("subject")
    edited(claims[which])
    words = f"would ask the same and become one with it: {claims[which].ref} waits for review"
    with pytest.raises(TransitionError, match=words):
        merged("subject", old, new)


def test_twin_that_is_proposed_to_be_another_is_decided_first():
    (old, new), (first, _) = twins("subject", as_of="2012-03")
    other = make.claim(subject=old, measure=first.measure, as_of="2012-03-01")
    merged("claim", first, other)
    with pytest.raises(TransitionError, match=f"{first.ref} is proposed to be merged already"):
        merged("subject", old, new)


def test_twins_of_which_one_is_a_part_of_the_other_along_others_stay_two():
    (old, new), (first, second) = twins("subject")
    between = make.claim(subject=new, measure=measure())
    for part, total in ((first, between), (between, second)):
        relate_claims(from_claim=part, to_claim=total, kind="part_of_total", by=make.contributor(),
                      reason="a part")  # fmt: skip
    for claim in (first, between, second):
        if Claim.objects.get(pk=claim.pk).state == "draft" and claim.assertions.exists():
            make.approve(Claim.objects.get(pk=claim.pk), by=make.second_editor())
    with pytest.raises(TransitionError, match=r"become one with it: .*circular"):
        merged("subject", old, new)


def test_part_is_not_undone_alone():
    (old, new), _ = twins("subject")
    item = approved(merged("subject", old, new))
    with pytest.raises(TransitionError, match=f"merge of {old.ref} into {new.ref}; undo that"):
        unmerge(merge=Merge.objects.get(part_of=item), by=make.contributor(), reason="Two.")


def test_merge_is_undone_after_the_review_of_its_claims():
    (old, new), (_, second) = twins("subject")
    item = approved(merged("subject", old, new))
    with pytest.raises(TransitionError, match=f"{second.ref} is in review; its statements stay"):
        unmerge(merge=item, by=make.contributor(), reason="Two.")


def test_page_reads_as_many_rows_for_nine_twins_as_for_one():
    rows = (make.subject(), make.subject())
    item = Merge(noun="subject", merged=rows[0].pk, into=rows[1].pk)
    counted = []
    for number in (1, 9):
        while len(read_merge(item).parts) < number:
            what = measure()
            for row in rows:
                make.figure(make.claim(subject=row, measure=what), 5)
        with CaptureQueriesContext(connection) as captured:
            read_merge(item)
        counted.append(len(captured))
    assert counted[0] == counted[1]
