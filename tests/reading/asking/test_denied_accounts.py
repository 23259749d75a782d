"""What somebody denies in words becomes a claim that is true or not."""

from __future__ import annotations

import pytest

from claims.choices import ClaimState, Stance
from claims.importers.articles import import_text
from claims.models import Assertion, Claim
from claims.reading.article import read_article
from claims.reading.asking.denied_accounts import LONGEST
from claims.reading.asking.statement import Statement
from claims.reading.asking.statements import statements_of
from claims.reading.asking.wording import question_of
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
            "The company denied responsibility for the fire and suggested that a train began it.",
            "Is “responsibility for the fire” true of the company (Raid on Arden)?",
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


SAID = "The ministry said that the army burned the mill."
MILL = "the army burned the mill"


def true_that(words: str) -> str:
    return f"Is it true that “{words}” (Raid on Arden)?"


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        (
            f"{SAID} The rebels denied that. The mayor denied that too.",
            [("The rebels", MILL), ("The mayor", MILL)],
        ),
        (
            "Ann Brown said that the bridge fell, Bob Green denied it, and Carol White denied it.",
            [("Bob Green", "the bridge fell"), ("Carol White", "the bridge fell")],
        ),
        (
            "The army denied that it burned the mill and Jane Holt denied that she had seen it.",
            [("The army", "it burned the mill"), ("Jane Holt", "she had seen it")],
        ),
        (
            "The army denied that it burned the mill, and denied that it had fled.",
            [("The army", "it burned the mill"), ("The army", "it had fled")],
        ),
    ],
)
def test_each_denial_is_by_its_own_speaker(text: str, denied: list[tuple[str, str]]):
    found = [
        (one.attribution.name, one.scope.population)
        for one in denials_in(text)
        if one.attribution is not None
    ]
    assert found == denied


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        (
            "The mayor denied burning the mill. The rebels denied it too.",
            ["Is “burning the mill” true of the mayor (Raid on Arden)?"],
        ),
        (
            f"{SAID} The army, however, denied that and fled. The rebels rejected that.",
            [true_that(MILL)],
        ),
    ],
)
def test_a_denial_is_not_what_is_denied(text: str, questions: list[str]):
    assert asked_by(text) == questions


@pytest.mark.parametrize(
    "lead",
    [
        *("Nobody denied", "No one has denied", "Few denied", "None of the rebels denied"),
        *("Neither the army nor the rebels denied", "The army never denied"),
        "The army has never once denied",
        *("The army cannot deny", "The army neither confirmed nor denied"),
        *("The army refused to deny", "The army would have denied", "If the army denied"),
    ],
)
def test_what_nobody_denies_is_not_asked(lead: str):
    assert asked_by(f"{lead} that its men had burned the mill.") == []


@pytest.mark.parametrize("lead", ["No. 5 Squadron", "The army in May"])
def test_what_only_looks_like_nobody_denies(lead: str):
    assert asked_by(f"{lead} denied that its men fired.") == [true_that("its men fired")]


@pytest.mark.parametrize(
    "rest",
    [
        *("that firmly, in a statement", "that outright on Monday", "that in a statement"),
        *("that as propaganda", "that too", "that again", "that later", "that yesterday"),
        *("that on Monday", "that at once", "that angrily, calling it a lie"),
        *("that in a statement that it gave on Monday", "responsibility"),
        *("any wrongdoing", "responsibility in a statement"),
    ],
)
def test_a_denial_without_words_of_its_own_is_of_what_was_said(rest: str):
    assert asked_by(f"{SAID} The army denied {rest}.") == [true_that(MILL)]


def test_blame_denied_leaves_open_what_is_denied():
    statements, _ = statements_of(
        read_article(f"{SAID} The army denied responsibility.", format="plain", title=TITLE)
    )
    assert [one.doubts for one in statements if one.stance == Stance.ASSERTS] == [
        [f"“{MILL}”: what is denied is unclear"]
    ]


@pytest.mark.parametrize("rest", ["that", "responsibility", "any wrongdoing"])
def test_a_denial_of_nothing_said_is_not_asked(rest: str):
    assert asked_by(f"The army denied {rest}.") == []


@pytest.mark.parametrize(
    "clause",
    [
        *("only its men had fired", "family members had fired", "in March its men had fired"),
        "later attacks had been its work",
        "Gen. Alan J. Holt (b. 1950) had met Dr. Smith in St. Mary's at 5 a.m. on Monday",
        "Mary Smith and John Brown claimed benefits",
    ],
)
def test_a_clause_is_quoted_whole(clause: str):
    assert asked_by(f"The army denied that {clause}.") == [true_that(clause)]


@pytest.mark.parametrize(
    "rest",
    [
        ", and the rebels said that the army had",
        ", but Jane Holt said she had seen it",
        " and the rebels denied that they had seen it",
        "; the rebels laughed",
        ", said that it had fled, and left",
    ],
)
def test_a_second_clause_is_not_quoted(rest: str):
    assert asked_by(f"The army denied that it burned the mill{rest}.")[0] == true_that(
        "it burned the mill"
    )


def test_what_is_said_ends_before_the_denial_in_its_sentence():
    text = f"{SAID[:-1]}, and the rebels denied that they had burned the mill."
    said, denied = statements_of(read_article(text, format="plain", title=TITLE))[0]

    assert (said.quote, denied.scope.population) == (MILL, "they had burned the mill")


@pytest.mark.parametrize(
    ("text", "format", "words"),
    [
        ("denied that its men\nhad burned the mill.", "plain", "its men had burned the mill"),
        ("denied that its men had fled:\n\nthe river.", "plain", "its men had fled"),
        ("denied that the m\u200bi\u00adll burned.", "plain", "the mill burned"),
        ("denied that Holt &amp; Sons burned.", "wikitext", "Holt & Sons burned"),
        ("denied that [[File:M.jpg|A. [[Mill]]]] it fell.", "wikitext", "it fell"),
        ("denied that it <!-- M. -->[[Category:M]]fell.", "wikitext", "it fell"),
        ("denied that 'its men had fired.", "plain", "its men had fired"),
    ],
)
def test_only_the_words_that_are_read_are_quoted(text: str, format: str, words: str):  # noqa: A002
    assert asked_by(f"The army {text}", format) == [true_that(words)]


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
