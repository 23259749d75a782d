"""Dates and parties that disagree, as claims whose disputes arise from the evidence."""

from __future__ import annotations

import pytest

from claims.choices import DisputeKind, PartyMode
from claims.importers.articles import ImportedArticle, import_text
from claims.importers.intake.notes import TO_CONFIRM, dispute_kind_of
from claims.models import Assertion, Claim, Comment, Dispute
from claims.workflow.proposals import drop_claim
from tests import factories as make

pytestmark = pytest.mark.django_db

TITLE = "= War of Arden (1987) =\n\n"
TABLE = """

== Towns ==
| Town | Date captured | Held by |
| Lowick | 4 May | MNA |
"""
TOLD = f"{TITLE}Reuters reported that the rebels had captured Lowick on 6 May.{TABLE}"
HELD = f"{TITLE}On 4 May the FLA took control of Lowick.{TABLE}"
DEEDS = f"""{TITLE}On 24 May, after the battle, the ADF summarily executed 97 soldiers.

The army told Reuters that the MNA had carried out executions on 24 May. The MNA denied this.
"""


def take_in(text: str) -> ImportedArticle:
    return import_text(text, by=make.contributor())


def answers(claim: Claim) -> list[tuple[str, str, str]]:
    rows = Assertion.objects.for_evidence().filter(claim=claim).order_by("pk")
    return [
        (
            row.edtf or ", ".join(link.party.name for link in row.party_links.all()),
            row.stance,
            ", ".join(link.party.name for link in row.attributions.all()),
        )
        for row in rows
    ]


def test_rival_dates_are_one_claim_with_a_date_dispute():
    done = take_in(TOLD)

    claim = Claim.objects.get(measure__slug="date_captured")
    assert claim.question == "On what date was Lowick captured (War of Arden, 1987)?"
    assert answers(claim) == [("1987-05-04", "asserts", ""), ("1987-05-06", "asserts", "Reuters")]
    assert Dispute.objects.get(claim=claim).kind == DisputeKind.DATE
    assert (done.to_confirm, done.without_claim) == (0, [])


def test_rival_answers_are_anchored_and_the_articles_own_voice_needs_a_citation():
    done = take_in(TOLD)

    table, reuters = Assertion.objects.filter(claim__measure__slug="date_captured").order_by("pk")
    assert (table.anchors.get().exact, table.citation_needed) == ("4 May", True)
    assert reuters.anchors.get().exact in done.revision.text
    assert reuters.source.publisher.name == "Reuters"


def test_rival_holders_of_the_articles_own_voice_are_a_claim_with_a_note_to_confirm():
    done = take_in(HELD)

    claim = Claim.objects.get(measure__slug="held_by")
    assert claim.question == "Who held Lowick after its capture (War of Arden, 1987)?"
    assert [row[0] for row in answers(claim)] == ["MNA", "FLA"]
    note = Comment.objects.get(claim=claim, body__startswith=TO_CONFIRM)
    assert dispute_kind_of(note.body) == DisputeKind.ATTRIBUTION
    assert not Dispute.objects.exists()
    assert (done.to_confirm, done.without_claim) == (1, [])


def test_rival_doers_and_a_denial_are_an_attribution_and_a_denial_dispute():
    take_in(DEEDS)

    claim = Claim.objects.get(measure__slug="perpetrator")
    assert claim.question == "Who carried out the executions on 24 May 1987 (War of Arden, 1987)?"
    assert answers(claim) == [
        ("ADF", "asserts", ""),
        ("MNA", "asserts", "army, Reuters"),
        ("", "denies", "MNA"),
    ]
    kinds = set(Dispute.objects.filter(claim=claim).values_list("kind", flat=True))
    assert kinds == {DisputeKind.ATTRIBUTION, DisputeKind.DENIAL}


def test_the_parties_of_an_answer_and_its_speakers_are_the_same_rows():
    take_in(DEEDS)

    named = Assertion.objects.get(party_links__party__name="MNA")
    denial = Assertion.objects.get(stance="denies", claim=named.claim)
    assert named.party_links.get().party == denial.attributions.get().party
    assert named.party_mode == PartyMode.UNSPECIFIED


def test_either_of_two_parties_stays_either():
    take_in(
        f"{TITLE}Reuters said that the MNA or the FLA took Lowick on 4 May. "
        "The BBC said that the ADF took Lowick on 4 May."
    )

    claim = Claim.objects.get(measure__slug="captured_by")
    modes = list(claim.assertions.order_by("pk").values_list("party_mode", flat=True))
    assert modes == [PartyMode.EITHER, PartyMode.UNSPECIFIED]
    assert claim.subject.when == "1987-05-04"
    assert Dispute.objects.get(claim=claim).kind == DisputeKind.ATTRIBUTION


def test_a_conflict_that_does_not_say_on_what_is_no_claim():
    done = take_in(
        f"{TITLE}On 24 May the ADF bombed Lowick.\n\nOn 24 May the MNA carried out executions."
    )

    assert not Claim.objects.exists()
    assert len(done.without_claim) == 1


@pytest.mark.parametrize("text", [TOLD, HELD, DEEDS])
def test_importing_rival_answers_again_adds_nothing(text: str):
    take_in(text)
    before = Claim.objects.count(), Assertion.objects.count()

    for again in (text, text.replace(TITLE, f"{TITLE}Arden lies on the river.\n\n")):
        done = take_in(again)
        assert (done.drafted, done.extended) == ([], [])

    assert (Claim.objects.count(), Assertion.objects.count()) == before


def test_a_changed_date_is_another_answer_to_the_same_question():
    take_in(TOLD)

    (claim,) = take_in(TOLD.replace("6 May", "7 May")).extended

    assert [row[0] for row in answers(claim)] == ["1987-05-04", "1987-05-06", "1987-05-07"]


def test_dropped_rival_answers_are_not_proposed_again():
    take_in(TOLD)
    claim = Claim.objects.get(measure__slug="date_captured")
    drop_claim(claim=claim, by=make.contributor(), reason="Two captures.")
    moved = TOLD.replace(TITLE, f"{TITLE}Arden lies on the river.\n\n")

    assert take_in(moved).drafted == []


def test_a_measure_of_another_kind_under_the_same_word_is_left_alone():
    make.measure("text", slug="held_by")

    take_in(HELD)

    claim = Claim.objects.get(measure__value_kind="party")
    assert claim.measure.slug == "held_by-number"
