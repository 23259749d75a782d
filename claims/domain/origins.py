"""Who counts: one standing answer per independent origin, and why the others do not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from claims.domain.evidence import Evidence, by_id, last_said, said_order, value_key
from claims.domain.vocabulary import Stance

ExclusionCode = Literal[
    "not_live",
    "source_withdrawn",
    "not_an_assertion",
    "retracted",
    "article_voice",
    "same_origin_repeats",
    "same_origin_later",
    "rests_on_others",
    "no_value",
    "no_number",
]
REASONS: Final[dict[ExclusionCode, str]] = {
    "not_live": "superseded, withdrawn or rejected",
    "source_withdrawn": "its source was withdrawn",
    "not_an_assertion": "it denies, doubts or retracts and asserts no value",
    "retracted": "its own origin retracted it",
    "article_voice": "no independent origin: the article's own voice",
    "same_origin_repeats": "the same origin says the same elsewhere",
    "same_origin_later": "superseded by the same origin, to confirm",
    "rests_on_others": "its source took it from another, and that origin is counted",
    "no_value": "it says that the value is unknown",
    "no_number": "it gives no number",
}


@dataclass(frozen=True, slots=True)
class Excluded:
    """An assertion that is not counted, with a stable code and the reason in words."""

    id: int
    code: ExclusionCode

    @property
    def reason(self) -> str:
        return REASONS[self.code]


@dataclass(frozen=True, slots=True)
class Counted:
    """Evidence sorted by what it counts for; every assertion is in `inputs` or `excluded`.

    `inputs` hold one valued answer per independent origin. `voices` are values in the
    article's own voice: they can contradict an origin, all of them together as one more
    origin, but never corroborate, and never enter the range. `unknowns` are origins that say
    that nobody knows.
    """

    inputs: tuple[Evidence, ...]
    excluded: tuple[Excluded, ...]
    voices: tuple[Evidence, ...]
    unknowns: tuple[Evidence, ...]

    @property
    def to_confirm(self) -> tuple[int, ...]:
        """Assertions that the same origin seems to have replaced: an editor should say so."""
        return tuple(one.id for one in self.excluded if one.code == "same_origin_later")


def counted(evidence: Iterable[Evidence]) -> Counted:
    """Sort the evidence into what counts and what does not, in the order of ids."""
    everything = by_id(evidence)
    gone = _retracted(everything)
    excluded: dict[int, ExclusionCode] = {}
    groups: dict[str, list[Evidence]] = {}
    for one in everything:
        code = _exclusion(one, gone)
        if code:
            excluded[one.id] = code
        if code in (None, "article_voice"):
            groups.setdefault(one.origin, []).append(one)
    voices = tuple(one for one in groups.pop("", []) if one.has_value)
    latest = by_id(_collapse(group, excluded) for group in groups.values())
    excluded |= {one.id: "no_value" for one in latest if not one.has_value}
    return Counted(
        inputs=tuple(one for one in latest if one.has_value),
        excluded=tuple(Excluded(number, code) for number, code in sorted(excluded.items())),
        voices=voices,
        unknowns=tuple(one for one in latest if not one.has_value),
    )


def denials(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return the standing denials that their own origin has not retracted."""
    everything = by_id(evidence)
    gone = _retracted(everything)
    return tuple(
        one
        for one in everything
        if one.stance == Stance.DENIES and one.stands and one.id not in gone
    )


def denied_by_belligerents_only(evidence: Iterable[Evidence]) -> bool:
    """Whether there are denials and every one comes from a party to the conflict."""
    deniers = denials(evidence)
    return bool(deniers) and all(one.denier_is_belligerent for one in deniers)


def _exclusion(one: Evidence, gone: frozenset[int]) -> ExclusionCode | None:
    if not one.live:
        return "not_live"
    if one.source_withdrawn:
        return "source_withdrawn"
    if one.stance != Stance.ASSERTS:
        return "not_an_assertion"
    if one.id in gone:
        return "retracted"
    if one.repeats:
        return "rests_on_others"
    return None if one.origin else "article_voice"


def _collapse(group: list[Evidence], excluded: dict[int, ExclusionCode]) -> Evidence:
    """Return the latest answer of one origin and note why its other answers do not count.

    Where the origin itself is heard, what others took from it does not count.
    """
    nearest = min(one.steps for one in group)
    excluded |= {one.id: "rests_on_others" for one in group if one.steps > nearest}
    near = [one for one in group if one.steps == nearest]
    *earlier, latest = sorted(near, key=said_order)
    for one in earlier:
        same = value_key(one) == value_key(latest)
        excluded[one.id] = "same_origin_repeats" if same else "same_origin_later"
    return latest


def _retracted(evidence: list[Evidence]) -> frozenset[int]:
    """Return the ids that standing retractions take back.

    A retraction takes back its target; without one, all that its origin said before it. Nobody
    can retract what somebody else said.
    """
    backs = [one for one in evidence if one.stance == Stance.RETRACTS and one.stands]
    if not backs:
        return frozenset()
    return frozenset(_taken_back_by_name(evidence, backs) | _taken_back_whole(evidence, backs))


def _taken_back_by_name(evidence: list[Evidence], backs: list[Evidence]) -> set[int]:
    voices = {one.id: one.voices for one in evidence}
    return {
        back.target
        for back in backs
        if back.target is not None
        and back.target != back.id
        and back.origin in voices.get(back.target, ())
    }


def _taken_back_whole(evidence: list[Evidence], backs: list[Evidence]) -> set[int]:
    """Return what the origins said before they took back all of it, the last time they did."""
    whole: dict[str, list[Evidence]] = {}
    for back in backs:
        if back.target is None:
            whole.setdefault(back.origin, []).append(back)
    last = {origin: last_said(rows) for origin, rows in whole.items()}
    return {
        one.id
        for one in evidence
        if any(voice in last and last[voice].is_after(one) for voice in one.voices)
    }
