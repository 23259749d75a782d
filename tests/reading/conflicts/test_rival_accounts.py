"""Denials that hang on a claim, blame laid twice and events dated twice are proposed."""

import pytest

from claims.reading.article import read_article

DENIED = [
    "In 2010 a charity alleged that 37 prisoners had been shot, an accusation the army rejected.",
    "Residents accused the company of dumping chemicals in the river, which it denies.",
    "Prisoners said they had been beaten, claims the prison director described as false.",
    "The authority said fire engines had arrived promptly. Passengers disputed this.",
    "The minister called the allegations baseless.",
]
BLAMED = [
    "The opposition blamed the army for the bombing on 3 May 1999. The army blamed rebels.",
    "The government blamed it on separatists; the separatists said the police had carried it out.",
    "Witnesses said soldiers had opened fire first. The army said that rebels had attacked first.",
    "The Front claimed responsibility for the bombing, but the police attributed it to a rival.",
    "According to the police, the fire was started by squatters. Residents blamed the landlord.",
    "He was shot by a sniper, the army said, but his men maintain that he was killed later.",
]
DATED = [
    "The treaty was signed on 4 May 1720 according to Hald, on 9 May according to the chronicle.",
    "The ministry says it began on 3 March 1998, while the union dates it to 27 February.",
    "Most sources date the battle to 1214, although the annals place it in 1217.",
]
PEACEFUL = [
    "The army blamed the rebels for the fire. On 5 May it blamed the rebels for a raid.",
    "The rebels took Arle on 3 May 1999 and Brix on 5 May 1999.",
    "The treaty was signed on 4 May 1720 and ratified on 9 June 1720.",
    "The minister disputed the election in 1999, which his party won.",
    "The house was built in 1720, but the owners maintain that they never lived there in 1799.",
]


def kinds(text: str) -> list[str]:
    """Return the kinds of the conflicts that are proposed."""
    return [conflict.kind for conflict in read_article(text).conflicts]


@pytest.mark.parametrize("text", DENIED)
def test_denial_behind_a_claim_is_proposed(text: str) -> None:
    assert "denied" in kinds(text)


@pytest.mark.parametrize("text", BLAMED)
def test_blame_laid_at_two_doors_is_proposed(text: str) -> None:
    assert "attribution disagrees" in kinds(text)


@pytest.mark.parametrize("text", DATED)
def test_event_dated_twice_is_proposed(text: str) -> None:
    assert "dates disagree" in kinds(text)


@pytest.mark.parametrize("text", PEACEFUL)
def test_accounts_that_can_all_hold_are_no_conflict(text: str) -> None:
    assert kinds(text) == []


def test_members_are_the_claim_and_its_denial() -> None:
    text = "Residents accused the company of dumping oil in the river, which it denies."
    (conflict,) = read_article(text).conflicts
    words = [text[member.char_start : member.char_end] for member in conflict.members]
    assert words == [
        "Residents accused the company of dumping oil in the river",
        "which it denies.",
    ]
