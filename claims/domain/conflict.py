"""Where answers contradict each other, and which disputes that calls for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from claims.domain.evidence import ClaimTerms, Evidence, by_id, tested_interval, value_key
from claims.domain.gaps import Tested, widest_conflict, widest_gap, worst
from claims.domain.intervals import Interval
from claims.domain.origins import Counted, counted, denials, denied_by_belligerents_only
from claims.domain.vocabulary import (
    Cardinality,
    DisputeKind,
    MaybeSeverity,
    Stance,
    ValueFamily,
    complete,
    family_of,
    is_numeric,
    states_figures,
)

# What a contradiction among answers of a family is called; texts never contradict each other.
_KIND_OF: Final[dict[ValueFamily, DisputeKind | None]] = complete(
    ValueFamily,
    "domain.conflict._KIND_OF",
    {
        ValueFamily.FIGURE: DisputeKind.VALUE,
        ValueFamily.BOOLEAN: DisputeKind.VALUE,
        ValueFamily.DATE: DisputeKind.DATE,
        ValueFamily.PARTY: DisputeKind.ATTRIBUTION,
        ValueFamily.TEXT: None,
    },
)
_WORDS_OF: Final[dict[DisputeKind, str]] = {
    DisputeKind.VALUE: "independent origins state values that cannot all hold",
    DisputeKind.DATE: "independent origins state dates that cannot all hold",
    DisputeKind.ATTRIBUTION: "independent origins name different parties",
}
DENIED = "a source denies what is stated"
DENIED_BY_A_PARTY = "a party to the conflict denies what is stated"
_NOUN_OF: Final[dict[DisputeKind, str]] = {
    DisputeKind.VALUE: "the values cannot both hold",
    DisputeKind.DATE: "the dates cannot both hold",
    DisputeKind.ATTRIBUTION: "they name different parties",
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """A contradiction between origins; `members` contradict at least one other member."""

    kind: DisputeKind
    members: tuple[int, ...]
    severity: MaybeSeverity


@dataclass(frozen=True, slots=True)
class ExpectedDispute:
    """A dispute that the evidence calls for; a soft one is only a hint for editors."""

    kind: DisputeKind
    members: tuple[int, ...]
    reason: str
    severity: MaybeSeverity = ""
    soft: bool = False


def conflicts(evidence: Iterable[Evidence], terms: ClaimTerms) -> Conflict | None:
    """Return the contradiction among the answers that count, or None.

    It takes one pass for numbers and dates. The article's own voice is compared with the
    origins but not with itself; a text never contradicts a text.
    """
    return _conflict_of(counted(evidence), terms)


def _conflict_of(sides: Counted, terms: ClaimTerms) -> Conflict | None:
    kind = _KIND_OF[family_of(terms.value_kind)]
    if kind is None:
        return None
    find = _interval_members if is_numeric(terms.value_kind) else _pair_members
    members = find(sides, terms)
    if not members:
        return None
    return Conflict(kind, tuple(sorted(members)), _severity_of(sides, terms))


def conflicting_pairs(
    evidence: Iterable[Evidence], terms: ClaimTerms
) -> tuple[tuple[int, int], ...]:
    """Return each contradicting pair of ids, smaller id first; for display, quadratic."""
    sides = counted(evidence)
    return tuple(sorted(_pairs(sides, terms)))


def disagree(one: Evidence, other: Evidence, terms: ClaimTerms) -> bool:
    """Whether two values cannot both hold."""
    if not (one.has_value and other.has_value):
        return False
    match family_of(terms.value_kind):
        case ValueFamily.FIGURE | ValueFamily.DATE:
            mine, theirs = tested_interval(one, terms), tested_interval(other, terms)
            return mine.intersection(theirs) is None
        case ValueFamily.PARTY:
            single = terms.cardinality == Cardinality.SINGLE
            return single and one.parties.isdisjoint(other.parties)
        case ValueFamily.BOOLEAN:
            return one.boolean is not other.boolean
        case ValueFamily.TEXT:
            return False


def severity(evidence: Iterable[Evidence], terms: ClaimTerms) -> MaybeSeverity:
    """Return how far apart the two figures are that lie furthest apart, as stated.

    '' for less than two figures and for what is no figure. What does not stand or does not
    assert is left out.
    """
    if not states_figures(terms.value_kind):
        return ""
    standing = [one for one in evidence if one.stands and one.stance == Stance.ASSERTS]
    return widest_gap(one.figure for one in standing if one.has_value and one.figure is not None)


def _severity_of(sides: Counted, terms: ClaimTerms) -> MaybeSeverity:
    """Return the widest gap between two figures that cannot both hold.

    A figure more can only add pairs, so that no agreeing source makes a conflict less severe.
    """
    if not states_figures(terms.value_kind):
        return ""
    inputs, voices = _tested(sides.inputs, terms), _tested(sides.voices, terms)
    return worst((widest_conflict(inputs, inputs), widest_conflict(inputs, voices)))


def _tested(rows: Iterable[Evidence], terms: ClaimTerms) -> list[Tested]:
    return [(tested_interval(one, terms), one.figure) for one in rows if one.figure is not None]


def expected_disputes(
    evidence: Iterable[Evidence], terms: ClaimTerms
) -> tuple[ExpectedDispute, ...]:
    """Return the disputes that the machine must hold open for this evidence, at most two."""
    everything = by_id(evidence)
    found: list[ExpectedDispute] = []
    sides = counted(everything)
    conflict = _conflict_of(sides, terms)
    if conflict:
        words = _reason(conflict, sides)
        found.append(ExpectedDispute(conflict.kind, conflict.members, words, conflict.severity))
    deniers = denials(everything)
    if deniers:
        party = denied_by_belligerents_only(everything)
        words = DENIED_BY_A_PARTY if party else DENIED
        found.append(
            ExpectedDispute(DisputeKind.DENIAL, _denial_members(everything, deniers), words)
        )
    return tuple(found)


def _reason(conflict: Conflict, sides: Counted) -> str:
    """Return why the case is opened; the article is no independent origin and is named."""
    members = frozenset(conflict.members)
    origins = [one for one in sides.inputs if one.id in members]
    if len(origins) > 1:
        return _WORDS_OF[conflict.kind]
    return f"the article, which names no source, contradicts a source: {_NOUN_OF[conflict.kind]}"


def _interval_members(sides: Counted, terms: ClaimTerms) -> set[int]:
    """Compare every interval with the largest low and the smallest high of the origins."""
    inputs = {one.id: tested_interval(one, terms) for one in sides.inputs}
    voices = {one.id: tested_interval(one, terms) for one in sides.voices}
    members = _outside(inputs, inputs) | _outside(voices, inputs)
    return members | _outside(inputs, voices)


def _outside(these: dict[int, Interval], those: dict[int, Interval]) -> set[int]:
    """Return which of `these` share no number with at least one of `those`."""
    top = min((one.high for one in those.values() if one.high is not None), default=None)
    bottom = max((one.low for one in those.values() if one.low is not None), default=None)
    return {
        number
        for number, one in these.items()
        if (top is not None and one.low is not None and one.low > top)
        or (bottom is not None and one.high is not None and one.high < bottom)
    }


def _pair_members(sides: Counted, terms: ClaimTerms) -> set[int]:
    """Compare each different value once, however many state it, and stop where one is against."""
    inputs, voices = _by_value(sides.inputs), _by_value(sides.voices)
    members = _contradicted(inputs, inputs, terms) | _contradicted(inputs, voices, terms)
    return members | _contradicted(voices, inputs, terms)


def _by_value(rows: Iterable[Evidence]) -> list[list[Evidence]]:
    groups: dict[tuple[object, ...], list[Evidence]] = {}
    for one in rows:
        groups.setdefault(value_key(one), []).append(one)
    return list(groups.values())


def _contradicted(
    these: list[list[Evidence]], those: list[list[Evidence]], terms: ClaimTerms
) -> set[int]:
    """Return which of `these`, in groups of one value, contradict at least one of `those`.

    The first of a group stands beside the last of each other, and of its own where it has two.
    """
    return {
        one.id
        for rows in these
        if any(
            rows[0] is not others[-1] and disagree(rows[0], others[-1], terms) for others in those
        )
        for one in rows
    }


def _pairs(sides: Counted, terms: ClaimTerms) -> set[tuple[int, int]]:
    """Compare each origin with each other origin and with the article's own voice."""
    among = combinations(sides.inputs, 2)
    across = ((one, voice) for one in sides.inputs for voice in sides.voices)
    return {
        (min(one.id, other.id), max(one.id, other.id))
        for pairs in (among, across)
        for one, other in pairs
        if disagree(one, other, terms)
    }


def _denial_members(evidence: list[Evidence], deniers: tuple[Evidence, ...]) -> tuple[int, ...]:
    """Return the denials and the standing assertions that they name."""
    targets = {one.target for one in deniers}
    named = {one.id for one in evidence if one.id in targets and one.stands}
    return tuple(sorted({one.id for one in deniers} | named))
