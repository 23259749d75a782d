"""Right or silent: what makes a draft, and what is only a highlight, and why."""

from __future__ import annotations

import re

import pytest

from claims.reading.article import read_article
from claims.reading.asking.silence import Silence
from claims.reading.asking.statement import Statement
from claims.reading.asking.statements import count_highlights, statements_of
from claims.reading.asking.wording import question_of

LEAD = "Storm at Vell\n\nThe storm struck Vell on 3 May 2011. "


def said(sentence: str) -> list[Statement]:
    return statements_of(read_article(LEAD + sentence, format="plain"))[0]


def silences(sentence: str) -> dict[str, Silence]:
    return {one.quote: one.silence for one in said(sentence)}


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("The junta had 72 hours to give up control.", Silence.MEASURE),
        ("The dead filled eight trucks.", Silence.MEASURE),
        ("The new mast is 9 times as tall as the old one.", Silence.MEASURE),
        ("Fires broke out in three wards.", Silence.MEASURE),
        ("The rebels controlled 60 per cent of the province.", Silence.WHOLE),
        ("A toll of 40 per cent was feared.", Silence.WHOLE),
        ("The town was given $4 million.", Silence.MONEY),
    ],
)
def test_a_figure_without_a_measure_is_only_a_highlight(sentence: str, why: Silence) -> None:
    assert set(silences(sentence).values()) == {why}


@pytest.mark.parametrize(
    "sentence",
    [
        "The storm killed 97 people.",
        "Some 40 sailors were injured.",
        "The police arrested 12 men.",
        "It destroyed 31 houses.",
    ],
)
def test_a_figure_that_says_what_it_counts_makes_a_draft(sentence: str) -> None:
    (one,) = said(sentence)
    assert not one.is_highlight
    assert "…" not in question_of(one.scope, "Storm at Vell")


def test_a_rival_that_says_nothing_itself_answers_the_question_it_belongs_to() -> None:
    dead, rival = said("The army said that 97 soldiers were killed. The guild put the toll at 60.")
    assert dead.scope == rival.scope
    assert not rival.is_highlight


def test_highlights_are_counted_by_place() -> None:
    found = said("The dead filled eight trucks and five carts. The storm killed 97 people.")
    assert count_highlights(found) == 2


@pytest.mark.parametrize(
    "sentence",
    [
        "None of the 30 sailors drowned.",
        "None of the 30 people on board survived.",
        "Not one of the 30 passengers aboard was injured.",
        "Neither of the 2 pilots died.",
        "The 31 people in the hall were not injured.",
        "Three of the 40 miners were killed.",
        "It was not true that 30 people had died.",
        "Nine of the 120 passengers drowned.",
        "Of the 40 miners, three were rescued.",
    ],
)
def test_a_number_of_whom_the_words_count_nobody_is_only_a_highlight(sentence: str) -> None:
    denied = {str(one.value["point"]) for one in said(sentence) if one.silence == Silence.DENIED}
    assert denied == set(re.findall(r"\d+", sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "No sailor was paid more than $20.",
        "None of them had been paid over $20.",
        "He doubted that more than $3 million had been withdrawn.",
        "The losses did not, as feared, come to more than $3 million.",
        "The bank rejected claims that losses came to $20 million.",
    ],
)
def test_what_a_clause_says_of_nobody_or_calls_untrue_is_asserted_by_no_draft(
    sentence: str,
) -> None:
    assert not [one for one in said(sentence) if not one.is_highlight and one.value.get("low")]
    assert not [one for one in said(sentence) if not one.is_highlight and one.stance == "asserts"]


@pytest.mark.parametrize(
    ("sentence", "measures"),
    [
        ("A truck drove into the fair, killing 9 people and injuring 31.", ["killed", "injured"]),
        ("A bomb went off, killing at least 14 people and wounding 33.", ["killed", "injured"]),
        ("The gunman fired, wounding 31 people and killing 9.", ["injured", "killed"]),
        ("The blast killed 9 people and injured 31.", ["killed", "injured"]),
    ],
)
def test_a_figure_takes_the_verb_right_before_it(sentence: str, measures: list[str]) -> None:
    assert [one.scope.measure for one in said(sentence)] == measures


def test_two_numbers_that_the_text_does_not_oppose_open_no_dispute() -> None:
    first, second = said("The first wave killed 97 people. The second wave killed 140 people.")
    assert first.scope == second.scope
    assert [first.silence, second.silence] == [Silence.SPEAKS, Silence.RIVAL]


def test_two_numbers_that_the_text_opposes_are_both_drafted() -> None:
    both = said("The army said 97 people were killed, but the guild said that 140 were killed.")
    assert [one.silence for one in both] == [Silence.SPEAKS, Silence.SPEAKS]


def test_a_date_of_another_sentence_counts_until_the_article_names_a_second_one() -> None:
    first, second = said("It killed 97 people. Aid came on 9 May 2011. Some 40 men were injured.")
    assert (first.scope.when, second.scope.when) == ("2011-05-03", "")


INFOBOX = """{{Infobox military conflict
| conflict = Siege of Orl
| date = 7 May 1908
| combatant1 = %s
| combatant2 = [[Kingdom of Brun|Brun]]
| casualties1 = 40 killed
| casualties2 = 97 killed
}}
The siege was long.
"""


@pytest.mark.parametrize(
    "written",
    ["{{flag|Sweden}}<br />Orl", "{{flagicon|Sweden}} Sweden", "'''Sweden'''", "[[Sweden]]<br>Orl"],
)
def test_a_side_of_an_infobox_bears_its_name(written: str) -> None:
    found = statements_of(read_article(INFOBOX % written, format="wikitext"))[0]
    asked = [question_of(one.scope, "Siege of Orl").partition(" (")[0] for one in found]
    assert asked == ["How many people of Sweden were killed", "How many people of Brun were killed"]


def test_a_side_that_nobody_names_is_only_a_highlight() -> None:
    found = statements_of(read_article(INFOBOX % "", format="wikitext"))[0]
    assert [one.silence for one in found] == [Silence.OWNER, Silence.SPEAKS]
