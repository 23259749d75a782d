"""One source's answer to a claim, and the terms on which answers are compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from claims.domain.edtf_text import EdtfError, date_interval, day_number, parse_edtf
from claims.domain.intervals import Interval
from claims.domain.quantity import Figure, kind, stated_high, stated_low
from claims.domain.vocabulary import (
    BestPolicy,
    Cardinality,
    FigureKind,
    Stance,
    ValueFamily,
    ValueKind,
    family_of,
    states_figures,
)

_NEVER: Final = (date.min, 0)  # before every statement: they are numbered from 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One assertion as the arithmetic sees it.

    `origin` names who first said it; '' is the article's own voice. `has_value` is false where
    the source says that nobody knows, or denies without a figure of its own. `asserted_on` is
    EDTF text or ''; `issued`, the date of its source, stands in where that is empty. `target` is
    the assertion that a denial or a retraction is about.
    `reliability` is A (best) to F of the source, `credibility` 1 (best) to 6. `source` is the
    source's reference, '' where there is none; `names_speaker` says that a speaker with a name
    is given. The last three are found by `resting.follow`: `own_origin` is the origin that the
    statement itself gives, None where no relation concerns it; `steps` how far its source is
    from the one that it rests on; `repeats` that it only repeats what others here are counted for.
    """

    id: int
    stance: Stance = Stance.ASSERTS
    live: bool = True
    source_withdrawn: bool = False
    sourced: bool = True
    origin: str = ""
    value_kind: ValueKind = ValueKind.QUANTITY
    has_value: bool = True
    figure: Figure | None = None
    edtf: str = ""
    parties: frozenset[int] = frozenset()
    boolean: bool | None = None
    text: str = ""
    asserted_on: str = ""
    issued: str = ""
    target: int | None = None
    denier_is_belligerent: bool = False
    reliability: str = ""
    credibility: int | None = None
    source: str = ""
    names_speaker: bool = False
    own_origin: str | None = None
    steps: int = 0
    repeats: bool = False

    @property
    def voices(self) -> frozenset[str]:
        """Who may take it back: whom it is counted for, and who printed it."""
        own = self.origin if self.own_origin is None else self.own_origin
        return frozenset({self.origin, own})

    @property
    def stands(self) -> bool:
        """Whether it is to be reckoned with at all: live, from a source not withdrawn."""
        return self.live and not self.source_withdrawn

    @property
    def said_on(self) -> str:
        """When it was said, as far as is known: its own date, else that of its source; EDTF."""
        return self.asserted_on or self.issued


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTerms:
    """What a claim says about comparing its answers; `tolerance_pct` holds for figures.

    `said_unit` is the unit that is a part of each answer, as a currency is; '' for others.
    """

    value_kind: ValueKind = ValueKind.QUANTITY
    cardinality: Cardinality = Cardinality.SINGLE
    tolerance_pct: Decimal = Decimal(0)
    best_policy: BestPolicy = BestPolicy.NONE
    count: bool = True
    said_unit: str = ""

    @property
    def tolerance(self) -> Decimal:
        """The tolerance in percent; none for dates, where a percentage has no meaning."""
        return self.tolerance_pct if states_figures(self.value_kind) else Decimal(0)


@dataclass(frozen=True, slots=True)
class StatedEnds:
    """The ends that a source states, never widened; None where an end was not stated."""

    low: Decimal | None
    high: Decimal | None
    high_open: bool = False
    exact_point: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LastSaid:
    """The last of some statements, in each of the orders that statements are compared in.

    The dates of sources stand in where both statements have a date; nothing is known of who came
    first where one has none, and the own dates and the order of recording decide.
    `dated` is the last in the first order of those with a date, `undated` the last in the second
    of those without one, `recorded` the last in the second of all; each a sort key.
    """

    dated: tuple[date, int]
    undated: tuple[date, int]
    recorded: tuple[date, int]

    def is_after(self, one: Evidence) -> bool:
        """Whether one was said before any of the statements."""
        if one.said_on:
            return said_order(one) < self.dated or _recorded_order(one) < self.undated
        return _recorded_order(one) < self.recorded


def tested_interval(evidence: Evidence, terms: ClaimTerms) -> Interval:
    """Return the interval that the value is tested with; unbounded where there is none.

    Dates are in day numbers. The tolerance is already in it.
    """
    if not evidence.has_value:
        return Interval()
    if states_figures(terms.value_kind) and evidence.figure is not None:
        return evidence.figure.test_interval(count=terms.count).widened(terms.tolerance)
    if family_of(terms.value_kind) is ValueFamily.DATE and evidence.edtf:
        return date_interval(evidence.edtf)
    return Interval()


def stated_ends(evidence: Evidence, terms: ClaimTerms) -> StatedEnds:
    """Return the value's ends as stated; both None for parties, texts, vague words."""
    if states_figures(terms.value_kind) and evidence.figure is not None:
        figure = evidence.figure
        low, high = stated_low(figure), stated_high(figure)
        is_open = figure.has_number and (figure.high_open or high is None)
        return StatedEnds(low, high, is_open, low if kind(figure) is FigureKind.EXACT else None)
    if family_of(terms.value_kind) is ValueFamily.DATE and evidence.edtf:
        return _date_ends(evidence.edtf)
    return StatedEnds(None, None)


def value_key(evidence: Evidence) -> tuple[object, ...]:
    """Return something that is equal exactly for equal values, whatever their spelling."""
    if not evidence.has_value:
        return ("unknown",)
    return (evidence.value_kind, _value_in(family_of(evidence.value_kind), evidence))


def _figure_key(figure: Figure | None) -> tuple[object, ...] | None:
    """The same for 97 and "97 to 97", for "at least 60" and "60 or more"."""
    if figure is None:
        return None
    low, high, point = stated_low(figure), stated_high(figure), figure.point
    is_open = high is None or (figure.high_open and figure.has_number)
    if low is not None and low == high:
        point, high = None, None if is_open else high
    if low == point and high is None:
        point = None
    flags = (figure.low_strict, figure.high_strict, is_open, figure.approximate)
    return (low, high, point, *flags, figure.vague_term, figure.state)


def _date_key(edtf: str) -> tuple[object, ...]:
    """The same for a day and for the interval from that day to it; sets stay as written."""
    if not edtf or edtf[0] in "[{":
        return (edtf,)
    one = parse_edtf(edtf)
    doubt = "?" in edtf or "%" in edtf
    return (one.earliest, one.latest, one.padded_earliest, one.padded_latest, doubt)


def said_order(evidence: Evidence) -> tuple[date, int]:
    """Return a sort key: the first day on which it may have been said, then its number."""
    return _first_day(evidence.said_on), evidence.id


def last_said(statements: Iterable[Evidence]) -> LastSaid:
    """Return when the last of the statements were said, in time that grows with their number."""
    rows = list(statements)
    return LastSaid(
        dated=max((said_order(one) for one in rows if one.said_on), default=_NEVER),
        undated=max((_recorded_order(one) for one in rows if not one.said_on), default=_NEVER),
        recorded=max(map(_recorded_order, rows), default=_NEVER),
    )


def by_id(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return the evidence in one fixed order, whatever order it came in."""
    return sorted(evidence, key=lambda one: one.id)


def _recorded_order(evidence: Evidence) -> tuple[date, int]:
    return _first_day(evidence.asserted_on), evidence.id


def _value_in(family: ValueFamily, evidence: Evidence) -> object:
    match family:
        case ValueFamily.FIGURE:
            return _figure_key(evidence.figure)
        case ValueFamily.DATE:
            return _date_key(evidence.edtf)
        case ValueFamily.PARTY:
            return evidence.parties
        case ValueFamily.BOOLEAN:
            return evidence.boolean
        case ValueFamily.TEXT:
            return " ".join(evidence.text.split())


def _first_day(edtf: str) -> date:
    if not edtf:  # most often, and a refusal is not remembered
        return date.min
    try:
        return parse_edtf(edtf).earliest or date.min
    except EdtfError:
        return date.min


def _date_ends(edtf: str) -> StatedEnds:
    parsed = parse_edtf(edtf)
    low = None if parsed.earliest is None else day_number(parsed.earliest)
    high = None if parsed.latest is None else day_number(parsed.latest)
    exact = low if low == high and parsed.padded_earliest == parsed.earliest else None
    return StatedEnds(low, high, high is None, exact)
