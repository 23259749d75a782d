"""Which numbers of one question the text sets against each other; others open no dispute."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from claims.domain.quantity import Figure
from claims.domain.vocabulary import Stance
from claims.reading.asking.silence import Silence
from claims.reading.asking.statement import Statement
from claims.reading.proposals import Reading

MOST_COMPARED: Final = 30  # numbers of one question, so that reading stays linear
_NUMERIC: Final = frozenset({"figures disagree", "arithmetic"})


def silence_unopposed(statements: Sequence[Statement], reading: Reading) -> None:
    """Leave to an editor each number that cannot hold beside one before it in the same question.

    Unless the reading found that the text opposes the two: two numbers that differ are else as
    likely to be of two days, places or groups that the words did not tell apart.
    """
    opposed = _opposed(reading)
    counts = {figure.char_start: figure.is_count for figure in reading.figures}
    kept: dict[object, list[Statement]] = defaultdict(list)
    replaced = _replaced(statements)
    for one in statements:
        if one.is_highlight or not _is_number(one) or _begins(one) & replaced:
            continue
        at = one.places[0].char_start
        others = [other for other in kept[one.scope] if _differ(one, other, counts.get(at, True))]
        if all(_oppose(one, other, opposed) for other in others):
            if len(kept[one.scope]) < MOST_COMPARED:
                kept[one.scope].append(one)
        else:
            one.silence = Silence.RIVAL


def _replaced(statements: Iterable[Statement]) -> set[int]:
    """Where the answers begin that a later one takes the place of: they rival nothing."""
    return {one.replaces for one in statements if one.replaces is not None}


def _begins(one: Statement) -> set[int]:
    return {place.char_start for place in one.places}


def _opposed(reading: Reading) -> dict[int, int]:
    """{where a figure begins: its group}; figures of one group are set against each other."""
    group: dict[int, int] = {}
    for number, conflict in enumerate(reading.conflicts):
        if conflict.kind in _NUMERIC:
            starts = [member.char_start for member in conflict.members]
            known = {group[at] for at in starts if at in group}
            group |= dict.fromkeys(starts, number)
            group |= {at: number for at, other in group.items() if other in known}
    return group


def _oppose(one: Statement, other: Statement, opposed: dict[int, int]) -> bool:
    mine, theirs = (
        {opposed[place.char_start] for place in each.places if place.char_start in opposed}
        for each in (one, other)
    )
    return bool(mine & theirs)


def _is_number(one: Statement) -> bool:
    return one.stance == Stance.ASSERTS and bool(one.value.keys() & {"point", "low", "high"})


def _differ(one: Statement, other: Statement, count: bool) -> bool:
    """Whether the two cannot both hold, as the desk tests it."""
    mine, theirs = (Figure(**each.value).test_interval(count=count) for each in (one, other))
    below = mine.high is not None and theirs.low is not None and mine.high < theirs.low
    return below or (mine.low is not None and theirs.high is not None and mine.low > theirs.high)
