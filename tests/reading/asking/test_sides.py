"""Whose losses and forces a figure tells: the side of an infobox, or who is said to have lost."""

from __future__ import annotations

import pytest

from claims.reading.article import read_article
from claims.reading.asking.owners import verb_subject
from claims.reading.asking.silence import Silence
from claims.reading.asking.statement import Statement
from claims.reading.asking.statements import statements_of

BATTLE = """{{Infobox military conflict
| conflict = Battle of Torv
| date = 11 May 1809
| combatant1 = [[Sarnia]]
| combatant2 = [[Kingdom of Velmark|Velmark]]
| commander2 = Baron Lidde
| casualties1 = 1,150 killed
| casualties2 = 4,000–5,000
}}
The Sarnians met the Velmark army on 11 May 1809. %s
"""


def said(sentence: str) -> list[Statement]:
    found = statements_of(read_article(BATTLE % sentence, format="wikitext"))[0]
    return [one for one in found if one.places[0].char_start > BATTLE.index("The Sarnians")]


@pytest.mark.parametrize(
    ("sentence", "measure", "population"),
    [
        ("A Velmark column came up, and 210 of its soldiers drowned.", "killed", "of Velmark"),
        ("They captured 140 Sarnian soldiers.", "captured", "of Sarnia"),
        ("Lidde reported that 90 of his men had been killed.", "killed", "of Velmark"),
        ("The Sarnians lost 340 men.", "casualties", "of Sarnia"),
        ("Moor puts the Velmark losses at 4,500 men.", "casualties", "of Velmark"),
        ("Nine villagers were killed.", "killed", "villagers"),
    ],
)
def test_a_figure_is_of_the_side_that_the_words_name(
    sentence: str, measure: str, population: str
) -> None:
    (one,) = said(sentence)
    assert (one.scope.measure, one.scope.population) == (measure, population)
    assert not one.is_highlight


@pytest.mark.parametrize(
    "sentence", ["Some 340 men were killed.", "In the end 90 fighters were captured."]
)
def test_fighters_of_whom_nobody_says_for_which_side_are_only_a_highlight(sentence: str) -> None:
    assert [one.silence for one in said(sentence)] == [Silence.OWNER]


def test_what_an_infobox_calls_casualties_is_not_killed() -> None:
    found = statements_of(read_article(BATTLE % "", format="wikitext"))[0]
    assert [(one.scope.measure, one.scope.population) for one in found] == [
        ("killed", "of Sarnia"),
        ("casualties", "of Velmark"),
    ]


FLAGS = """{{Infobox military conflict
| conflict = Siege of Orl
| date = 7 May 1908
| combatant1 = {{flag|Sweden}}<br>{{flag|Denmark}}
| casualties1 = %s 150 soldiers killed<br>%s 40 soldiers killed
}}
The siege of 7 May 1908 was long.
"""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{{flagicon|Sweden}}", "{{flagicon|Denmark}}"),
        ("{{flag|Sweden}}:", "{{flag|Denmark}}:"),
        ("'''Sweden:'''", "'''Denmark:'''"),
    ],
)
def test_lines_told_apart_by_a_flag_or_in_bold_are_two_questions(first: str, second: str) -> None:
    found = statements_of(read_article(FLAGS % (first, second), format="wikitext"))[0]
    assert [one.scope.population for one in found] == ["of Sweden", "of Denmark"]
    assert not any(one.is_highlight for one in found)


def test_a_sort_of_people_in_an_infobox_is_no_side() -> None:
    text = FLAGS.replace("casualties1 = %s 150 soldiers", "casualties3 = '''Civilians:''' 150")
    (one, *_) = statements_of(read_article(text.replace("<br>%s 40 soldiers killed", "")))[0]
    assert (one.scope.population, one.is_highlight) == ("civilians", False)


@pytest.mark.parametrize(
    ("before", "subject"),
    [
        ("In 1962 the government of Orl later ", "the government of Orl"),
        ("On 9 May The Greens ", "the Greens"),
        ("The owner of the ship ", "the owner of the ship"),
        ("Halcyon Lines, it ", ""),
        ("and its crew ", ""),
        ("which ", ""),
        ("In 1962 ", ""),
    ],
)
def test_the_subject_of_a_verb_is_the_phrase_before_it(before: str, subject: str) -> None:
    assert verb_subject(before) == subject
