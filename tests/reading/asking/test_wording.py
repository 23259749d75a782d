"""The questions that an import asks: well formed, naming event, what is counted and whose it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from claims.reading.article import read_article
from claims.reading.asking.nouns import counts_people, noun_of
from claims.reading.asking.statements import statements_of
from claims.reading.asking.terms import scopes_of
from claims.reading.asking.wording import question_of
from claims.reading.proposals import ProposedFigure

ARTICLES = sorted((Path(__file__).parents[1] / "articles").glob("*.[tw]*"))
TITLE = "Raid on Arden (1987)"
LEAD = f"= {TITLE} =\n\nOn 4 May 1987, rebels raided Arden. "


def questions(text: str) -> list[str]:
    reading = read_article(text)
    return [question_of(scope, reading.title) for scope in scopes_of(reading)]


def figure(text: str) -> ProposedFigure:
    return read_article(LEAD + text).figures[0]


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        (
            "The raid killed 12 villagers in Lowick.",
            "How many villagers were killed in Lowick on 4 May 1987",
        ),
        ("It left 2 soldiers and 1 rebel dead.", "How many soldiers were killed on 4 May 1987"),
        (
            "A girl was killed and ten other women and children injured.",
            "How many women and children were injured on 4 May 1987",
        ),
        ("The rebels captured 40 soldiers.", "How many soldiers were taken prisoner on 4 May 1987"),
        (
            "Later 60 people, mostly Ardeners, had fled reprisals.",
            "How many people were displaced on 4 May 1987",
        ),
        ("About 600 fighters took part.", "How many fighters took part on 4 May 1987"),
        (
            "More than 13 million Ardeners are expected to be affected by drought.",
            "How many Ardeners were expected to be affected on 4 May 1987",
        ),
        (
            "Up to 400 people a day were killed.",
            "How many people were killed per day on 4 May 1987",
        ),
    ],
)
def test_question_names_what_is_counted_where_and_when(sentence: str, question: str):
    assert questions(LEAD + sentence)[0] == f"{question} (Raid on Arden, 1987)?"


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        (
            "The junta had 72 hours to relinquish control before the borders closed.",
            "How many hours are meant in “The junta had … hours to relinquish control”",
        ),
        (
            "A 72-hour deadline was set.",
            "How many hours are meant in “A …-hour deadline was set”",
        ),
        (
            "The rebels controlled one third of the province.",
            "What share is meant in “The rebels controlled … of the province”",
        ),
        (
            "The army removed the dead in eight trucks.",
            "How many trucks are meant in “The army removed the dead in … trucks”",
        ),
        (
            "A commission heard 500 people and exhumed 117 bodies.",
            "How many people are meant in “A commission heard … people and exhumed 117 bodies”",
        ),
        (
            "They handed back $210 million.",
            "How much money is meant in “They handed back …”",
        ),
        (
            "Two soldiers had come along.",
            "How many soldiers are meant in “… soldiers had come along”",
        ),
    ],
)
def test_question_quotes_the_article_where_no_measure_fits(sentence: str, question: str):
    asked = questions(LEAD + sentence)[0]

    assert asked.startswith(question)
    assert asked.endswith(" on 4 May 1987 (Raid on Arden, 1987)?")


def test_a_figure_without_a_measure_is_in_doubt():
    (one,) = statements_of(read_article(f"{LEAD}The dead filled eight trucks."))[0]

    assert one.doubts == ["“eight”: what is counted is unclear"]


def test_unclear_figures_of_one_noun_are_two_questions():
    asked = questions(f"{LEAD}The junta had 72 hours. Later it got 48 hours more.")

    assert len(set(asked)) == 2


INFOBOX = """= Raid on Arden (1987) =

Infobox
- Strength1: 7,000 regulars
- Strength2: MNLA: 3,000
- Casualties1: 200 killed or missing, 400 captured, Total: 1,000 killed, captured or deserted
- Deaths: 12
- Confirmed cases: 30

The raid on Arden took place on 4 May 1987. The MNLA led it.
"""


def test_questions_on_an_infobox_name_side_owner_or_label():
    assert [one.removesuffix(" (Raid on Arden, 1987)?") for one in questions(INFOBOX)] == [
        "How many regulars on side 1 were in the field",
        "How many people of the MNLA were in the field",
        "How many people on side 1 were killed or missing",
        "How many people on side 1 were taken prisoner",
        "How many people on side 1 were killed, captured or deserted",
        "How many people were killed in all",
        "How many confirmed cases were there",
    ]


def test_scopes_that_differ_by_letter_case_are_one():
    text = f"{LEAD}Rebels killed 12 Traders in Lowick. They killed 14 traders in Lowick."
    first, second = scopes_of(read_article(text))

    assert first == second
    assert first.population == "Traders"


@pytest.mark.parametrize(
    ("sentence", "noun"),
    [
        ("Three army units gave up trying.", "army units"),
        ("They looted 20 tons of food from a store.", "tons of food"),
        ("They walked 12 km south of Lowick.", "kilometres"),
        ("One rebel was shot.", "rebels"),
        ("One man was shot.", "men"),
        ("One of the three helicopters broke down.", "helicopters"),
        ("They counted 58 direct hits.", "direct hits"),
        ("There were 12 others.", ""),
        ("We buried five or six a day.", ""),
    ],
)
def test_noun_of_keeps_what_is_counted(sentence: str, noun: str):
    assert noun_of(figure(sentence)) == noun


@pytest.mark.parametrize(
    ("noun", "people"),
    [
        ("nurses", True),
        ("government soldiers", True),
        ("Ardeners", True),
        ("", True),
        ("helicopters", False),
        ("hours", False),
        ("bodies", False),
        ("towns", False),
    ],
)
def test_counts_people_tells_people_from_things(noun: str, people: bool):
    assert counts_people(noun) is people


def test_a_row_that_begins_with_a_year_is_about_that_year():
    table = '{| class="wikitext"\n! Year !! Population\n|-\n| 1901 || 15,230\n|}\n'
    (scope,) = scopes_of(read_article(f"'''Brack''' is a town.\n\n{table}", title="Brack"))

    assert (scope.place, scope.when) == ("", "1901")
    assert question_of(scope, "Brack") == "How many people lived there in 1901 (Brack)?"


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_every_question_of_the_annotated_articles_is_well_formed(path: Path):
    reading = read_article(path.read_text(encoding="utf-8"))

    for scope in scopes_of(reading):
        asked = question_of(scope, reading.title or "It")
        assert re.match(r"(?:How many|How much|What|Who|On what date) [^ ]", asked), asked
        assert asked.endswith(")?")
        assert len(asked) <= 300
        assert not re.search(
            r"  | [,;]|\(\)|[\[\]{}|]|\b(?:the|of) (?:are|is|were) meant", asked
        ), asked


def test_an_answer_in_the_same_paragraph_is_about_the_same_place() -> None:
    text = (
        "The Relief Council said that 90 students were displaced in Bensk on 16 January 1982. "
        "According to Radio Corvin, 116 students were displaced.\n\n"
        "Elsewhere 40 students were displaced.\n"
    )
    first, second, third = scopes_of(read_article(text, title="Flood"))
    assert first == second
    assert (first.place, third.place) == ("Bensk", "")
