"""What a figure measures by the verb that governs it, and the question that asks for it."""

from __future__ import annotations

import pytest

from claims.reading.article import read_article
from claims.reading.asking.statement import Statement
from claims.reading.asking.statements import statements_of
from claims.reading.asking.wording import question_of

TITLE = "Storm at Vell"
LEAD = f"{TITLE}\n\nThe storm struck Vell on 3 May 2011. "


def drafted(sentence: str) -> list[Statement]:
    found = statements_of(read_article(LEAD + sentence, format="plain"))[0]
    return [one for one in found if not one.is_highlight]


def asked(sentence: str) -> list[str]:
    return [question_of(one.scope, TITLE).partition(" (")[0] for one in drafted(sentence)]


@pytest.mark.parametrize(
    ("sentence", "question", "unit"),
    [
        ("Later 78 branches were closed.", "How many branches were closed", ""),
        ("The court tried 14 soldiers.", "How many soldiers were tried", "people"),
        ("Three of her eight lifeboats were launched.", "How many lifeboats were launched", ""),
        ("A commission heard 47 witnesses.", "How many witnesses were heard", "people"),
        ("The town buried 88 bodies.", "How many bodies were buried", ""),
        ("The lifeboat picked up 52 people.", "How many people were rescued", "people"),
        ("Some 400 men lost their jobs.", "How many men lost their jobs", "people"),
        ("Of the tugs 64 ships lay idle.", "How many ships lay idle", ""),
        ("Nine men were never found.", "How many men went missing", "people"),
        ("The fire also killed 38 pit ponies.", "How many pit ponies were killed", ""),
        ("In all 37 seals died.", "How many seals were killed", ""),
        ("It left 52 widows and 137 orphans.", "How many widows were left behind", "people"),
        ("The garrison lost 12 guns.", "How many guns were lost", ""),
    ],
)
def test_the_verb_that_takes_a_number_names_its_measure(
    sentence: str, question: str, unit: str
) -> None:
    first = drafted(sentence)[0]
    words = question_of(first.scope, TITLE).partition(" (")[0].removesuffix(" on 3 May 2011")
    assert (words, first.scope.unit) == (question, unit)


@pytest.mark.parametrize(
    "sentence",
    [
        "The bank planned to close 78 branches.",
        "It would close 78 branches.",
        "It did not close 78 branches.",
        "He was sentenced to 14 years.",
    ],
)
def test_what_was_not_done_makes_no_draft(sentence: str) -> None:
    assert drafted(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "measure", "question"),
    [
        ("The airline was fined $4 million.", "fined", "How much was the airline fined"),
        ("A court fined the airline $4 million.", "fined", "How much was the airline fined"),
        ("Depositors withdrew $85 million.", "withdrawn", "How much money was withdrawn"),
        ("By then $85 million had been withdrawn.", "withdrawn", "How much money was withdrawn"),
        (
            "The government paid $2 million to the families.",
            "paid",
            "How much money was paid to the families by the government",
        ),
        (
            "The relief fund raised £21,600.",
            "raised",
            "How much money was raised by the relief fund",
        ),
        ("Insured damage came to $310 million.", "damage", "What was the damage"),
        ("The mill was insured for £27,000.", "insured", "For how much was the mill insured"),
    ],
)
def test_a_sum_is_asked_for_by_its_verb_or_noun(sentence: str, measure: str, question: str) -> None:
    (one,) = drafted(sentence)
    words = question_of(one.scope, TITLE).partition(" (")[0].removesuffix(" on 3 May 2011")
    assert (one.scope.measure, words) == (measure, question)


@pytest.mark.parametrize(
    "sentence",
    [
        "The town was given $4 million.",
        "The bank did not lend it and never paid $4 million.",
        "The owner refused to pay and would have spent $4 million.",
        "It hadn’t paid $4 million.",
        "They raised their estimate from $1 million.",
        "Shares worth of $4 million changed hands at $5.",
    ],
)
def test_a_sum_whose_verb_says_nothing_is_only_a_highlight(sentence: str) -> None:
    assert drafted(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "measure", "unit", "question"),
    [
        ("The fire burned 14,000 acres.", "area", "acres", "What area was burned"),
        ("Some 14,000 acres were burned.", "area", "acres", "What area was burned"),
        (
            "The slick covered 640 square kilometres.",
            "area",
            "square kilometres",
            "What area was covered by the slick",
        ),
        (
            "It spilled 6,000 tonnes of fuel oil.",
            "spilled_amount",
            "tonnes",
            "How many tonnes of fuel oil were spilled",
        ),
        (
            "Then 6,000 tonnes of oil had leaked.",
            "spilled_amount",
            "tonnes",
            "How many tonnes of oil were spilled",
        ),
        (
            "It fouled 310 kilometres of coastline.",
            "length",
            "kilometres",
            "What length of coastline was fouled",
        ),
        ("The wreck lies at a depth of 38 metres.", "depth", "metres", "What was the depth"),
        (
            "About 70 per cent of the housing was destroyed.",
            "share_of",
            "percent",
            "What share of the housing was destroyed",
        ),
    ],
)
def test_a_size_says_of_what_it_is(sentence: str, measure: str, unit: str, question: str) -> None:
    (one,) = drafted(sentence)
    words = question_of(one.scope, TITLE).partition(" (")[0].removesuffix(" on 3 May 2011")
    assert (one.scope.measure, one.scope.unit, words) == (measure, unit, question)


@pytest.mark.parametrize(
    "sentence",
    ["The road is 640 km long.", "It walked 6 miles.", "Some 30 per cent of them left."],
)
def test_a_size_of_nothing_that_is_named_is_only_a_highlight(sentence: str) -> None:
    assert drafted(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("The Greens won nine seats.", "How many seats did the Greens win"),
        (
            "The National Union took 49 of the 120 seats.",
            "How many seats did the National Union win",
        ),
        ("The Liberal Party received 812,440 votes.", "How many votes did the Liberal Party win"),
        (
            "The Greens won 6.3 per cent of the vote.",
            "What share of the vote did the Greens win",
        ),
        ("He won by 31 votes.", "How many votes was the majority"),
    ],
)
def test_seats_and_votes_are_those_of_who_won_them(sentence: str, question: str) -> None:
    assert [words.removesuffix(" on 3 May 2011") for words in asked(sentence)] == [question]


TABLE = """{{Infobox election
| election_name = Vell election
| party1 = [[Liberal Party]]
| party2 = Greens
| seats1 = 57
| seats2 = 9
}}
Elections were held in Vell on 3 May 2011.

{| class="wikitable"
! Party !! Votes !! %
|-
| National Union || 701,006 || 37.2
|}
"""


def test_a_line_and_a_row_are_of_the_party_that_they_name() -> None:
    found = statements_of(read_article(TABLE, format="wikitext"))[0]
    asks = [question_of(one.scope, "Vell election") for one in found if not one.is_highlight]
    assert [words.partition(" (")[0] for words in asks] == [
        "How many seats did the Liberal Party win",
        "How many seats did the Greens win",
        "How many votes did the National Union win",
        "What share of the vote did the National Union win",
    ]
