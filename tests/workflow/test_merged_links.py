"""Links between claims, and an editor's open doubt, when two claims become one and two again."""

from __future__ import annotations

from typing import Any

import pytest

from claims.domain.documents import read_document
from claims.errors import SelfApprovalError
from claims.models import Claim, ClaimRelation, ClaimVersion, Dispute
from claims.workflow.claims import relate_claims
from claims.workflow.disputes import dispute_witness, open_dispute, resolve_dispute
from claims.workflow.merging import approve_merge
from claims.workflow.review import submit_claim
from tests import factories as make
from tests.workflow.merges import approve_all, approved, clean, measure, merged, undone

pytestmark = pytest.mark.django_db


def pair(*, is_public: bool = True) -> tuple[Claim, Claim]:
    same = {"subject": make.subject(), "measure": measure()}
    two = tuple(make.claim(unit=unit, **same) for unit in ("persons", "people"))
    for claim, point in zip(two, (5, 9), strict=True):
        make.figure(claim, point)
        if is_public:
            make.approve(claim)
    return two[0], two[1]


def link(one: Claim, other: Claim, kind: str = "part_of_total", **fields: Any) -> ClaimRelation:
    return relate_claims(
        from_claim=one, to_claim=other, kind=kind, by=make.contributor(), reason="So it is.",
        **fields,
    )  # fmt: skip


def links() -> set[tuple[int, int, str]]:
    return set(ClaimRelation.objects.values_list("from_claim", "to_claim", "kind"))


def document(claim: Claim) -> dict[str, Any]:
    return read_document(ClaimVersion.objects.public().get(claim=claim).payload)


def ready() -> None:
    for claim in Claim.objects.filter(state="draft", assertions__isnull=False).distinct():
        submit_claim(claim=claim, by=make.contributor(), reason="Ready.")
    approve_all()


def test_links_move_and_come_back():
    old, new = pair()
    total, later = make.published_claim(14).claim, make.published_claim(7).claim
    link(old, total, exhaustive=True, scope_exact=True)
    link(later, old, "same_as")
    ready()
    before = links()
    clean()
    item = approved(merged("claim", old, new))
    kept = ClaimRelation.objects.get(kind="part_of_total")
    assert (kept.from_claim_id, kept.exhaustive, kept.scope_exact) == (new.pk, True, True)
    assert links() == {(new.pk, total.pk, "part_of_total"), (later.pk, new.pk, "same_as")}
    assert set(Claim.objects.filter(pk__in=[total.pk, later.pk]).values_list("state")) == {
        ("in_review",)
    }
    ready()
    assert [one["claim"] for one in document(total)["relations"]] == [new.ref]
    assert {one["claim"] for one in document(new)["relations"]} == {total.ref, later.ref}
    clean()
    undone(item)
    assert links() == before
    make.approve(new, by=make.second_editor())
    ready()
    assert [one["claim"] for one in document(total)["relations"]] == [old.ref]
    assert document(new)["relations"] == []
    clean()


@pytest.mark.parametrize("kind", ["same_as", "part_of_total", "series_next"])
@pytest.mark.parametrize("which", [0, 1])
def test_link_of_the_two_is_dropped_and_comes_back(kind, which):
    two = pair(is_public=False)
    link(two[which], two[1 - which], kind)
    before = links()
    item = merged("claim", *two)
    assert (item.state, links()) == ("done", set())
    undone(item)
    assert links() == before
    clean()


def test_links_that_say_the_same_become_one_and_two_again():
    old, new = pair(is_public=False)
    total = make.claim(measure=measure())
    link(old, total)
    link(new, total)
    link(total, old, "same_as")
    link(total, new, "same_as")
    before = links()
    item = merged("claim", old, new)
    assert links() == {(new.pk, total.pk, "part_of_total"), (total.pk, new.pk, "same_as")}
    undone(item)
    assert links() == before
    clean()


def test_open_doubt_moves_with_its_history_and_comes_back():
    old, new = pair()
    doubt = open_dispute(claim=old, by=make.editor(), reason="I doubt it.")
    ready()
    clean()
    item = merged("claim", old, new)
    item = approve_merge(merge=item, by=make.second_editor(), reason="So it is.")
    doubt.refresh_from_db()
    assert (doubt.claim, doubt.state) == (new, "open")
    ready()
    entry = next(one for one in document(new)["disputes"] if one["ref"] == doubt.ref)
    assert (entry["reason"], entry["opened_by"]) == ("I doubt it.", make.editor().username)
    assert [one["action"] for one in entry["events"]] == ["dispute_opened"]
    assert len(entry["figures"]) == 1
    clean()
    undone(item)
    doubt.refresh_from_db()
    assert (doubt.claim, doubt.state) == (old, "open")
    make.approve(new, by=make.second_editor())
    ready()
    assert doubt.ref in [one["ref"] for one in document(old)["disputes"]]
    # Of the case that the machine opened between both statements, it says what became of it.
    left = [(one["kind"], one["state"]) for one in document(new)["disputes"]]
    assert left == [("value", "moot")]
    clean()


def test_doubt_that_was_decided_after_the_merge_goes_back_decided():
    old, new = pair(is_public=False)
    doubt = open_dispute(claim=old, by=make.editor(), reason="I doubt it.")
    item = merged("claim", old, new)
    doubt.refresh_from_db()
    resolve_dispute(
        dispute=doubt, by=make.second_editor(), reason="Read.", outcome="range_stands",
        rationale="Both may be.", witness=dispute_witness(doubt),
    )  # fmt: skip
    undone(item)
    doubt.refresh_from_db()
    assert doubt.claim == old
    clean()


def test_doubts_that_are_decided_stay_with_their_claim():
    old, new = pair(is_public=False)
    doubt = open_dispute(claim=old, by=make.editor(), reason="I doubt it.")
    resolve_dispute(
        dispute=doubt, by=make.second_editor(), reason="Read.", outcome="range_stands",
        rationale="Both may be.", witness=dispute_witness(doubt),
    )  # fmt: skip
    merged("claim", old, new)
    assert Dispute.objects.get(pk=doubt.pk).claim == old
    clean()


def test_whoever_doubted_does_not_approve_the_claim_that_the_doubt_came_to():
    old, new = pair(is_public=False)
    make.approve(new)
    open_dispute(claim=old, by=make.account("editor", "third_editor"), reason="I doubt it.")
    merged("claim", old, new)
    with pytest.raises(SelfApprovalError):
        make.approve(new, by=make.account("editor", "third_editor"))
