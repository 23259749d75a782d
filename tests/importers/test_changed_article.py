"""An article that comes again, changed or not: what is kept, what is new, what stays dropped."""

from __future__ import annotations

import pytest

from claims.choices import AnchorStatus, AssertionStatus, ClaimState
from claims.domain.documents import read_document
from claims.importers.articles import ImportedArticle, import_text
from claims.management.commands.import_article import counts_table
from claims.models import Assertion, Claim, ClaimVersion
from claims.workflow.evidence import withdraw_assertion
from claims.workflow.proposals import drop_claim
from tests import factories as make

pytestmark = pytest.mark.django_db

RAID = """= Raid on Arden (1987) =

== The raid ==

On 4 May 1987, rebels raided Arden. The mayor, Jane Holt, said that about 60 people had been \
killed in Arden. A rescue worker told Reuters that 97 people had been killed in Arden.

== Aftermath ==

The Red Cross said that 1,200 people were injured.
"""
NOW_82 = RAID.replace("97", "82")
MORE_WORDS = RAID.replace("== The raid ==", "== The raid ==\n\nArden lies on the river Ardle.")


def take_in(text: str = RAID) -> ImportedArticle:
    return import_text(text, by=make.contributor())


def killed() -> Claim:
    return Claim.objects.get(measure__slug="killed")


def drop(claim: Claim) -> None:
    drop_claim(claim=claim, by=make.contributor(), reason="Misread.")


def sizes() -> tuple[int, int]:
    return Claim.objects.count(), Assertion.objects.count()


def test_an_unchanged_statement_is_known_at_its_new_place():
    first = take_in()
    before = sizes()

    done = take_in(MORE_WORDS)

    assert (done.revision.number, sizes()) == (2, before)
    assert (done.drafted, done.extended, done.assertions) == ([], [], 0)
    assert done.followed is not None
    assert (done.followed.exact, done.followed.orphaned) == (first.revision.anchors.count(), ())
    for anchor in done.revision.anchors.all():
        assert done.revision.text[anchor.start : anchor.end] == anchor.exact


def test_a_text_that_is_not_new_has_nothing_to_follow():
    assert take_in().followed is None
    assert take_in().followed is None


def test_a_changed_number_is_another_statement_of_the_same_claim():
    take_in()
    old = Assertion.objects.get(point=97)
    claims = Claim.objects.count()

    done = take_in(NOW_82)

    old.refresh_from_db()
    assert old.status == AssertionStatus.LIVE
    assert [anchor.status for anchor in old.anchors.all()] == [AnchorStatus.ORPHANED]
    assert done.followed is not None
    assert [anchor.assertion for anchor in done.followed.orphaned] == [old]
    new = Assertion.objects.get(point=82)
    assert (new.claim, Claim.objects.count()) == (old.claim, claims)
    assert new.anchors.get().revision == done.revision
    assert new.history.latest().history_change_reason.startswith("The article now says 82")


def test_a_changed_number_leaves_what_readers_see():
    take_in()
    version = make.approve(killed())

    take_in(NOW_82)

    assert killed().state == ClaimState.DRAFT
    (public,) = ClaimVersion.objects.public()
    assert (public.pk, public.payload) == (version.pk, version.payload)
    figures = read_document(public.payload)["figures"]
    assert "82" not in {words for one in figures for words in (one["words"], one["quote"])}


def test_the_table_lists_each_orphaned_place():
    take_in()

    lines = counts_table(take_in(NOW_82))

    old = Assertion.objects.get(point=97)
    assert "  anchors: 2 exact, 0 moved, 1 orphaned" in lines
    assert f"  orphaned {old.claim.ref} {old.ref}: “97”" in lines


@pytest.mark.parametrize("text", [RAID, MORE_WORDS])
def test_a_dropped_claim_is_not_proposed_again(text: str):
    take_in()
    drop(killed())
    before = sizes()

    done = take_in(text)

    assert (done.drafted, sizes()) == ([], before)
    assert done.known


@pytest.mark.parametrize("text", [RAID, MORE_WORDS])
def test_a_withdrawn_statement_is_not_proposed_again(text: str):
    take_in()
    withdraw_assertion(
        assertion=Assertion.objects.get(point=97), by=make.contributor(), reason="Misread."
    )
    before = sizes()

    done = take_in(text)

    assert (done.extended, sizes()) == ([], before)


def test_a_dropped_statement_is_not_proposed_where_the_article_repeats_it():
    take_in()
    drop(killed())
    before = sizes()
    again = (
        "On 4 May 1987, the mayor, Jane Holt, said that about 60 people had been killed in Arden."
    )

    done = take_in(f"{RAID}\n{again}\n")

    assert (done.drafted, sizes()) == ([], before)


def test_a_number_that_changed_after_the_drop_is_proposed():
    take_in()
    drop(killed())

    done = take_in(NOW_82)

    (claim,) = done.drafted
    assert set(claim.assertions.values_list("point", flat=True)) == {82}


ARDEN, CORVIN, DELFT = (
    f"In {town} 10 people were killed." for town in ("Arden", "Corvin", "Delft")
)


def places_of(done: ImportedArticle) -> dict[str, str]:
    """The town that each live claim asks about, with the sentence that it is anchored in."""
    found = {}
    for anchor in done.revision.anchors.select_related("assertion__claim"):
        text = done.revision.text
        start = text.rfind("In ", 0, anchor.start)
        found[anchor.assertion.claim.question] = text[start : anchor.end]
    return found


@pytest.mark.parametrize("gap", [" ", "\n\n"])
def test_a_statement_that_is_gone_does_not_move_to_another_with_the_same_number(gap: str):
    title = "= Raids =\n\n"
    take_in(title + ARDEN + gap + CORVIN)

    done = take_in(title + CORVIN + gap + "The end.")

    assert done.followed is not None
    assert (done.followed.exact, len(done.followed.orphaned)) == (1, 1)
    assert [one.assertion.claim.subject.place for one in done.followed.orphaned] == ["Arden"]


def test_statements_that_change_places_keep_their_sentences():
    title = "= Raids =\n\n"
    take_in(f"{title}{ARDEN}\n\n{CORVIN}\n\n{DELFT}")

    done = take_in(f"{title}{DELFT}\n\n{ARDEN}")

    assert done.followed is not None
    assert len(done.followed.orphaned) == 1
    for question, sentence in places_of(done).items():
        assert sentence.split()[1] in question


def test_the_same_number_at_another_place_is_another_fact():
    title = "= Raids =\n\n"
    take_in(title + ARDEN)

    done = take_in(title + CORVIN)

    assert done.followed is not None
    assert len(done.followed.orphaned) == 1
    assert [claim.subject.place for claim in done.drafted] == ["Corvin"]


def test_a_dropped_statement_does_not_hide_the_same_number_at_another_place():
    title = "= Raids =\n\n"
    drop(take_in(title + ARDEN).drafted[0])

    assert [claim.subject.place for claim in take_in(title + CORVIN).drafted] == ["Corvin"]
