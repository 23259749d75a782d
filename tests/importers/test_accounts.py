"""What somebody denies in words becomes a claim that is true or not."""

from __future__ import annotations

import pytest

from claims.choices import ClaimState, Stance
from claims.importers.articles import import_text
from claims.importers.proposals.accounts import LONGEST
from claims.importers.proposals.statement import Statement
from claims.importers.proposals.statements import statements_of
from claims.importers.proposals.wording import question_of
from claims.models import Assertion, Claim
from claims.reading.article import read_article
from tests import factories as make

TITLE = "Raid on Arden"


def denials_in(text: str, format: str = "plain") -> list[Statement]:  # noqa: A002
    reading = read_article(text, format=format, title=TITLE)
    statements, _ = statements_of(reading)
    return [one for one in statements if one.stance == Stance.DENIES]


def asked_by(text: str, format: str = "plain") -> list[str]:  # noqa: A002
    return [question_of(one.scope, TITLE) for one in denials_in(text, format)]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            "The army denied that its men had fired first.",
            "Is it true that “its men had fired first” (Raid on Arden)?",
        ),
        (
            "The council denied suggestions that the gate had been left open.",
            "Is it true that “the gate had been left open” (Raid on Arden)?",
        ),
        (
            "The company denied responsibility and suggested that sparks from a train began it.",
            "Is “responsibility” true of the company (Raid on Arden)?",
        ),
        (
            "The army denied having received any warning.",
            "Is “having received any warning” true of the army (Raid on Arden)?",
        ),
        (
            "Survivors recalled that guards had shut the doors. The owners rejected this account.",
            "Is it true that “guards had shut the doors” (Raid on Arden)?",
        ),
        (
            "It was rumoured that the captain had been drunk, which was denied by the crew.",
            "Is it true that “the captain had been drunk” (Raid on Arden)?",
        ),
        (
            'Jane Holt said that the rebels had burned "the old mill". The rebels denied this.',
            "Is it true that “the rebels had burned 'the old mill'” (Raid on Arden)?",
        ),
    ],
)
def test_what_is_denied_in_words_is_asked(text: str, question: str):
    assert asked_by(text) == [question]


def test_markup_does_not_stand_in_the_question():
    text = "The army denied that [[Arden (town)|Arden]]'s ''old'' mill<ref>Post</ref> was burned."

    assert asked_by(text, "wikitext") == [
        "Is it true that “Arden's old mill was burned” (Raid on Arden)?"
    ]


def test_a_long_account_is_shortened_between_words():
    (one,) = denials_in(f"The army denied that {'very ' * 60}many shots were fired.")

    assert len(one.scope.population) <= LONGEST
    assert one.scope.population.endswith("very…")


def test_a_denied_figure_is_no_account():
    (one,) = denials_in("The army denied that 60 people had been killed in Arden.")

    assert one.scope.measure == "killed"


def test_a_denial_that_names_its_own_matter_denies_no_figure_before_it():
    text = (
        "Residents said that at least 52 people had been killed in Arden. "
        "The army denied that the hall had been bombed."
    )

    assert asked_by(text) == ["Is it true that “the hall had been bombed” (Raid on Arden)?"]


@pytest.mark.parametrize(
    ("denial", "denied"),
    [("rejected this number as fantasy", ["5,000"]), ("rejected these numbers", ["140", "5,000"])],
)
def test_a_denial_of_one_number_is_of_the_last(denial: str, denied: list[str]):
    text = (
        "Observers said that 140 people had been arrested. Their leader, Jane Holt, told the "
        f"Arden Herald that 5,000 people had been injured. The minister {denial}."
    )
    statements, _ = statements_of(read_article(text, format="plain", title=TITLE))
    scopes = [one.scope for one in statements if one.stance == Stance.DENIES]

    found = [
        one.quote.split()[0]
        for one in statements
        if one.stance == Stance.ASSERTS and one.scope in scopes
    ]
    assert found == denied


def test_who_states_what_is_denied_stands_against_the_denial():
    said, denied = (
        one
        for one in statements_of(
            read_article(
                "According to witnesses, rubber bullets were fired. "
                "The minister denied that rubber bullets had been fired.",
                format="plain",
                title=TITLE,
            )
        )[0]
    )

    assert said.scope == denied.scope
    assert (said.value, said.stance, denied.stance) == ({"boolean": True}, "asserts", "denies")
    assert said.attribution is not None
    assert said.attribution.name == "witnesses"


@pytest.mark.django_db
def test_a_denied_account_is_drafted_once_and_stays_dropped():
    text = f"= {TITLE} =\n\nThe army denied that its men had fired first.\n"
    import_text(text, by=make.contributor())
    import_text(text, by=make.contributor())
    claim = Claim.objects.get()
    assert (claim.state, claim.contention) == (ClaimState.DRAFT, "disputed")
    assert Assertion.objects.count() == 1
