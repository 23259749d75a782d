"""What deserves a second look in the figures of one document; nothing of it is wrong by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from claims.domain.dates import EdtfError, parse_edtf
from claims.domain.figures import number_words
from claims.domain.published import ClaimDocument
from claims.domain.published_figures import FigureEntry
from claims.domain.vocabulary import Stance, ValueFamily, family_of
from claims.reading.counts.numbers import WORDS, find_numbers

NO_NUMBER, TOO_OLD, SAME_ORIGIN, FAR_OFF = "no_number", "too_old", "same_origin", "far_off"
FACTOR: Final = 10  # how many times as high, or as low, as every other origin is far off
FEWEST: Final = 2  # other origins that make one far off
_WORD: Final = re.compile(r"[A-Za-z]+")
_ONE: Final = frozenset({"a", "an"})
_DIGITS: Final = re.compile(r"[0-9]+(?:[.,' \u00a0\u202f\u2009][0-9]{3})*")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a figure deserves a look: its reference, the kind, and what the kind's words name."""

    ref: str
    kind: str
    told: str


def doubts_about(document: ClaimDocument) -> list[Doubt]:
    """The doubts about the figures that count, in their order."""
    live = [one for one in document["figures"] if one["status"] == "live"]
    is_figure = family_of(document["measure"]["value_kind"]) is ValueFamily.FIGURE
    issued = {one["ref"]: one["issued"] for one in document["sources"]}
    found = [*_too_old(live, issued, document["subject"]["when"]), *_same_origin(live)]
    if is_figure:
        found += [*_without_number(live), *_far_off(live)]
    order = {one["ref"]: place for place, one in enumerate(live)}
    return sorted(found, key=lambda doubt: (order[doubt.ref], doubt.kind))


def _without_number(live: list[FigureEntry]) -> Iterator[Doubt]:
    for one in live:
        numbers = _numbers_of(one)
        if numbers and one["quote"] and not numbers & _numbers_in(one["quote"]):
            yield Doubt(one["ref"], NO_NUMBER, ", ".join(map(number_words, sorted(numbers))))


def _numbers_of(one: FigureEntry) -> set[Decimal]:
    stated = (one["point"], one["low"], one["high"])
    return {Decimal(number) for number in stated if number is not None}


def _numbers_in(text: str) -> set[Decimal]:
    """The numbers in digits, however their thousands are parted, and in English words; "a" is 1."""
    named = {word.lower() for word in _WORD.findall(text)}
    words = [word.start() for word in _WORD.finditer(text) if word[0].lower() in WORDS]
    read = (number.value for number in find_numbers(text, 0, len(text), words))
    whole = (Decimal(re.sub(r"[^0-9]", "", found[0])) for found in _DIGITS.finditer(text))
    one = (Decimal(1),) if named & _ONE else ()
    return {number for number in (*read, *whole, *one) if number is not None}


def _too_old(live: list[FigureEntry], issued: dict[str, str], when: str) -> Iterator[Doubt]:
    """Sources that were published before the event began."""
    began = _ends(when)[0]
    for one in live:
        published = issued.get(one["source"] or "", "")
        latest = _ends(published)[1]
        if began and latest and latest < began:
            yield Doubt(one["ref"], TOO_OLD, f"{published}, {when}")


def _ends(edtf: str) -> tuple[str, str]:
    """The first and the last day as YYYY-MM-DD; '' where there is none."""
    try:
        parsed = parse_edtf(edtf) if edtf else None
    except EdtfError:
        parsed = None
    days = (parsed.earliest, parsed.latest) if parsed is not None else (None, None)
    first, last = (day.isoformat() if day is not None else "" for day in days)
    return first, last


def _same_origin(live: list[FigureEntry]) -> Iterator[Doubt]:
    """Two answers of one origin count as one."""
    first: dict[str, str] = {}
    for one in live:
        if one["origin"] and one["stance"] == Stance.ASSERTS:
            earlier = first.setdefault(one["origin"], one["ref"])
            if earlier != one["ref"]:
                yield Doubt(one["ref"], SAME_ORIGIN, earlier)


def _far_off(live: list[FigureEntry]) -> Iterator[Doubt]:
    spots = {one["ref"]: (one["origin"], spot) for one in live if (spot := _spot(one)) > 0}
    for ref, (origin, spot) in spots.items():
        others = {other: there for other, there in spots.values() if other != origin}
        if len(others) < FEWEST:
            continue
        low, high = min(others.values()), max(others.values())
        if spot > FACTOR * high or FACTOR * spot < low:
            yield Doubt(ref, FAR_OFF, f"{number_words(low)} – {number_words(high)}")


def _spot(one: FigureEntry) -> Decimal:
    """The number that stands for the figure; 0 when it states none."""
    if one["stance"] != Stance.ASSERTS:
        return Decimal(0)
    numbers = _numbers_of(one)
    if one["point"] is not None:
        return Decimal(one["point"])
    return sum(numbers, Decimal(0)) / len(numbers) if numbers else Decimal(0)
