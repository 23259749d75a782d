"""Who copied whom: the origins of statements, followed along relations between sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from claims.domain.evidence import Evidence, by_id, value_key
from claims.domain.vocabulary import AttributionRole, SourceRelationKind, Stance

THE_ARTICLE: Final = ""  # what rests on it says nothing of its own
MERGING: Final = frozenset(SourceRelationKind) - {SourceRelationKind.CITES}
UNNAMED: Final = "unnamed"  # the kind of party that "an official" is

type _Steps = dict[str, int]


@dataclass(frozen=True, slots=True)
class Rest:
    """A source takes what it says from another; both by reference, THE_ARTICLE for the article."""

    source: str
    on: str


@dataclass(slots=True)
class _Root:
    """What rests on one source at the end of a chain, and on no other.

    `own` are the statements of the source itself, `named` those of sources resting on it that
    name their speaker, `moved` the others.
    """

    own: list[Evidence] = field(default_factory=list)
    named: list[Evidence] = field(default_factory=list)
    moved: list[Evidence] = field(default_factory=list)

    @property
    def first(self) -> list[Evidence]:
        """The statements that what was moved here repeats; none when nobody cites the source."""
        return self.named if self.owner else self.own or self.named

    @property
    def owner(self) -> str:
        """The only speaker whom a resting source names and the source itself does not."""
        speakers = {one.origin for one in self.named}
        alone = len(speakers) == 1 and len({one.origin for one in self.own}) == 1
        return min(speakers) if alone and not any(one.names_speaker for one in self.own) else ""


@dataclass(frozen=True, slots=True)
class _First:
    """The origins of some statements; by the value that they state where they are several."""

    origins: frozenset[str]
    by_value: Mapping[tuple[object, ...], set[str]]

    @classmethod
    def of(cls, statements: list[Evidence]) -> _First:
        """Sort the statements once for all that may repeat them."""
        origins = frozenset(one.origin for one in statements)
        by_value: dict[tuple[object, ...], set[str]] = {}
        for one in statements if len(origins) > 1 else ():
            by_value.setdefault(value_key(one), set()).add(one.origin)
        return cls(origins, by_value)

    def origin_of(self, one: Evidence, root: str) -> str | None:
        """Whose statement it repeats; None where that cannot be told."""
        if root == THE_ARTICLE or not self.origins:
            return root
        alone = len(self.origins) == 1
        origins = self.origins if alone else self.by_value.get(value_key(one), set())
        return min(origins) if len(origins) == 1 else None


@dataclass(slots=True)
class _Group:
    """Statements that share a source they rest on, directly or through one another."""

    on: set[str] = field(default_factory=set)
    members: list[Evidence] = field(default_factory=list)


def merges(kind: str, *, whole: bool) -> bool:
    """Whether a relation makes two origins one.

    A work that cites another need not have this figure from it: only a relation that is
    confirmed for the claim says so.
    """
    return kind in MERGING or not whole


def follow(evidence: Iterable[Evidence], rests: Iterable[Rest]) -> list[Evidence]:
    """Return the evidence, by id, with the origins that the confirmed relations lead to.

    A statement that names its speaker is the speaker's wherever it is printed. Any other, whose
    source rests on another, is said by whom the source at the end of the chain has it from: the
    one origin among that source's own statements, or the one speaker whom a source resting on it
    names; of several the one with the same value. Where that cannot be told, or where a source
    rests on several of which one is counted, the statement `repeats` and is not counted. A chain
    that ends at the article ends in the article's own voice.
    """
    everything, above = by_id(evidence), _above(rests)
    if not above:
        return everything
    ends = {one.source: _ends(one.source, above) for one in everything if one.source}
    roots, mixed = _sorted(everything, above, ends)
    moved = {**_of_roots(roots, ends), **_of_mixed(mixed, roots, ends)}
    return [moved.get(one.id, one) for one in everything]


def is_named(role: str, kind: str) -> bool:
    """Whether the first link of a chain, (role, kind of party), is a speaker with a name."""
    return role == AttributionRole.SPEAKER and kind != UNNAMED


def reaches(start: str, goal: str, rests: Iterable[Rest]) -> bool:
    """Whether a chain leads from one source to another."""
    return goal in _steps(start, _above(rests))


def _above(rests: Iterable[Rest]) -> dict[str, set[str]]:
    above: dict[str, set[str]] = {}
    for rest in rests:
        above.setdefault(rest.source, set()).add(rest.on)
    return above


def _steps(source: str, above: Mapping[str, set[str]]) -> _Steps:
    """How many steps away each source is that this one rests on, itself included."""
    steps, waiting = {source: 0}, [source]
    for one in waiting:
        for other in sorted(above.get(one, ())):
            if other not in steps:
                steps[other] = steps[one] + 1
                waiting.append(other)
    return steps


def _ends(source: str, above: Mapping[str, set[str]]) -> _Steps:
    """The ends of the chains from a source; of a circle, which is refused, its smallest member."""
    steps = _steps(source, above)
    ends = {one: count for one, count in steps.items() if one not in above}
    return ends or {min(steps): 0}


def _sorted(
    everything: list[Evidence], above: Mapping[str, set[str]], ends: Mapping[str, _Steps]
) -> tuple[dict[str, _Root], list[Evidence]]:
    """The statements by the one source that they rest on, and those that rest on several."""
    roots: dict[str, _Root] = {}
    mixed = []
    for one in everything:
        if not (one.source and one.stands and one.stance == Stance.ASSERTS):
            continue
        rests = one.source in above
        if len(ends[one.source]) > 1 and THE_ARTICLE not in ends[one.source]:
            mixed += [] if one.names_speaker else [one]
            continue
        root = roots.setdefault(min(ends[one.source]), _Root())
        place = root.moved if rests else root.own
        (root.named if rests and one.names_speaker else place).append(one)
    return roots, mixed


def _of_roots(roots: Mapping[str, _Root], ends: Mapping[str, _Steps]) -> dict[int, Evidence]:
    found: dict[int, Evidence] = {}
    for name, root in roots.items():
        if root.owner:
            found |= {one.id: _said(one, root.owner, 0) for one in root.own}
        first = _First.of(root.first)
        for one in root.moved:
            found[one.id] = _said(one, first.origin_of(one, name), ends[one.source][name])
    return found


def _of_mixed(
    mixed: list[Evidence], roots: Mapping[str, _Root], ends: Mapping[str, _Steps]
) -> dict[int, Evidence]:
    """Those that rest on several: one origin for all that share a source, none is counted twice."""
    found: dict[int, Evidence] = {}
    groups: dict[str, _Group] = {}
    for one in mixed:
        on = set(ends[one.source])
        if on & roots.keys():
            found[one.id] = _said(one, None, max(ends[one.source].values()))
        else:
            _joined(groups, on).members.append(one)
    for group in {id(group): group for group in groups.values()}.values():
        origin = min(group.on)
        for one in group.members:
            found[one.id] = _said(one, origin, min(ends[one.source].values()))
    return found


def _joined(groups: dict[str, _Group], on: set[str]) -> _Group:
    """Make one group of those of the sources; the smaller ones move, so that few move often."""
    old = {id(group): group for group in (groups.get(source) for source in on) if group}
    largest = max(old.values(), key=lambda group: len(group.on), default=_Group())
    for group in old.values():
        if group is not largest:
            largest.members += group.members
            largest.on |= group.on
            groups |= dict.fromkeys(group.on, largest)
    groups |= dict.fromkeys(on, largest)
    largest.on |= on
    return largest


def _said(one: Evidence, origin: str | None, steps: int) -> Evidence:
    """The statement with the origin that was found; without one it only repeats."""
    own = one.origin
    if origin is None:
        return replace(one, own_origin=own, steps=steps, repeats=True)
    return replace(one, origin=origin, own_origin=own, steps=steps)
