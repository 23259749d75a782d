"""Which figures of an article answer one question: day, place and people, however they are said."""

from __future__ import annotations

import pytest

from claims.reading.article import read_article
from claims.reading.asking.alike import event_date, same_sort
from claims.reading.asking.statement import Statement
from claims.reading.asking.statements import statements_of

LEAD = "Storm at Vell\n\nThe storm struck Vell on 3 May 2011 and killed 97 people. "


def said(text: str) -> list[Statement]:
    return statements_of(read_article(LEAD + text, format="plain"))[0]


@pytest.mark.parametrize(
    "again",
    [
        "A list of 1998 names 97 people who were killed.",
        "In Vell 97 people were killed.",
        "In 2011 it killed 97 victims.",
    ],
)
def test_the_day_and_place_of_the_event_need_not_be_said_twice(again: str) -> None:
    assert len({one.scope for one in said(f"Aid came on 9 May 2011. {again}")}) == 1


@pytest.mark.parametrize(
    "other",
    [
        "On 9 May 2011 a wall fell and killed 12 people.",
        "In Orl it killed 12 people.",
        "It killed 12 firefighters.",
        "By 1 May 2012 it had killed 112 people.",
    ],
)
def test_another_day_place_or_sort_of_people_is_another_question(other: str) -> None:
    assert len({one.scope for one in said(other)}) == 2


def test_a_count_up_to_a_day_is_asked_as_of_it() -> None:
    last = said("By 9 May 2011 some 40 men had been injured.")[-1]
    assert (last.scope.as_of, last.scope.when) == ("2011-05-09", "")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("marchers", "protesters", True),
        ("", "villagers", True),
        ("people, in all", "victims", True),
        ("soldiers", "civilians", False),
        ("", "women", False),
        ("", "of Velmark", False),
        ("Danes", "", False),
        ("Danes", "Swedes", False),
    ],
)
def test_other_nouns_for_one_crowd(one: str, other: str, *, same: bool) -> None:
    assert same_sort(one, other) is same


def test_rivals_of_another_sort_of_people_keep_their_own_question() -> None:
    text = "The guild said that 60 civilians died. The army said that 140 soldiers died."
    populations = {one.scope.population for one in said(text)}
    assert {"civilians", "soldiers"} <= populations


def test_the_date_of_the_event_is_that_of_the_infobox() -> None:
    box = "{{Infobox event | date = 7 May 1998 | deaths = 9 }}\nIn 1990 it was built."
    assert event_date(read_article(box, format="wikitext")) == "1998-05-07"
    assert event_date(read_article(LEAD, format="plain")) == "2011-05-03"
    assert event_date(read_article("Fire\n\nIt killed 9 people.", format="plain")) == ""


def test_the_row_of_a_sum_is_told_apart_only_from_another_of_its_sort() -> None:
    (one,) = [s for s in said("The airline was fined $4 million.") if s.scope.unit == "USD"]
    assert one.scope.population == ""
    both = said("The airline was fined $4 million. The pilot was fined $2,000.")
    assert {s.scope.population for s in both if s.scope.unit == "USD"} == {"airline", "pilot"}


def test_the_sort_of_people_is_known_from_a_rival_or_an_equal_count() -> None:
    rival = said("The guild said that 140 villagers had died.")
    equal = said("A list names 97 villagers who died.")
    for found in (rival, equal):
        assert {one.scope.population for one in found} <= {"villagers", ""}
    assert {one.scope.population for one in equal} == {"villagers"}


@pytest.mark.parametrize(
    ("sentence", "population"),
    [
        ("Of the dead 13 were boys under 16.", "boys"),
        ("Of those killed 40 were soldiers.", "soldiers"),
        ("Of the dead 13 were found.", ""),
        ("In all 112 were killed.", ""),
    ],
)
def test_those_that_the_words_behind_were_name(sentence: str, population: str) -> None:
    assert said(sentence)[-1].scope.population == population


@pytest.mark.parametrize("other", ["97 women", "12 villagers", "98 villagers"])
def test_another_count_or_part_of_the_people_stays_another_question(other: str) -> None:
    found = said(f"A list names {other} who died.")
    assert found[0].scope.population == ""
