"""The forms in which texts write one number."""

from decimal import Decimal

import pytest

from claims.reading.article import read_article

FORMS = [
    ("The flood displaced 816 000 people.", ["816000"]),
    ("Some 1 250 000 people were displaced.", ["1250000"]),
    ("The flood killed 12\u202f500 people and 3\u00a0400 cattle.", ["12500", "3400"]),
    ("All on Flight 614 120 people died.", ["120"]),
    ("In 2012 300 people died.", ["300"]),
    ("One and a half million people were displaced.", ["1500000"]),
    ("A million and a half people were displaced.", ["1500000"]),
    ("Ten and a half thousand people were killed.", ["10500"]),
    ("Three and a half tonnes were lost.", ["3.5"]),
    ("Some 2\u2153 million people were displaced.", ["2333333"]),
    ("About 2 \u00bd million people were displaced.", ["2500000"]),
    ("Some 2 1/2 million people were displaced.", ["2500000"]),
    ("A crowd of half-million people marched.", ["500000"]),
    ("Four score soldiers were killed.", ["80"]),
    ("Some two dozen people died.", ["24"]),
    ("Nearly 1 in 6 of the town marched.", ["0.1667"]),
    ("Seven in every ten houses burned.", ["0.7"]),
    ("One in five residents fled.", ["0.2"]),
    ("They lost 1 in 6 days.", ["1", "6"]),
    ("A third of the houses and a quarter of the barns burned.", ["0.3333", "0.25"]),
    ("The debt was $2.880 trillion.", ["2880000000000"]),
    ("Some 12,5 million people and 12.500 soldiers fled.", ["12500000", "12500"]),
    (".5 million people were displaced.", []),
    ("The mayor signed for nine (9) carts.", ["9"]),
    ("The mayor signed for nine (8) carts.", ["8"]),
    ("Casualties were in the low hundreds.", [None]),
    ("They found seven men and one woman.", ["7", "1"]),
    ("At Orl and Brun 15 and 26 soldiers were wounded.", ["15", "26"]),
    ("Estimates range from Lee's 300 to Ray's 450.", ["300", "450"]),
    ("A wave in 1962 killed 3,118 people.", ["3118"]),
    ("It killed 1500 in the port.", ["1500"]),
    ("Some 1500 died in 1630.", ["1500"]),
    ("In 1500 many died.", []),
    (
        "Sales reached 48 million in 2014 \u2013 12 million above the plan.",
        ["48000000", "12000000"],
    ),
    ("On 12 Janaury 2016 some 7 people were killed.", ["7"]),
    ("On 31 September 1944 some 40 people were killed.", ["40"]),
    ("In the '90s the plague killed 300 people.", ["300"]),
    ("The victims were aged 14 to 63.", []),
    ("At 0540 hours 40 men landed.", ["40"]),
    ("The rate was 4.5 per 1,000.", ["4.5"]),
    ("Call +44 20 7946 0958 for details of the 12 dead.", ["12"]),
    ("It was \u22129 \u00b0C at dawn.", []),
]


@pytest.mark.parametrize(("sentence", "values"), FORMS)
def test_each_form_gives_one_number(sentence: str, values: list[str | None]) -> None:
    figures = read_article("A title of no use\n\n" + sentence).figures
    wanted = [None if value is None else Decimal(value) for value in values]
    assert [figure.figure.point for figure in figures] == wanted
