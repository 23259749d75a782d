"""What is counted and what is not, sentence by sentence."""

from decimal import Decimal

import pytest

from claims.domain.quantity import Figure
from claims.reading.article import read_article

SENTENCES = [
    ("A passenger in row 22 waited twenty minutes.", ["twenty"]),
    ("A herder of 41, who lost 12 cows, fled.", ["12"]),
    ("The 34-year-old driver lost a crew of eight.", ["eight"]),
    ("Hospital logs showed only four.", ["four"]),
    ("There was a riot in which one man died.", ["one"]),
    ("It was serogroup 1 in three samples.", ["three"]),
    ("He scored 3 goals in a 4\u20131 victory before 31,000 fans.", ["3", "31,000"]),
    ("Flight 93 carried 44 people, among them 7 crew; seat 14A was empty.", ["44", "7"]),
    ("The bill passed 61\u201340 with 3 abstentions.", ["3"]),
    ("No one was hurt, but one of the two engines failed.", ["No one", "one", "two"]),
    ("A crowd that police estimated at 1,500 came.", ["1,500"]),
    ("Maria Silva (24) was among 30 dead.", ["30"]),
    ("He died at the age of 62, the oldest was 81.", []),
    ("At twenty past four 3 men left.", ["3"]),
    ("By half past nine the hall was full; at five o'clock 9 left.", ["9"]),
    ("As section 4 shows, 12 men died; see note 3.", ["12"]),
    ("In grid square 14B they found 3 bodies.", ["3"]),
    ("It lies at 51.5 N, 3.2 W.", []),
    ("The toll was corrected from 60 to 97.", ["60", "97"]),
    ("The figure was amended from 60 to 97.", ["60", "97"]),
    ("From 40 to 45 per cent stayed away.", ["From 40 to 45 per cent"]),
]


@pytest.mark.parametrize(("sentence", "figures"), SENTENCES)
def test_figures_are_told_from_other_numbers(sentence: str, figures: list[str]) -> None:
    read = [figure.quote for figure in read_article("A title of no use\n\n" + sentence).figures]
    assert [quote for quote, part in zip(read, figures, strict=True) if part not in quote] == []


def test_perhaps_is_about_and_never_more_than_is_a_limit() -> None:
    text = "A title of no use\n\nIt held perhaps 18,000 people and never more than 1,500 guards."
    people, guards = read_article(text).figures
    assert people.figure == Figure(point=Decimal(18_000), approximate=True)
    assert guards.figure == Figure(high=Decimal(1500))


def test_an_estimate_by_somebody_is_no_rounding() -> None:
    text = "A title of no use\n\nA crowd that police estimated at 1,500 came."
    assert not read_article(text).figures[0].figure.approximate


POLARITIES = [
    ("None of the 30 sailors survived.", [("None", "survived", 0), ("30", "", 30)]),
    ("No one was killed.", [("No one", "killed", 0)]),
    ("Not one soldier was wounded.", [("Not one", "injured", 0)]),
    ("Neither of the two pilots died.", [("Neither", "killed", 0), ("two", "", 2)]),
    ("There were no casualties.", [("no", "casualties", 0)]),
    ("No one knows how many died.", []),
    ("Three of the 40 miners died.", [("Three", "killed", 3), ("40", "", 40)]),
    ("Two out of 500 rescuers were killed.", [("Two", "killed", 2), ("500", "", 500)]),
    ("12 of the ship's 90 crew drowned.", [("12", "killed", 12), ("90", "", 90)]),
    ("Of the 600 men only 40 survived.", [("600", "", 600), ("40", "survived", 40)]),
    ("40 of 97 hostages were killed.", [("40", "killed", 40), ("97", "", 97)]),
    ("All but three of the regulars left.", [("three", "", 3)]),
    (
        "A lorry drove into the fair, killing 9 people and injuring 31.",
        [("9", "killed", 9), ("31", "injured", 31)],
    ),
    (
        "The gunman fired, wounding 31 people and killing 9.",
        [("31", "injured", 31), ("9", "killed", 9)],
    ),
    ("The fire left 12 prisoners injured and 3 dead.", [("12", "injured", 12), ("3", "killed", 3)]),
]


@pytest.mark.parametrize(("sentence", "wanted"), POLARITIES)
def test_each_figure_takes_its_verb_and_its_negation(
    sentence: str, wanted: list[tuple[str, str, int]]
) -> None:
    figures = read_article("A title of no use\n\n" + sentence).figures
    assert [(one.quote, one.event, one.figure.point) for one in figures] == wanted


UPPER = [
    "The league said that no greater than 48 people were hurt.",
    "The toll did not exceed 48 deaths.",
    "The toll was not above 48 deaths.",
    "The toll was never higher than 48 deaths.",
]


@pytest.mark.parametrize("sentence", UPPER)
def test_a_denied_bound_is_turned_and_its_quote_holds_the_negation(sentence: str) -> None:
    (figure,) = read_article("A title of no use\n\n" + sentence).figures
    assert (figure.figure.low, figure.figure.high) == (None, 48)
    assert figure.quote.startswith(("no", "never"))


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("The office says that 41 people died, not 88.", ["not 88"]),
        ("The teacher said that not 4,000 but 900 books had burned.", ["not 4,000"]),
        ("The ministry denied that more than 50 people had died.", ["more than 50"]),
        ("The army had not killed 40 men.", ["not killed 40"]),
        ("Some 40 people did not come.", []),
    ],
)
def test_a_negated_figure_is_denied(sentence: str, denied: list[str]) -> None:
    figures = read_article("A title of no use\n\n" + sentence).figures
    found = [one.quote for one in figures if one.stance == "denies"]
    assert [
        (quote, part) for quote, part in zip(found, denied, strict=True) if part not in quote
    ] == []


def test_a_spread_in_per_cent_is_one_share() -> None:
    (figure,) = read_article("A title of no use\n\nSome 52 \u00b1 3 per cent agreed.").figures
    assert (figure.figure.low, figure.figure.high, figure.unit) == (49, 55, "percent")
