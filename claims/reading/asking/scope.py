"""What a question is about: the scope of a claim, and what kind of value answers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from claims.domain.vocabulary import ValueKind
from claims.reading.asking.measuring import COST, SUM
from claims.reading.asking.sums_of_money import SUMS

ACCOUNT: Final = "account"  # the measure of what is true or not
_KINDS: Final = {
    **dict.fromkeys(SUMS, ValueKind.MONEY),
    ACCOUNT: ValueKind.BOOLEAN,
    COST: ValueKind.MONEY,
    SUM: ValueKind.MONEY,
    "date_captured": ValueKind.DATE,
    "date_of_event": ValueKind.DATE,
    "held_by": ValueKind.PARTY,
    "captured_by": ValueKind.PARTY,
    "perpetrator": ValueKind.PARTY,
}


@dataclass(frozen=True, slots=True)
class Scope:
    """What makes figures comparable; `place` and `when` name the event within the article.

    `who` and `words` say in the question what `population` tells apart; `asks` is a question that
    the verb beside the figure tells, without place, date and title.
    `is_unowned` where nobody says of which side they are.
    """

    measure: str
    unit: str
    population: str
    aggregation: str
    as_of: str
    place: str
    when: str
    who: str = ""
    words: str = ""
    asks: str = ""
    is_unowned: bool = False


def value_kind_of(measure: str) -> ValueKind:
    """What kind of value answers a measure, or its namesake "held_by-number"."""
    return _KINDS.get(measure.partition("-")[0], ValueKind.QUANTITY)
