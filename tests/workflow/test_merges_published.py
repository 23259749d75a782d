"""Readers get a merge with one approval, in pieces; what comes out otherwise waits by itself."""

from __future__ import annotations

from typing import Any

import pytest

from claims.domain.documents import read_document
from claims.errors import StaleRevisionError, TransitionError
from claims.models import Claim, ClaimVersion, Merge, Source
from claims.workflow import merge_publishing
from claims.workflow.claims import edit_claim
from claims.workflow.merge_candidate import merge_witness, read_merge
from claims.workflow.merge_publishing import publish_merge_piece
from claims.workflow.merging import approve_merge, unmerge
from claims.workflow.parties import edit_party
from claims.workflow.relations import confirm_relation, propose_relation
from claims.workflow.sources import edit_source
from tests import factories as make
from tests.workflow.merges import approved, clean, measure, merged, public, said, told_apart, undone

pytestmark = pytest.mark.django_db


def states() -> set[str]:
    return set(Claim.objects.values_list("state", flat=True))


@pytest.mark.parametrize("noun", ["party", "source"])
def test_counts_change_with_one_approval_and_come_back_with_one(noun):
    old, new = getattr(make, noun)("Agence"), getattr(make, noun)("Agency")
    claims = [told_apart(old, new) for _ in range(3)]
    before = [public(claim) for claim in claims]
    assert {one["contention"] for one in before} == {"corroborated"}
    item = merged(noun, old, new)
    assert Merge.objects.waiting().count() == 1
    clean()
    item = approved(item)
    assert states() == {"published"}
    for claim in claims:
        after = public(claim)
        assert (after["contention"], len(after["origins"])) == ("single_origin", 1)
        assert after["review"]["reason"] == "One and the same."
        assert after["review"]["edited_by"] == make.contributor().username
        assert after["review"]["approved_by"] == make.editor().username
    clean()
    undone(item)
    assert states() == {"published"}
    for claim, was in zip(claims, before, strict=True):
        for name in ("figures", "origins", "contention", "sources", "range"):
            assert public(claim)[name] == was[name]
    clean()


@pytest.mark.parametrize("noun", ["subject", "measure"])
def test_names_change_with_one_approval_and_come_back_with_one(noun):
    old, new = (measure(), measure()) if noun == "measure" else (make.subject(), make.subject())
    claims = []
    for _ in range(3):
        fields: dict[str, Any] = {"measure": measure(), "subject": make.subject(), noun: old}
        claims.append(make.published_claim(5, **fields).claim)
    before = [public(claim) for claim in claims]
    item = approved(merged(noun, old, new))
    assert states() == {"published"}
    key = "slug" if noun == "measure" else "ref"
    assert {public(claim)[noun][key] for claim in claims} == {getattr(new, key)}
    clean()
    undone(item)
    assert states() == {"published"}
    assert [public(claim)[noun] for claim in claims] == [one[noun] for one in before]
    clean()


def test_page_tells_what_becomes_of_each_claim_and_the_decision_is_about_it():
    old, new = make.party("Agence"), make.party("Agency")
    both, one = told_apart(old, new), said(old)
    item = merged("party", old, new)
    outcomes = {found.claim: found for found in read_merge(item).outcomes}
    assert (outcomes[both].before.contention, outcomes[both].before.origins) == ("corroborated", 2)
    assert (outcomes[both].after.contention, outcomes[both].after.origins) == ("single_origin", 1)
    assert not outcomes[one].changes
    seen = merge_witness(item)
    said(old)
    with pytest.raises(StaleRevisionError, match="read it again"):
        approve_merge(merge=item, by=make.editor(), reason="So it is.", witness=seen)


def test_page_reads_as_many_rows_for_ten_claims_as_for_one(django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    old, new = make.party("Agence"), make.party("Agency")
    told_apart(old, new)
    item = merged("party", old, new)
    with CaptureQueriesContext(connection) as counted:
        read_merge(item)
    for _ in range(9):
        told_apart(old, new)
    with django_assert_num_queries(len(counted)):
        read_merge(item)


def test_claim_with_other_changes_waits_by_itself():
    old, new = make.party("Agence"), make.party("Agency")
    plain, edited = said(old), said(old)
    edit_claim(claim=edited, by=make.contributor(), reason="Wording.", question="How many boats?")
    item = merged("party", old, new)
    assert (read_merge(item).along, read_merge(item).alone) == (1, [edited])
    approved(item)
    plain.refresh_from_db()
    edited.refresh_from_db()
    assert (plain.state, edited.state) == ("published", "draft")
    assert public(edited)["figures"][0]["origin"] == old.ref


def test_claim_whose_source_was_edited_unread_waits_by_itself():
    old, new = make.party("Agence"), make.party("Agency")
    claim = said(old)
    work = Source.objects.get()
    edit_source(source=work, by=make.second_editor(), reason="Typing.", title="Unread")
    approved(merged("party", old, new))
    claim.refresh_from_db()
    assert claim.state == "in_review"
    assert public(claim)["sources"][0]["title"] != "Unread"
    clean()


def test_unread_words_of_the_row_that_stays_are_decided_first():
    old, new = make.party("Agence"), make.party("Agency")
    said(old), said(new)
    edit_party(party=new, by=make.second_editor(), reason="Typing.", name="Unread")
    with pytest.raises(TransitionError, match=f"An edit of {new.ref} waits for review"):
        merged("party", old, new)


def test_denial_that_becomes_the_partys_own_waits_for_a_reader():
    old, new = make.party("Agence"), make.party("Agency")
    claim = told_apart(old, new)
    make.figure(claim, stance="retracts", target=claim.assertions.first(), speaker=new, point=None)
    make.approve(claim)
    item = merged("party", old, new)
    found = read_merge(item).outcomes[0].after
    approved(item)
    after = public(claim)
    assert (found.contention, found.origins) == (after["contention"], len(after["origins"]))


def test_one_origin_along_a_relation_that_leads_to_the_merged_work():
    wire, same, paper = make.source("Wire"), make.source("The wire"), make.source("Paper")
    claim = make.claim(measure=measure())
    for work in (wire, same, paper):
        make.figure(claim, 5, source=work, attributions=[])
    relation = propose_relation(
        from_source=paper, to_source=wire, kind="relays", words="It says so.",
        by=make.contributor(), reason="Seen.",
    )  # fmt: skip
    confirm_relation(relation=relation, by=make.second_editor(), reason="So it is.")
    make.approve(claim)
    assert len(public(claim)["origins"]) == 2
    item = merged("source", wire, same)
    outcome = read_merge(item).outcomes[0]
    assert (outcome.before.origins, outcome.after.origins) == (2, 1)
    item = approved(item)
    assert len(public(claim)["origins"]) == 1
    undone(item)
    assert len(public(claim)["origins"]) == 2
    clean()


def test_pieces_go_on_where_they_stopped(monkeypatch):
    monkeypatch.setattr(merge_publishing, "PIECE", 2)
    old, new = make.party("Agence"), make.party("Agency")
    claims = [said(old) for _ in range(5)]
    item = approved(merged("party", old, new))
    shown = [public(claim)["figures"][0]["origin"] for claim in claims]
    assert shown == [new.ref] * 2 + [old.ref] * 3
    with pytest.raises(TransitionError, match="not published for all its claims yet"):
        unmerge(merge=item, by=make.contributor(), reason="They are two.")
    clean()
    edit_claim(claim=claims[2], by=make.contributor(), reason="Wording.", question="How many?")
    assert list(Merge.objects.unfinished()) == [item]
    assert [publish_merge_piece(item) for _ in range(3)] == [1, 0, 0]
    shown = [public(claim)["figures"][0]["origin"] for claim in claims]
    assert shown == [new.ref, new.ref, old.ref, new.ref, new.ref]
    claims[2].refresh_from_db()
    assert (claims[2].state, Merge.objects.unfinished().count()) == ("draft", 0)
    clean()


def test_parties_with_fifty_public_figures_each_are_one_and_two_with_two_approvals(monkeypatch):
    monkeypatch.setattr(merge_publishing, "PIECE", 3)
    old, new = make.party("Agence"), make.party("Agency")
    subject = make.subject()
    for _ in range(5):
        claim = make.claim(subject=subject, measure=measure())
        for number in range(10):
            make.figure(claim, number, speaker=old, asserted_on=f"2012-01-{number + 1:02}")
            make.figure(claim, number + 100, speaker=new, asserted_on=f"2012-02-{number + 1:02}")
        make.approve(claim)
    assert [one.attributions.count() for one in (old, new)] == [50, 50]
    clean()
    item = merged("party", old, new)
    for many, decide in ((1, approved), (2, undone)):
        item = decide(item)
        assert (states(), len(item.to_publish)) == ({"in_review", "published"}, 2)
        assert publish_merge_piece(item) == 0
        assert states() == {"published"}
        texts = ClaimVersion.objects.public().values_list("payload", flat=True)
        assert {len(read_document(text)["origins"]) for text in texts} == {many}
        clean()
