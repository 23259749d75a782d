"""A changed article: what is found again, what moves, what is lost, what readers see."""

from __future__ import annotations

import pytest

from claims.choices import AnchorStatus, ClaimState
from claims.domain.documents import read_document
from claims.models import Anchor, ArticleRevision, Claim, PublishedAnchor
from claims.workflow.anchors import follow_anchors
from claims.workflow.articles import add_article
from claims.workflow.candidate import document_of
from claims.workflow.evidence import withdraw_assertion
from claims.workflow.texts import approve_revision
from tests import factories as make

pytestmark = pytest.mark.django_db

FIRST = "= Ambush =\n\nOfficials said that about 60 people were killed near the ford at dawn.\n"


def anchored_claim(revision: ArticleRevision, quote: str) -> Claim:
    claim = make.claim()
    start = revision.text.index(quote)
    place = {"revision": revision, "start": start, "end": start + len(quote)}
    make.figure(claim, 60, approximate=True, quote=quote, anchors=[place])
    return claim


def next_revision(text: str) -> ArticleRevision:
    return add_article(by=make.contributor(), reason="New text.", title="Ambush", text=text)


def follow(revision: ArticleRevision):
    return follow_anchors(revision=revision, by=make.contributor(), reason="New text.")


def test_follow_anchors_finds_an_exact_quote_at_its_new_place():
    claim = anchored_claim(make.article("Ambush", FIRST), "about 60 people were killed")
    newer = next_revision(FIRST.replace("Officials", "That evening officials"))

    followed = follow(newer)

    anchor = Anchor.objects.get(revision=newer)
    assert (followed.exact, followed.moved, followed.orphaned) == (1, 0, ())
    assert newer.text[anchor.start : anchor.end] == "about 60 people were killed"
    entry = document_of(claim)["figures"][0]["anchors"]
    assert [place["revision"] for place in entry] == [1]  # readers know of no other text
    approve_revision(revision=newer, by=make.editor(), reason="Read.")
    entry = document_of(claim)["figures"][0]["anchors"]
    assert [place["revision"] for place in entry] == [newer.number]


def test_follow_anchors_moves_with_changed_words_when_the_number_is_the_same():
    anchored_claim(make.article("Ambush", FIRST), "about 60 people were killed near the ford")
    newer = next_revision(FIRST.replace("people were killed", "people had been killed"))

    assert follow(newer).moved == 1


def test_follow_anchors_orphans_a_quote_whose_number_changed():
    anchored_claim(make.article("Ambush", FIRST), "about 60 people were killed")
    newer = next_revision(FIRST.replace("60", "82"))

    followed = follow(newer)

    assert [anchor.status for anchor in followed.orphaned] == [AnchorStatus.ORPHANED]
    assert not Anchor.objects.filter(revision=newer).exists()


def test_follow_anchors_twice_adds_nothing():
    anchored_claim(make.article("Ambush", FIRST), "about 60 people were killed")
    newer = next_revision(FIRST + "More followed.\n")
    follow(newer)

    again = follow(newer)

    assert (again.exact, again.moved, again.orphaned) == (0, 0, ())
    assert Anchor.objects.filter(revision=newer).count() == 1


def test_approving_a_new_text_moves_the_published_marks_without_another_review():
    claim = anchored_claim(make.article("Ambush", FIRST), "about 60 people were killed")
    version = make.approve(claim)
    newer = next_revision(FIRST.replace("Officials", "That evening officials"))
    assert PublishedAnchor.objects.get().revision.number == 1

    approve_revision(revision=newer, by=make.editor(), reason="Read.")

    mark = PublishedAnchor.objects.get()
    assert mark.revision == newer
    assert newer.text[mark.start : mark.end] == "about 60 people were killed"
    assert Claim.objects.get(pk=claim.pk).state == ClaimState.PUBLISHED
    assert read_document(version.payload)["figures"][0]["anchors"][0]["revision"] == 1


def test_approving_the_first_text_marks_what_was_published_before_it():
    revision = make.article("Ambush", FIRST, approved=False)
    claim = anchored_claim(revision, "about 60 people were killed")
    make.approve(claim)
    assert not PublishedAnchor.objects.exists()

    approve_revision(revision=revision, by=make.editor(), reason="Read.")

    mark = PublishedAnchor.objects.get()
    assert (mark.revision, mark.claim) == (revision, claim)


def test_approving_a_new_text_drops_the_mark_of_a_changed_number():
    make.approve(anchored_claim(make.article("Ambush", FIRST), "about 60 people were killed"))
    newer = next_revision(FIRST.replace("60", "82"))

    approve_revision(revision=newer, by=make.editor(), reason="Read.")

    assert not PublishedAnchor.objects.exists()


def test_publishing_marks_the_approved_text_and_not_a_newer_unapproved_one():
    claim = anchored_claim(make.article("Ambush", FIRST), "about 60 people were killed")
    newer = next_revision(FIRST.replace("Officials", "That evening officials"))
    follow(newer)

    make.approve(claim)

    mark = PublishedAnchor.objects.get()
    assert mark.revision.number == 1
    assert mark.revision.text[mark.start : mark.end] == "about 60 people were killed"


def test_follow_anchors_follows_withdrawn_statements_and_lists_no_loss_of_theirs():
    claim = anchored_claim(make.article("Ambush", FIRST), "about 60 people were killed")
    withdraw_assertion(
        assertion=claim.assertions.get(), by=make.contributor(), reason="Not a figure."
    )

    assert follow(next_revision(FIRST + "More followed.\n")).exact == 1
    assert follow(next_revision(FIRST.replace("60", "82"))).orphaned == ()
