"""The range that sources span, and the one value to show where a rule gives one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from claims.domain.evidence import (
    ClaimTerms,
    Evidence,
    StatedEnds,
    by_id,
    stated_ends,
    tested_interval,
)
from claims.domain.intervals import Interval, common_interval
from claims.domain.origins import Excluded, counted
from claims.domain.vocabulary import BestPolicy

BestRule = Literal["", "preferred", "only_exact_point", "majority", "most_reliable", "lowest"]
_WORST_LETTER: Final = "G"  # behind F of the Admiralty scale: no letter given
_WORST_DIGIT: Final = 7


@dataclass(frozen=True, slots=True)
class Consensus:
    """The range of the stated values, each end with the assertion that it comes from.

    Dates are in day numbers. `high_open` says that a source states no upper end. `best` is
    None where no rule gives one; `best_reason` says why in words. `inputs` and `excluded`
    are all assertions, so that anyone can do the sum again.
    """

    low: Decimal | None
    high: Decimal | None
    high_open: bool
    low_from: int | None
    high_from: int | None
    best: Decimal | None
    best_from: int | None
    best_rule: BestRule
    best_reason: str
    inputs: tuple[int, ...]
    excluded: tuple[Excluded, ...]


@dataclass(frozen=True, slots=True)
class _Best:
    """What one rule found: a value and its assertion, or only the reason for none."""

    value: Decimal | None
    number: int | None
    rule: BestRule
    reason: str


type _Rows = list[tuple[Evidence, StatedEnds]]


def consensus(
    evidence: Iterable[Evidence], terms: ClaimTerms, resolution_preferred: int | None = None
) -> Consensus:
    """Return the range over one answer per origin, and the best value where a rule gives one."""
    everything = by_id(evidence)
    sides = counted(everything)
    rows = [(one, stated_ends(one, terms)) for one in sides.inputs]
    numbered = [(one, ends) for one, ends in rows if _has_end(ends)]
    silent = tuple(Excluded(one.id, "no_number") for one, ends in rows if not _has_end(ends))
    low, low_from = _end([(ends.low, one.id) for one, ends in numbered], -1)
    high, high_from = _end([(ends.high, one.id) for one, ends in numbered], 1)
    best = _best(everything, sides.inputs, numbered, terms, resolution_preferred)
    return Consensus(
        low=low,
        high=high,
        high_open=any(ends.high_open for _, ends in numbered),
        low_from=low_from,
        high_from=high_from,
        best=best.value,
        best_from=best.number,
        best_rule=best.rule,
        best_reason=best.reason,
        inputs=tuple(one.id for one, _ in numbered),
        excluded=tuple(sorted((*sides.excluded, *silent), key=lambda one: one.id)),
    )


def _has_end(ends: StatedEnds) -> bool:
    return ends.low is not None or ends.high is not None


def _end(ends: list[tuple[Decimal | None, int]], sign: int) -> tuple[Decimal | None, int | None]:
    """Return the smallest (sign -1) or largest (sign 1) end, the smallest id of equal ones."""
    known = [(value, number) for value, number in ends if value is not None]
    if not known:
        return None, None
    return max(known, key=lambda end: (sign * end[0], -end[1]))


def _best(
    evidence: list[Evidence],
    inputs: tuple[Evidence, ...],
    rows: _Rows,
    terms: ClaimTerms,
    preferred: int | None,
) -> _Best:
    """Try the rules in order: a decision, the only exact value, the claim's own policy."""
    chosen = next((one for one in evidence if one.id == preferred and one.stands), None)
    if chosen is not None:
        return _decided(chosen, terms)
    if not rows:
        return _Best(None, None, "", "No independent origin gives a number.")
    return (
        _only_exact_point(inputs, rows, terms)
        or _by_policy(rows, terms)
        or _none_because(inputs, terms)
    )


def _decided(chosen: Evidence, terms: ClaimTerms) -> _Best:
    ends = stated_ends(chosen, terms)
    if ends.low is not None and ends.low == ends.high:
        return _Best(ends.low, chosen.id, "preferred", "Preferred by a decision of the editors.")
    return _Best(
        None, chosen.id, "preferred", "The answer that editors prefer is no single number."
    )


def _only_exact_point(inputs: tuple[Evidence, ...], rows: _Rows, terms: ClaimTerms) -> _Best | None:
    exact = [(ends.exact_point, one.id) for one, ends in rows if ends.exact_point is not None]
    if len({point for point, _ in exact}) != 1:
        return None
    value, number = exact[0]
    common = _common(inputs, terms)
    if value is None or common is None or not common.contains(value):
        return None
    reason = "The only exact value, and every counted figure is compatible with it."
    return _Best(value, number, "only_exact_point", reason)


def _by_policy(rows: _Rows, terms: ClaimTerms) -> _Best | None:
    if terms.best_policy == BestPolicy.MAJORITY:
        return _majority(rows)
    if terms.best_policy == BestPolicy.MOST_RELIABLE:
        return _most_reliable(rows)
    return _lowest(rows) if terms.best_policy == BestPolicy.LOWEST else None


def _majority(rows: _Rows) -> _Best | None:
    """Return the point that more than half of the origins state."""
    points = [(ends.low, one.id) for one, ends in rows if ends.low == ends.high]
    votes = Counter(point for point, _ in points)
    value, count = votes.most_common(1)[0] if votes else (None, 0)
    if value is None or 2 * count <= len(rows):
        return None
    number = next(one for point, one in points if point == value)
    reason = f"Stated by {count} of {len(rows)} independent origins."
    return _Best(value, number, "majority", reason)


def _most_reliable(rows: _Rows) -> _Best | None:
    """Return the point of the best graded answer, when all equally graded ones state it."""
    top = min(_grade(one) for one, _ in rows)
    leaders = [(one, ends) for one, ends in rows if _grade(one) == top]
    points = {(ends.low, ends.high) for _, ends in leaders}
    low, high = next(iter(points))
    if len(points) != 1 or low is None or low != high:
        return None
    reason = "Stated by the most reliable source that gives a number."
    return _Best(low, leaders[0][0].id, "most_reliable", reason)


def _lowest(rows: _Rows) -> _Best | None:
    value, number = _end([(ends.low, one.id) for one, ends in rows], -1)
    return None if value is None else _Best(value, number, "lowest", "The lowest stated figure.")


def _grade(one: Evidence) -> tuple[str, int]:
    """Return the grade of the Admiralty scale, A1 first, ungraded last."""
    return (one.reliability or _WORST_LETTER, one.credibility or _WORST_DIGIT)


def _none_because(inputs: tuple[Evidence, ...], terms: ClaimTerms) -> _Best:
    if terms.best_policy == BestPolicy.MAJORITY:
        reason = "No single number is stated by more than half of the independent origins."
    elif terms.best_policy == BestPolicy.MOST_RELIABLE:
        reason = "The most reliable sources do not agree on a single number."
    elif _common(inputs, terms) is None:
        reason = "Independent origins disagree and no decision prefers one."
    else:
        reason = "The figures are compatible, but they state no single exact value."
    return _Best(None, None, "", reason)


def _common(inputs: tuple[Evidence, ...], terms: ClaimTerms) -> Interval | None:
    return common_interval(tested_interval(one, terms) for one in inputs)
