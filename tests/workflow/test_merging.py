"""Two rows become one, by two people where readers see it, and are two again."""

from __future__ import annotations

import pytest

from claims.domain.documents import read_document
from claims.errors import (
    SelfApprovalError,
    TransitionError,
    UnpublishableError,
)
from claims.models import (
    Assertion,
    Claim,
    ClaimVersion,
    Correction,
    Merge,
    Party,
    Source,
)
from claims.workflow.claims import edit_claim
from claims.workflow.identity import find_measure, find_party, find_source, find_subject
from claims.workflow.merging import approve_merge, return_merge, unmerge
from claims.workflow.revert import revert_claim
from claims.workflow.sameness import ask_sameness
from tests import factories as make
from tests.workflow.merges import approve_all, approved, clean, measure, merged, said, undone

pytestmark = pytest.mark.django_db


def test_parties_of_drafts_are_merged_at_once():
    old, new = make.party("Agence France-Presse", aliases=["afp"]), make.party("AFP")
    claim = make.claim()
    one, other = make.figure(claim, 5, speaker=old), make.figure(claim, 9, speaker=new)
    item = merged("party", old, new)
    assert (item.state, item.decided_by) == ("done", None)
    assert set(Assertion.objects.values_list("origin", flat=True)) == {new.ref}
    assert Claim.objects.get().contention == "single_origin"
    assert find_party("Agence France-Presse").row == new
    assert Party.objects.get(pk=new.pk).aliases == ["Agence France-Presse"]
    assert one.history.count() == 2
    assert other.history.count() == 1
    clean()


def test_public_party_is_merged_by_two_people_and_readers_get_it_at_once():
    old, new = make.party("Agence"), make.party("Agency")
    claim = said(old)
    item = merged("party", old, new)
    assert item.state == "proposed"
    assert Assertion.objects.get().origin == old.ref
    item = approved(item)
    claim.refresh_from_db()
    assert (item.state, claim.state, claim.last_edited_by) == (
        "done", "published", make.contributor(),
    )  # fmt: skip
    after = read_document(ClaimVersion.objects.public().get().payload)
    assert after["figures"][0]["origin"] == new.ref
    assert after["figures"][0]["speaker"]["name"] == "Agency"
    assert after["review"]["reason"] == "One and the same."
    clean()


def test_proposer_does_not_decide():
    old, new = make.party("Agence"), make.party("Agency")
    said(old)
    item = merged("party", old, new, by=make.editor())
    with pytest.raises(SelfApprovalError, match="somebody else must decide"):
        approve_merge(merge=item, by=make.editor(), reason="Mine.")
    with pytest.raises(SelfApprovalError, match="somebody else must decide"):
        return_merge(merge=item, by=make.editor(), reason="Mine.")


def test_proposer_may_not_approve_the_claims_that_change():
    old, new = make.party("Agence"), make.party("Agency")
    claim = said(old)
    edit_claim(claim=claim, by=make.editor(), reason="Wording.", question="How many boats?")
    by = make.account("editor", "third_editor")
    approved(merged("party", old, new, by=by))
    with pytest.raises(SelfApprovalError):
        make.approve(claim, by=by)


def test_parties_with_fifty_figures_each_are_merged_and_two_again():
    old, new = make.party("Agence"), make.party("Agency")
    subject = make.subject()
    claims = []
    for number in range(50):
        claim = make.claim(subject=subject, measure=measure())
        make.figure(claim, number, speaker=old)
        make.figure(claim, number + 100, speaker=new)
        claims.append(claim)
    make.approve(claims[0])
    make.approve(claims[1])
    before = {row.pk: row.origin for row in Assertion.objects.all()}
    contention = dict(Claim.objects.values_list("pk", "contention"))
    item = approved(merged("party", old, new))
    assert len(item.moved) == 51
    assert set(Assertion.objects.values_list("origin", flat=True)) == {new.ref}
    assert set(Claim.objects.values_list("contention", flat=True)) == {"single_origin"}
    approve_all()
    clean()
    item = undone(item)
    assert item.state == "undone"
    assert {row.pk: row.origin for row in Assertion.objects.all()} == before
    assert dict(Claim.objects.values_list("pk", "contention")) == contention
    approve_all()
    assert find_party("Agence").row == old
    assert Party.objects.get(pk=new.pk).aliases == []
    clean()


def test_links_that_would_stand_twice_are_dropped_and_come_back():
    old, new = make.party("Army"), make.party("The army", kind="armed_group")
    where = make.subject(belligerents=[(old, "north"), (new, "south")])
    claim = make.claim("party", subject=where)
    make.figure(claim, parties=[old, new])
    item = merged("party", old, new)
    assert [link.party for link in where.belligerent_links.all()] == [new]
    assert claim.assertions.get().party_links.get().party == new
    item = undone(item)
    assert {link.party for link in where.belligerent_links.all()} == {old, new}
    assert claim.assertions.get().party_links.count() == 2
    clean()


def test_publisher_of_a_public_work_is_corrected():
    old, new = make.party("Agence", kind="outlet"), make.party("Agency", kind="outlet")
    work = make.source(publisher=old)
    claim = make.claim()
    make.figure(claim, 5, source=work)
    make.approve(claim)
    approved(merged("party", old, new))
    assert Source.objects.get(pk=work.pk).publisher == new
    public = read_document(ClaimVersion.objects.public().get().payload)
    assert public["sources"][0]["publisher"] == {"ref": new.ref, "name": "Agency"}
    assert not Correction.objects.waiting().exists()
    clean()


def test_sources_are_merged_and_two_again():
    old, new = make.source("Report"), make.source("The report")
    claim = make.claim()
    row = make.figure(claim, 5, source=old, attributions=[])
    make.approve(claim)
    item = approved(merged("source", old, new))
    row.refresh_from_db()
    assert (row.source, row.origin) == (new, new.ref)
    assert find_source("Report").row == new
    approve_all()
    clean()
    undone(item)
    row.refresh_from_db()
    assert (row.source, row.origin) == (old, old.ref)
    approve_all()
    assert find_source("Report").row == old
    clean()


def test_subjects_are_merged_with_what_lies_below_them():
    army = make.party("Army")
    old = make.subject("Storm", belligerents=[(army, "north")])
    new = make.subject("The storm")
    below = make.subject("Harbour", parent=old)
    claim = make.published_claim(5, subject=below).claim
    item = approved(merged("subject", old, new))
    below.refresh_from_db()
    claim.refresh_from_db()
    assert (below.parent, claim.state) == (new, "published")
    assert new.belligerent_links.get().party == army
    assert find_subject("Storm").row == new
    approve_all()
    clean()
    undone(item)
    below.refresh_from_db()
    assert (below.parent, old.belligerent_links.count()) == (old, 1)
    clean()


def test_measures_are_merged():
    old, new = make.measure(slug="boats_lost"), make.measure(slug="lost-boats")
    claim = make.published_claim(5, measure=old).claim
    item = approved(merged("measure", old, new))
    claim.refresh_from_db()
    assert (claim.measure, claim.state) == (new, "published")
    assert find_measure("boats_lost").row == new
    approve_all()
    clean()
    undone(item)
    claim.refresh_from_db()
    assert claim.measure == old


def test_claims_are_merged_and_two_again():
    where, what = make.subject(), measure()
    old = make.published_claim(5, subject=where, measure=what, unit="persons").claim
    new = make.published_claim(9, subject=where, measure=what, unit="people").claim
    item = approved(merged("claim", old, new))
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, new.state, new.contention) == ("retired", "in_review", "disputed")
    tombstone = read_document(ClaimVersion.objects.current().get(claim=old).payload)
    assert (tombstone["status"], tombstone["merged_into"]) == ("retired", new.ref)
    approve_all()
    public = read_document(ClaimVersion.objects.public().get().payload)
    assert [figure["point"] for figure in public["figures"]] == [5, 9]
    clean()
    undone(item)
    old.refresh_from_db()
    assert (old.state, old.assertions.count()) == ("in_review", 1)
    with pytest.raises(UnpublishableError, match=f"Readers still have F1?.* with {new.ref}"):
        make.approve(old, by=make.second_editor())
    make.approve(new, by=make.second_editor())
    make.approve(old, by=make.second_editor())
    assert ClaimVersion.objects.public().count() == 2
    clean()


def test_author_of_a_merged_draft_may_not_approve_what_it_brought():
    where, what = make.subject(), measure()
    by = make.account("editor", "third_editor")
    new = make.published_claim(9, subject=where, measure=what, unit="people").claim
    old = make.claim(subject=where, measure=what, unit="persons")
    make.figure(old, 5, by=by)
    make.published_claim(1)  # an approval since, of something else
    merged("claim", old, new)
    with pytest.raises(SelfApprovalError):
        make.approve(new, by=by)
    make.approve(new, by=make.second_editor())


def test_author_of_the_merged_claim_does_not_approve_its_end():
    where, what = make.subject(), measure()
    old = make.published_claim(5, subject=where, measure=what, unit="persons").claim
    new = make.published_claim(9, subject=where, measure=what, unit="people").claim
    edit_claim(claim=old, by=make.editor(), reason="Wording.", question="How many people?")
    item = merged("claim", old, new)
    with pytest.raises(SelfApprovalError, match="somebody else must decide"):
        approve_merge(merge=item, by=make.editor(), reason="So it is.")
    assert approve_merge(merge=item, by=make.second_editor(), reason="So it is.").is_done


def test_merge_answers_what_was_asked_about_its_rows():
    one, two = make.party("Agence"), make.party("Agency")
    question = ask_sameness(
        noun="party", one=one.pk, other=two.pk, why="alike", by=make.editor(), reason="Seen."
    )
    merged("party", two, one)
    question.refresh_from_db()
    assert (question.answer, question.answered_by) == ("yes", make.contributor())


def test_merge_is_returned():
    old, new = make.party("Agence"), make.party("Agency")
    said(old)
    item = return_merge(merge=merged("party", old, new), by=make.editor(), reason="They are two.")
    assert (item.state, Assertion.objects.get().origin) == ("returned", old.ref)
    merged("party", old, new)


def test_undoing_is_returned():
    old, new = make.party("Agence"), make.party("Agency")
    said(old)
    item = approved(merged("party", old, new))
    item = unmerge(merge=item, by=make.contributor(), reason="They are two.")
    assert item.state == "undoing"
    item = return_merge(merge=item, by=make.editor(), reason="They are one.")
    assert (item.state, Assertion.objects.get().origin) == ("done", new.ref)


def test_chain_leads_to_its_end():
    first, second, third = (make.party(name) for name in ("One", "Two", "Three"))
    earlier = merged("party", first, second)
    later = merged("party", second, third)
    assert Merge.objects.survivor("party", first.pk) == third.pk
    assert Merge.objects.family("party", [first.pk]) == {first.pk, second.pk, third.pk}
    with pytest.raises(TransitionError, match="itself merged since; undo that first"):
        unmerge(merge=earlier, by=make.contributor(), reason="They are two.")
    undone(later)
    undone(earlier)
    assert Merge.objects.survivor("party", first.pk) is None


def test_reverted_claim_names_what_is_there_now():
    old, new = make.party("Agence"), make.party("Agency")
    claim = said(old)
    version = ClaimVersion.objects.get()
    approved(merged("party", old, new))
    approve_all()
    revert_claim(claim=claim, version=version, by=make.contributor(), reason="As it was.")
    assert Assertion.objects.get().attributions.get().party == new
