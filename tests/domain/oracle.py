"""The definitions of the glossary done by hand: slow, plain, and by nothing of claims.domain."""

# A statement is written as its parts: the oracle works on the parts, the domain on the Evidence
# that is made of them.

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import ceil, floor, inf
from typing import Any

from claims.domain.evidence import ClaimTerms, Evidence
from claims.domain.quantity import Figure

VAGUE = {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000}
# EDTF, first and last day stated, first and last day tested; "" where an end is open.
DATES = [
    ("2012-01-24", "2012-01-24", "2012-01-24", "2012-01-24", "2012-01-24"),
    ("2012-01-24/2012-01-24", "2012-01-24", "2012-01-24", "2012-01-24", "2012-01-24"),
    ("2012-01-16/2012-01-17", "2012-01-16", "2012-01-17", "2012-01-16", "2012-01-17"),
    ("2012-01-17", "2012-01-17", "2012-01-17", "2012-01-17", "2012-01-17"),
    ("2012-01", "2012-01-01", "2012-01-31", "2012-01-01", "2012-01-31"),
    ("2012-02~", "2012-02-01", "2012-02-29", "2012-01-01", "2012-03-31"),
    ("2012-03-13~", "2012-03-13", "2012-03-13", "2012-03-12", "2012-03-14"),
    ("2012", "2012-01-01", "2012-12-31", "2012-01-01", "2012-12-31"),
    ("2013-01", "2013-01-01", "2013-01-31", "2013-01-01", "2013-01-31"),
    ("../2012-07", "", "2012-07-31", "", "2012-07-31"),
    ("../2012-01-24", "", "2012-01-24", "", "2012-01-24"),
    ("2013/..", "2013-01-01", "", "2013-01-01", ""),
    ("2012-03/..", "2012-03-01", "", "2012-03-01", ""),
    ("2011-12/2012-02", "2011-12-01", "2012-02-29", "2011-12-01", "2012-02-29"),
]


@dataclass(frozen=True)
class Said:
    """One statement: `parts` as Figure takes them, or `date`, a row of DATES; neither: unknown."""

    id: int
    origin: str
    parts: tuple[tuple[str, Any], ...] = ()
    date: tuple[str, ...] = ()
    stance: str = "asserts"
    live: bool = True
    said_on: str = ""

    @property
    def part(self) -> dict[str, Any]:
        return dict(self.parts)

    @property
    def has_value(self) -> bool:
        return bool(self.parts or self.date)

    def evidence(self) -> Evidence:
        """The same for the domain."""
        return Evidence(
            id=self.id,
            origin=self.origin,
            stance=self.stance,  # type: ignore[arg-type]
            live=self.live,
            sourced=bool(self.origin),
            value_kind="date" if self.date else "quantity",
            has_value=self.has_value,
            figure=Figure(**self.part) if self.parts else None,
            edtf=self.date[0] if self.date else "",
            asserted_on=self.said_on,
        )


@dataclass(frozen=True)
class Found:
    """What the definitions give; ends as Fraction, days as day numbers."""

    low: Any
    high: Any
    low_open: bool
    high_open: bool
    conflict: bool
    severity: str
    contention: str
    agreement: Any


def by_definition(statements: list[Said], terms: ClaimTerms) -> Found:
    """Do it all by the letter, pair by pair and point by point."""
    inputs, voices, unknown = _counted(statements)
    ends = [end for one in inputs for end in stated(one) if end is not None]
    clashes = _clashes(inputs, voices, terms)
    return Found(
        low=min(ends, default=None),
        high=max(ends, default=None),
        low_open=any(stated(one)[0] is None and stated(one)[1] is not None for one in inputs),
        high_open=any(stated(one)[1] is None and stated(one)[0] is not None for one in inputs)
        or any(one.part.get("high_open", False) for one in inputs),
        conflict=bool(clashes),
        severity=_severity(clashes) if terms.value_kind == "quantity" else "",
        contention=_label(statements, inputs, unknown, bool(clashes)),
        agreement=_agreement([tested(one, terms) for one in inputs]),
    )


def stated(one: Said) -> tuple[Any, Any]:
    """The ends as stated, None where there is none."""
    if one.date:
        return tuple(_day(text) if text else None for text in one.date[1:3])  # type: ignore[return-value]
    part = one.part
    low, high = part.get("low", part.get("point")), part.get("high", part.get("point"))
    return (None if low is None else Fraction(low), None if high is None else Fraction(high))


def tested(one: Said, terms: ClaimTerms) -> tuple[Any, Any]:
    """The test interval as the table of the model gives it; infinite where not bounded."""
    if one.date:
        first, last = one.date[3:5]
        return (_day(first) if first else -inf, _day(last) if last else inf)
    part, (low, high) = one.part, stated(one)
    if low is None and high is None:
        return _with_tolerance(VAGUE[part["vague_term"]], -1, terms), inf
    low = (Fraction(0) if terms.count else -inf) if low is None else low
    high = inf if high is None or part.get("high_open") else high
    strict = _whole(low, high, part) if terms.count else (low, high)
    low, high = strict if strict[0] <= strict[1] else (low, high)
    if part.get("approximate"):
        low, high = _widened(low, -1, terms.count), _widened(high, 1, terms.count)
    return _with_tolerance(low, -1, terms), _with_tolerance(high, 1, terms)


def _whole(low: Any, high: Any, part: dict[str, Any]) -> tuple[Any, Any]:
    if part.get("low_strict"):
        low = floor(low) + 1
    if part.get("high_strict"):
        high = ceil(high) - 1
    return low, high


def _widened(end: Any, sign: int, count: bool) -> Any:
    if end in (inf, -inf):
        return end
    wide = end + sign * abs(end) / 10
    return Fraction((floor if sign < 0 else ceil)(wide)) if count else wide


def _with_tolerance(end: Any, sign: int, terms: ClaimTerms) -> Any:
    if end in (inf, -inf):
        return end
    return Fraction(end) + sign * abs(Fraction(end)) * Fraction(terms.tolerance_pct) / 200


def _counted(statements: list[Said]) -> tuple[list[Said], list[Said], list[Said]]:
    """The newest live answer of each origin, the article's own values, who does not know."""
    answers = [one for one in statements if one.live and one.stance == "asserts"]
    newest: dict[str, Said] = {}
    for one in sorted(answers, key=lambda one: (one.said_on or "0001", one.id)):
        if one.origin:
            newest[one.origin] = one
    told = list(newest.values())
    voices = [one for one in answers if not one.origin and one.has_value]
    return [x for x in told if x.has_value], voices, [x for x in told if not x.has_value]


def _clashes(inputs: list[Said], voices: list[Said], terms: ClaimTerms) -> list[tuple[Said, Said]]:
    """Each pair that cannot both hold, the lower one first."""
    pairs = [*combinations(inputs, 2), *((one, voice) for one in inputs for voice in voices)]
    both = [pair for one, other in pairs for pair in ((one, other), (other, one))]
    return [(low, high) for low, high in both if tested(low, terms)[1] < tested(high, terms)[0]]


def _severity(clashes: list[tuple[Said, Said]]) -> str:
    ratios = [_ratio(stated(low)[1], _bottom(high)) for low, high in clashes]
    if not ratios:
        return ""
    below = (("minor", Fraction(11, 10)), ("moderate", Fraction(3, 2)))
    return next((name for name, limit in below if max(ratios) < limit), "major")


def _bottom(one: Said) -> Any:
    low, high = stated(one)
    return Fraction(VAGUE[one.part["vague_term"]]) if low is None and high is None else low


def _ratio(top: Any, bottom: Any) -> Any:
    if bottom <= top:
        return 1
    if top <= 0 <= bottom:
        return inf
    return max(abs(top), abs(bottom)) / min(abs(top), abs(bottom))


def _label(statements: list[Said], inputs: list[Said], unknown: list[Said], clash: bool) -> str:
    live = [one for one in statements if one.live and one.stance in ("asserts", "denies")]
    if not any(one.origin for one in live):
        return "unsourced"
    if clash or any(one.stance == "denies" for one in live):
        return "disputed"
    if inputs:
        return "corroborated" if len(inputs) > 1 else "single_origin"
    return "unknown_only" if unknown else "unsourced"


def _agreement(intervals: list[tuple[Any, Any]]) -> Any:
    """(low, high, how many, of how many, is it the only one) by trying every low end."""
    if not intervals:
        return None
    held = {
        point: frozenset(at for at, (low, high) in enumerate(intervals) if low <= point <= high)
        for point in sorted({low for low, _ in intervals})
    }
    most = max(map(len, held.values()))
    first = next(point for point in held if len(held[point]) == most)
    best = [intervals[at] for at in held[first]]
    low, high = max(one[0] for one in best), min(one[1] for one in best)
    winners = {names for names in held.values() if len(names) == most}
    return low, high, most, len(intervals), len(winners) == 1


def _day(text: str) -> Fraction:
    return Fraction(dt.date.fromisoformat(text).toordinal())


def generated(seed: int, count: int) -> Iterator[tuple[list[Said], ClaimTerms]]:
    """Sets of statements of every form, small so that ends meet, with the terms of their claim."""
    chance = random.Random(seed)
    for _ in range(count):
        if chance.random() < 0.25:
            terms, value = ClaimTerms(value_kind="date"), _some_date
        else:
            is_count = chance.random() < 0.6
            pct = Decimal(chance.choice(["0", "0", "0", "5", "20"]))
            terms = ClaimTerms(count=is_count, tolerance_pct=pct)
            value = _some_count if is_count else _some_number
        size = chance.choice([1, 2, 2, 3, 3, 4, 5, 6])
        yield [_statement(chance, number, value) for number in range(1, size + 1)], terms


def agreeing(chance: random.Random, statements: list[Said]) -> list[Said]:
    """The same and one source more, which says what a counted one says."""
    inputs, _, _ = _counted(statements)
    more = replace(chance.choice(inputs), id=99, origin="z", said_on="")
    return [*statements, more]


def _statement(chance: random.Random, number: int, value: Callable[..., Said]) -> Said:
    said = value(chance, number, chance.choice(["a", "b", "c", "d", "e", "f", "g", ""]))
    return replace(
        said,
        stance=chance.choice(["asserts"] * 9 + ["denies", "doubts"]),
        live=chance.random() < 0.93,
        said_on=chance.choice(["", "", "2012-02-13", "2012-03-01"]),
    )


def _some_date(chance: random.Random, number: int, origin: str) -> Said:
    date = chance.choice(DATES) if chance.random() < 0.95 else ()
    return Said(number, origin, date=tuple(date))


def _some_count(chance: random.Random, number: int, origin: str) -> Said:
    return Said(number, origin, _parts(chance, lambda: Decimal(chance.randint(0, 24))))


def _some_number(chance: random.Random, number: int, origin: str) -> Said:
    return Said(number, origin, _parts(chance, lambda: Decimal(chance.randint(-30, 30)) / 2))


def _parts(chance: random.Random, number: Callable[[], Decimal]) -> tuple[tuple[str, Any], ...]:
    low, high = sorted((number(), number()))
    about = {"approximate": True} if chance.random() < 0.25 else {}
    apart = low < high
    forms: list[dict[str, Any]] = [
        {"point": low} | about,
        {"point": low} | about,
        {"low": low, "high": high} | about,
        {"point": low, "high_open": True},
        {"low": low} | about,
        {"low": low, "low_strict": True},
        {"high": high} | about,
        {"high": high, "high_strict": True},
        {"low": low, "high": high, "high_open": True},
        {"low": low, "high": high, "low_strict": apart},
        {"low": low, "high": high, "high_strict": apart},
        {"low": low, "point": low, "high": high} | about,
        {"vague_term": chance.choice(list(VAGUE))},
        {},
    ]
    return tuple(chance.choice(forms).items())
