"""When two figures answer one question: the same measure of the same, on the same occasion."""

from decimal import Decimal
from typing import Final

from claims.reading.conflicts.answers import Answer
from claims.reading.conflicts.occasions import days_apart
from claims.reading.counts.money import WORDS_OF_MONEY
from claims.reading.languages.english import ENGLISH
from claims.reading.questions.counted import HAPPENED, OF_PEOPLE, stem_of
from claims.reading.questions.evidence import Question

NO_DIMENSION = WORDS_OF_MONEY | {"", "people", "percent"}
OWNED = frozenset({"", "seats", "votes", "turnout", "cost", "population", "strength"})
"""Measures of which an article gives one for each of several owners."""
YEAR: Final = 4
"""Digits of an EDTF date that are its year."""
SUBGROUP = ENGLISH.pattern("comparing.subgroup")
"""Sorts of people that are only some of those who are counted."""
MOST_TIMES: Final = 20


def disjoint(one: Answer, other: Answer) -> bool:
    """Whether two figures cannot both hold, and are still of one order of magnitude."""
    mine, theirs = one.interval, other.interval
    below = mine.high is not None and theirs.low is not None and mine.high < theirs.low
    above = mine.low is not None and theirs.high is not None and mine.low > theirs.high
    if not below and not above:
        return False
    sizes = [a.interval.high or a.interval.low or Decimal(0) for a in (one, other)]
    small, large = sorted(map(abs, sizes))
    return large <= MOST_TIMES * max(small, Decimal(1))


def same_question(one: Answer, other: Answer) -> bool:
    """Whether two figures measure the same of the same; not yet of the same occasion."""
    if (
        not _same_measure(one, other)
        or one.apart
        or other.apart
        or one.question.past
        or other.question.past
    ):
        return False
    if one.unreal != other.unreal:
        return False
    if not _same_unit(one.question, other.question, one.measure):
        return False
    announced = one.question.topic >= 0 and one.question.topic == other.question.topic
    if (
        not announced
        and one.measure in OWNED
        and one.owners
        and other.owners
        and not one.owners & other.owners
    ):
        return False
    return _same_population(one, other)


def _same_measure(one: Answer, other: Answer) -> bool:
    """Whether the measures are equal, or one is not named and both count the same things."""
    if one.measure == other.measure:
        return True
    noun = one.question.noun
    return "" in (one.measure, other.measure) and noun != "" and noun == other.question.noun


def _same_unit(one: Question, other: Question, measure: str) -> bool:
    units = {asked.currency or _unit_stem(asked.unit) for asked in (one, other)}
    return units == {""} if measure in OF_PEOPLE else len(units) == 1


def _unit_stem(unit: str) -> str:
    return "" if unit == "people" else stem_of(unit)


def _same_population(one: Answer, other: Answer) -> bool:
    """A sort of people against all is a rival only when it is larger, or when "all" is not said."""
    if one.question.unit not in NO_DIMENSION:
        return one.question.noun == other.question.noun or not (
            one.question.noun and other.question.noun
        )
    first, second = _kind(one.question), _kind(other.question)
    if first == second:
        return bool(one.measure or first or one.question.echo or other.question.echo)
    if first and second and "people" not in (first, second):
        return False
    if "" in (first, second) and not one.measure:
        return False
    if "" in (first, second) and not (_is_subgroup(one) or _is_subgroup(other)):
        return True
    part, whole = (other, one) if first in ("", "people") else (one, other)
    least, most = part.interval.low, whole.interval.high
    return least is not None and most is not None and least > most


def _is_subgroup(one: Answer) -> bool:
    return SUBGROUP.search(one.question.counted) is not None


def _kind(question: Question) -> str:
    if question.population not in ("", "people"):
        return question.population
    return question.noun or question.population


def same_occasion(one: Answer, other: Answer) -> bool:
    """Whether two figures of one block tell of one event: no other place, day or event between."""
    if one.occasion != other.occasion:
        return False
    first, second = one.question, other.question
    digits = None if one.measure in HAPPENED else YEAR
    dates = (q.date_edtf.strip("[].")[:digits] for q in (first, second))
    if first.dated and second.dated and days_apart(*dates):
        return False
    elsewhere = first.place and second.place and first.place != second.place
    return not elsewhere or other.question.echo
