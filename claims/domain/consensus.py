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
from claims.domain.stated_range import has_end, stated_range
from claims.domain.vocabulary import BestPolicy, ValueFamily, family_of, states_figures

BestRule = Literal["", "preferred", "only_exact_point", "majority", "most_reliable", "lowest"]
DISAGREEMENT: Final = "Independent origins disagree and no decision prefers one."
_WORST_LETTER: Final = "G"  # behind F of the Admiralty scale: no letter given
_WORST_DIGIT: Final = 7


@dataclass(frozen=True, slots=True)
class Consensus:
    """The range of the stated values, each end with the assertion that it comes from.

    Dates are in day numbers. Both ends are None where nothing is stated. `low_open` and
    `high_open` say that a source states no lower, no upper end. `best` is None where no rule
    gives one; `best_reason` says why in words. `inputs` and `excluded` are all assertions, so
    that anyone can do the sum again.
    """

    low: Decimal | None
    high: Decimal | None
    low_open: bool
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
    evidence: Iterable[Evidence],
    terms: ClaimTerms,
    resolution_preferred: int | None = None,
    *,
    is_decided: bool = False,
) -> Consensus:
    """Return the range over one answer per origin, and the best value where a rule gives one.

    `is_decided` says that a decision is in force: only what it prefers is best then.
    """
    everything = by_id(evidence)
    sides = counted(everything)
    rows = [(one, stated_ends(one, terms)) for one in sides.inputs]
    numbered = [(one, ends) for one, ends in rows if has_end(ends)]
    silent = tuple(Excluded(one.id, "no_number") for one, ends in rows if not has_end(ends))
    span = stated_range(numbered)
    chosen = next((one for one in everything if one.id == resolution_preferred), None)
    if is_decided or (chosen is not None and chosen.stands):
        best = _decided(chosen, terms)
    else:
        best = _best(sides.inputs, numbered, terms)
    return Consensus(
        low=span.low,
        high=span.high,
        low_open=span.low_open,
        high_open=span.high_open,
        low_from=span.low_from,
        high_from=span.high_from,
        best=best.value,
        best_from=best.number,
        best_rule=best.rule,
        best_reason=best.reason,
        inputs=tuple(one.id for one, _ in numbered),
        excluded=tuple(sorted((*sides.excluded, *silent), key=lambda one: one.id)),
    )


def _decided(chosen: Evidence | None, terms: ClaimTerms) -> _Best:
    """Return what the editors prefer; where they prefer nothing, no rule speaks for them."""
    if chosen is None or not chosen.stands:
        return _Best(None, None, "", "Editors decided and prefer no single answer.")
    ends = stated_ends(chosen, terms)
    return _Best(_point(ends), chosen.id, "preferred", "Preferred by a decision of the editors.")


def _best(inputs: tuple[Evidence, ...], rows: _Rows, terms: ClaimTerms) -> _Best:
    """Try the rules in order: the only exact value, the claim's own policy."""
    if not rows:
        return _Best(None, None, "", f"No independent origin gives a {_noun(terms)}.")
    return (
        _only_exact_point(inputs, rows, terms)
        or _by_policy(rows, terms)
        or _none_because(inputs, terms)
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
    points = [(_point(ends), one.id) for one, ends in rows]
    votes = Counter(point for point, _ in points if point is not None)
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
    points = {_point(ends) for _, ends in leaders}
    value = next(iter(points))
    if len(points) != 1 or value is None:
        return None
    reason = "Stated by the most reliable source that gives a number."
    return _Best(value, leaders[0][0].id, "most_reliable", reason)


def _lowest(rows: _Rows) -> _Best | None:
    span = stated_range(rows)
    return _Best(span.low, span.low_from, "lowest", "The lowest stated figure.")


def _point(ends: StatedEnds) -> Decimal | None:
    """Return the single value that an answer states, exact or about; None for any other."""
    return ends.low if ends.low == ends.high and not ends.high_open else None


def _grade(one: Evidence) -> tuple[str, int]:
    """Return the grade of the Admiralty scale, A1 first, ungraded last."""
    return (one.reliability or _WORST_LETTER, one.credibility or _WORST_DIGIT)


def _none_because(inputs: tuple[Evidence, ...], terms: ClaimTerms) -> _Best:
    if terms.best_policy == BestPolicy.MAJORITY:
        reason = "No single number is stated by more than half of the independent origins."
    elif terms.best_policy == BestPolicy.MOST_RELIABLE:
        reason = "The most reliable sources do not agree on a single number."
    elif _common(inputs, terms) is None:
        reason = DISAGREEMENT
    elif len(inputs) == 1:
        reason = f"The only {_noun(terms)} is not exact."
    else:
        reason = f"The {_noun(terms)}s are compatible, but they state no single exact value."
    return _Best(None, None, "", reason)


def _common(inputs: tuple[Evidence, ...], terms: ClaimTerms) -> Interval | None:
    return common_interval(tested_interval(one, terms) for one in inputs)


def _noun(terms: ClaimTerms) -> str:
    if states_figures(terms.value_kind):
        return "figure"
    return "date" if family_of(terms.value_kind) is ValueFamily.DATE else "answer"
