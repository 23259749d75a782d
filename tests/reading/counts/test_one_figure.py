"""Reader and desk hold one Figure: the same numbers, the same test interval, the same verdict."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from claims.domain.conflict import disagree
from claims.domain.evidence import ClaimTerms, Evidence
from claims.domain.figures import parse_figure
from claims.domain.quantity import Figure
from claims.reading.article import read_article
from claims.reading.proposals import ProposedFigure, Reading, figure_members

PAIRS, SEED = 2_000, 8
BATCH = 20
ONE_NUMBER = (
    "{n}", "about {n}", "around {n}", "nearly {n}", "at least {n}", "more than {n}", "over {n}",
    "up to {n}", "no more than {n}", "fewer than {n}", "less than {n}", "at least about {n}",
    "more than about {n}", "up to about {n}", "fewer than about {n}", "{n} or more", "{n}+",
    "about {n} or more", "{n} or fewer",
)  # fmt: skip
TWO_NUMBERS = (
    "{n} to {m}", "{n}\u2013{m}", "between {n} and {m}", "about {n} to {m}", "~{n}\u2013{m}",
    "between {n} and {m} or more", "{n}\u2013{m}+", "{n} to {m} or more", "{n} to less than {m}",
    "more than {n} to {m}", "about {n}\u2013{m}+",
)  # fmt: skip
VAGUE = ("dozens", "scores", "hundreds")
TERMS = ClaimTerms(count=True)


def a_phrase(rng: random.Random) -> str:
    n = rng.choice((1, 10)) * rng.randint(30, 130)
    sort = rng.random()
    if sort < 0.1:
        return rng.choice(VAGUE)
    if sort < 0.6:
        return rng.choice(ONE_NUMBER).format(n=f"{n:,}")
    return rng.choice(TWO_NUMBERS).format(n=f"{n:,}", m=f"{n + rng.randint(1, n):,}")


def within_reach(one: Figure, other: Figure) -> bool:
    """Whether the reader takes two sizes for answers to one question: at most 20 times apart."""
    sizes = [figure.test_interval() for figure in (one, other)]
    small, large = sorted(span.high or span.low or Decimal(0) for span in sizes)
    return large <= 20 * small


def pairs() -> list[tuple[str, str]]:
    rng, found = random.Random(SEED), []
    while len(found) < PAIRS:
        one, other = a_phrase(rng), a_phrase(rng)
        if within_reach(parse_figure(one), parse_figure(other)):
            found.append((one, other))
    return found


def written(phrase: str) -> str:
    return f"{phrase} of" if phrase in VAGUE else phrase


def read_pair(one: str, other: str) -> Reading:
    return read_article(
        f"The government said {written(one)} soldiers were killed in Aguelhok on 24 January 2012. "
        f"The rebels said {written(other)} soldiers were killed in Aguelhok."
    )


def by_the_desk(one: Figure, other: Figure) -> bool:
    sides = [
        Evidence(id=number, origin=f"P{number}", figure=figure)
        for number, figure in enumerate((one, other), start=1)
    ]
    return disagree(sides[0], sides[1], TERMS)


def by_the_reader(reading: Reading) -> bool:
    """Whether the two are set against each other; a range alone may be called too wide."""
    return any(
        conflict.kind == "figures disagree" and len(conflict.members) == 2
        for conflict in reading.conflicts
    )


@pytest.mark.parametrize("batch", range(BATCH))
def test_reader_and_desk_agree_on_generated_pairs(batch: int) -> None:
    mine = pairs()[batch::BATCH]
    assert len(mine) == PAIRS // BATCH
    for one, other in mine:
        reading = read_pair(one, other)
        wanted = [parse_figure(one), parse_figure(other)]
        assert [row.figure for row in reading.figures] == wanted, (one, other)
        assert all(row.is_count for row in reading.figures)
        assert by_the_reader(reading) == by_the_desk(*wanted), (one, other)


def test_the_generated_pairs_are_of_both_sorts_and_of_every_form() -> None:
    """No form is left out, and neither verdict is the rule."""
    every = pairs()
    verdicts = [by_the_desk(parse_figure(one), parse_figure(other)) for one, other in every]
    assert PAIRS / 4 < sum(verdicts) < PAIRS * 3 / 4
    forms = {"".join("n" if c.isdecimal() else c for c in one).replace(",", "") for one, _ in every}
    assert len({" ".join(form.replace("n", " ").split()) for form in forms}) >= 25


def read_one(words: str) -> ProposedFigure:
    (figure,) = read_article(
        f"The government said {words} soldiers were killed in Aguelhok on 24 January 2012."
    ).figures
    return figure


@pytest.mark.parametrize(
    "words",
    ["between 1,000 and 1,500 or more", "1,000\u20131,500+", "about 50 to 60", "50 to less than 60",
     "more than 50 to 60", "at least about 60", "about 60 or more"],
)  # fmt: skip
def test_what_a_text_says_of_its_ends_is_kept(words: str) -> None:
    assert read_one(words).figure == parse_figure(words)


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("never acknowledged more than 25", Figure(high=Decimal(25))),
        ("has not confirmed over 25", Figure(high=Decimal(25))),
        ("never lost fewer than 25", Figure(low=Decimal(25))),
        ("never acknowledged much more than 25", Figure(low=Decimal(25), low_strict=True)),
        ("had not fought in more than 25", Figure(low=Decimal(25), low_strict=True)),
        ("acknowledged more than 25", Figure(low=Decimal(25), low_strict=True)),
    ],
)
def test_a_denial_turns_a_bound_round_where_it_denies_the_number(
    words: str, figure: Figure
) -> None:
    (read,) = read_article(f"The government {words} soldiers killed in Aguelhok.").figures
    assert read.figure == figure


def test_a_range_under_a_bound_from_above_keeps_its_upper_end() -> None:
    assert read_one("up to 50 to 60").figure == Figure(high=Decimal(60))
    assert read_one("fewer than 50 to 60").figure == Figure(high=Decimal(60), high_strict=True)


@pytest.mark.parametrize(
    ("words", "low", "high", "flags"),
    [
        ("60", 60, 60, set()),
        ("about 60", 60, 60, {"approximate"}),
        ("at least 60", 60, None, {"upper_open"}),
        ("more than 60", 60, None, {"upper_open", "exclusive"}),
        ("up to 60", None, 60, {"lower_open"}),
        ("about 50 to 60", 50, 60, set()),
        ("50\u201360+", 50, 60, {"upper_open"}),
        ("50 to less than 60", 50, 60, {"exclusive"}),
        ("60 \u00b1 5", 55, 65, {"approximate"}),
        ("dozens of", None, None, {"vague"}),
    ],
)
def test_the_dry_run_says_ends_and_flags(
    words: str, low: int | None, high: int | None, flags: set[str]
) -> None:
    members = figure_members(read_one(words).figure)
    names = ("approximate", "lower_open", "upper_open", "exclusive", "vague")
    assert (members["low"], members["high"]) == (low, high)
    assert {name for name in names if members[name]} == flags


def test_a_number_that_no_figure_can_hold_is_named_and_left_out() -> None:
    text = "The army said 123456789012345\u00be soldiers were killed in Arden and 12 in Lowick."
    reading = read_article(text)
    assert [row.quote for row in reading.figures] == ["12"]
    (unkept,) = reading.unkept
    assert text[unkept.char_start : unkept.char_end] == unkept.quote == "123456789012345\u00be"
    assert "15 digits" in unkept.why


@pytest.mark.parametrize(
    ("words", "counts"),
    [("60 soldiers were killed", True), ("60 votes were cast", True), ("60 km were lost", False),
     ("60.5 people were killed a day", False), ("60 per cent of the men were killed", False),
     ("$60 was the cost", False)],
)  # fmt: skip
def test_a_count_is_a_whole_number_of_people_or_things(words: str, counts: bool) -> None:
    (figure,) = read_article(f"The army said {words} in Arden.").figures
    assert figure.is_count is counts
