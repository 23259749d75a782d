"""Two rows become one, by two people where readers see it, and are two again."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from claims.audit.verification import verify_everything
from claims.choices import MergedNoun
from claims.domain.documents import read_document
from claims.errors import (
    DuplicateError,
    InvalidValueError,
    SelfApprovalError,
    StaleRevisionError,
    TransitionError,
    UnpublishableError,
)
from claims.models import (
    Assertion,
    Claim,
    ClaimVersion,
    Measure,
    Merge,
    Party,
    Source,
    Subject,
)
from claims.workflow.claims import draft_claim, edit_claim, relate_claims
from claims.workflow.disputes import open_dispute
from claims.workflow.evidence import add_assertion, change_assertion
from claims.workflow.identity import find_measure, find_party, find_source, find_subject
from claims.workflow.measures import edit_measure
from claims.workflow.merge_candidate import merge_witness
from claims.workflow.merge_moves import LINKS
from claims.workflow.merging import approve_merge, propose_merge, return_merge, unmerge
from claims.workflow.parties import edit_party
from claims.workflow.retiring import retire_claim
from claims.workflow.revert import revert_claim
from claims.workflow.review import submit_claim
from claims.workflow.sameness import MODELS, answer_sameness, ask_sameness
from claims.workflow.sources import (
    add_source,
    edit_source,
    rate_source,
    withdraw_source,
)
from claims.workflow.subjects import add_subject, edit_subject
from tests import factories as make

pytestmark = pytest.mark.django_db


def measure(**fields: Any) -> Measure:
    """One of its own."""
    return make.measure(slug=f"measure-{Measure.objects.count()}", **fields)


def merged(noun: str, old: Any, new: Any, **fields: Any) -> Merge:
    by = fields.pop("by", None) or make.contributor()
    return propose_merge(
        noun=noun, merged=old.pk, into=new.pk, by=by, reason="One and the same.", **fields
    )


def approved(merge: Merge) -> Merge:
    return approve_merge(
        merge=merge, by=make.editor(), reason="So it is.", witness=merge_witness(merge)
    )


def undone(merge: Merge) -> Merge:
    item = unmerge(merge=merge, by=make.contributor(), reason="They are two.")
    return approved(item) if item.state == "undoing" else item


def approve_all() -> None:
    for claim in Claim.objects.filter(state="in_review").order_by("pk"):
        make.approve(claim, by=make.second_editor())


def said(speaker: Party, point: int = 5, **fields: Any) -> Claim:
    """A public claim with one statement of the speaker."""
    claim = make.claim(measure=measure(), **fields)
    make.figure(claim, point, speaker=speaker)
    make.approve(claim)
    return Claim.objects.get(pk=claim.pk)


def clean() -> None:
    assert verify_everything().bad == []


def test_every_column_that_names_a_row_is_moved_or_known_to_stay():
    """A new link to a party, work, event, measure or claim has to be decided on here."""
    stays = {
        "claimversion.claim", "claimversion.subject", "claimversion.measure",
        "publishedfigure.claim", "publishedfigure.source", "publishedfigure.speaker",
        "publishedfigure.subject", "publishedfigure.measure", "publisheddispute.claim",
        "publisheddispute.subject", "publisheddispute.measure", "publishedsource.source",
        "publishedsubject.subject", "publishedanchor.claim", "borrowedrow.claim",
        "partyname.party", "sourcetitle.source", "subjecttitle.subject",
        "reviewevent.claim", "comment.claim", "dispute.claim",
        "claimrelation.from_claim", "claimrelation.to_claim",
    }  # fmt: skip
    found = {
        f"{model._meta.model_name}.{field.name}"
        for model in apps.get_app_config("claims").get_models()
        if not model.__name__.startswith("Historical")
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model in MODELS.values()
    }
    moved = {
        f"{link.model._meta.model_name}.{link.column.removesuffix('_id')}"
        for links in LINKS.values()
        for link in links
    }
    assert found == moved | stays
    assert set(LINKS) == set(MODELS) == set(MergedNoun.values)


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


def test_public_party_is_merged_by_two_people_and_claims_go_to_review():
    old, new = make.party("Agence"), make.party("Agency")
    claim = said(old)
    item = merged("party", old, new)
    assert item.state == "proposed"
    assert Assertion.objects.get().origin == old.ref
    item = approved(item)
    claim.refresh_from_db()
    assert (item.state, claim.state, claim.last_edited_by) == (
        "done", "in_review", make.contributor(),
    )  # fmt: skip
    before = read_document(ClaimVersion.objects.public().get().payload)
    assert before["figures"][0]["origin"] == old.ref
    approve_all()
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
    assert (below.parent, claim.state) == (new, "in_review")
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
    assert (claim.measure, claim.state) == (new, "in_review")
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


# Refusals, each in its own words.


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


def test_subjects_whose_claims_would_ask_the_same_wait_for_the_claims():
    one, two, what = make.subject(), make.subject(), measure()
    first, second = make.claim(subject=one, measure=what), make.claim(subject=two, measure=what)
    with pytest.raises(TransitionError, match=f"{first.ref} and {second.ref} would ask the same"):
        merged("subject", one, two)
    with pytest.raises(InvalidValueError, match="differ in the subject"):
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


def test_linked_claim_is_not_merged():
    one, two = pair()
    total = make.claim(subject=one.subject, measure=one.measure, population="all")
    relate_claims(
        from_claim=one, to_claim=total, kind="part_of_total", by=make.contributor(), reason="Part."
    )
    with pytest.raises(TransitionError, match="is linked to another claim"):
        merged("claim", one, two)


def test_claim_with_a_doubt_of_an_editor_is_not_merged():
    one, two = pair()
    open_dispute(claim=one, by=make.editor(), reason="I doubt it.")
    with pytest.raises(TransitionError, match="is open; decide it first"):
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


def used(noun: str) -> list[Any]:
    """Each way in which a person may still try to use a merged row."""
    signed = {"by": make.contributor(), "reason": "Needed."}
    chief = {"by": make.chief(), "reason": "Needed."}
    claim, party = make.claim(), make.claim("party")
    row = make.figure(claim, 5)
    speaks = [{"role": "speaker", "mode": "said"}]
    return {
        "party": [
            lambda old: edit_party(party=old, name="Other", **signed),
            lambda old: add_source(title="Report", publisher=old, **signed),
            lambda old: add_subject(title="S", kind="event", belligerents=[(old, "")], **signed),
            lambda old: change_assertion(
                assertion=row, attributions=[{"party": old, **speaks[0]}], **signed
            ),
            lambda old: make.figure(party, parties=[old]),
        ],
        "source": [
            lambda old: edit_source(source=old, title="Other", **signed),
            lambda old: rate_source(source=old, reliability="A", **chief),
            lambda old: withdraw_source(source=old, **chief),
            lambda old: add_assertion(claim=claim, source=old, point=7, **signed),
        ],
        "subject": [
            lambda old: edit_subject(subject=old, title="Other", **signed),
            lambda old: add_subject(title="Below", kind="event", parent=old, **signed),
            lambda old: draft_claim(question="How many?", subject=old, measure=measure(), **signed),
        ],
        "measure": [
            lambda old: edit_measure(measure=old, label="Other", **signed),
            lambda old: edit_claim(claim=make.claim(), measure=old, **signed),
        ],
    }[noun]


MAKERS = {
    "party": make.party,
    "source": make.source,
    "subject": make.subject,
    "measure": measure,
}


@pytest.mark.parametrize("noun", MAKERS)
def test_nobody_goes_on_using_a_merged_row(noun, subtests):
    maker = MAKERS[noun]
    old, new = maker(), maker()
    merged(noun, old, new)
    for number, use in enumerate(used(noun)):
        with subtests.test(number=number), pytest.raises(TransitionError, match="was merged into"):
            use(old)


def test_rows_are_what_they_were():
    """The merged row itself stays as it is."""
    for noun, maker in MAKERS.items():
        old, new = maker(), maker()
        before = {field.attname: getattr(old, field.attname) for field in old._meta.concrete_fields}
        merged(noun, old, new)
        old.refresh_from_db()
        after = {field.attname: getattr(old, field.attname) for field in old._meta.concrete_fields}
        assert before == after
    assert {Party, Source, Subject, Measure} < set(MODELS.values())
