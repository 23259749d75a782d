"""Which figures of an article answer one question, though their words differ."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from claims.domain.quantity import Figure
from claims.reading.asking.measuring import UNCLEAR
from claims.reading.asking.scope import Scope
from claims.reading.asking.silence import Silence, silence_of
from claims.reading.asking.sizes import SIZES
from claims.reading.asking.sums_of_money import SUMS
from claims.reading.languages.english import ENGLISH
from claims.reading.proposals import Reading

WORDED: Final = frozenset({"who", "asks"})
"""Fields of a scope that word its question and tell nothing apart."""
LARGE: Final = 20
LEAST: Final = 4  # characters of a date: its year
FARTHEST: Final = 12
"""Figures before a revised one, among which the same count is looked for."""
_DATED = ENGLISH.pattern("alike.dated")
_ANYBODY: Final = frozenset({"", *ENGLISH.words("alike.anybody")})
_SUBGROUP = ENGLISH.pattern("comparing.subgroup")
_CROWDS: Final = tuple(frozenset(words.split()) for words in ENGLISH.table("alike.kinds").values())


def of_the_event(scopes: Iterable[Scope], reading: Reading) -> list[Scope]:
    """Give questions that differ only in naming the article's own day or place the first of them.

    "In all" tells a total from nothing else; the title has the place of the event.
    """
    day, title = event_date(reading), reading.title.casefold()
    first: dict[Scope, Scope] = {}
    found = []
    for scope in scopes:
        key = _event_key(scope, day, title)
        if scope.when != day and key.when != scope.when:
            scope = replace(scope, when="")  # only the year or month of the event
        found.append(first.setdefault(key, scope))
    return _told_apart(found)


def _event_key(scope: Scope, day: str, title: str) -> Scope:
    """The scope without what names the article's own event."""
    here = scope.place.casefold()
    named = here in title and re.search(rf"\b{re.escape(here)}", title)
    return replace(
        scope,
        place="" if named else scope.place,
        when="" if _is_within(scope.when, day) else scope.when,
        population="" if _who(scope) in _ANYBODY else scope.population,
        who="",
        asks="",
    )


def _share_equal(reading: Reading, scopes: list[Scope]) -> None:
    """Give people and villagers one question where one number counts both: "117", "117 villagers".

    Small numbers may be equal by chance.
    """
    day, title = event_date(reading), reading.title.casefold()
    counted: dict[tuple[Scope, Figure], Scope] = {}
    keys = {scope: _event_key(scope, day, title) for scope in set(scopes)}
    for figure, scope in zip(reading.figures, scopes, strict=True):
        key = keys[scope]
        if key.population and same_sort("", key.population) and not scope.asks:
            counted.setdefault((replace(key, population=""), figure.figure), scope)
    better: dict[Scope, Scope] = {}
    for figure, scope in zip(reading.figures, scopes, strict=True):
        large = figure.figure.point is not None and figure.figure.point >= LARGE
        if large and not keys[scope].population and scope.measure not in UNCLEAR:
            found = counted.get((keys[scope], figure.figure))
            if found is not None:
                better.setdefault(scope, found)
    scopes[:] = [better.get(scope, scope) for scope in scopes]


def _told_apart(scopes: list[Scope]) -> list[Scope]:
    """Leave out of whom a sum or a size is where nothing else of its sort is of another.

    The question says it in any case.
    """
    whose: dict[Scope, set[str]] = {}
    sized = [scope.measure in SUMS | SIZES and bool(scope.asks) for scope in scopes]
    keys = [replace(scope, population="", who="", asks="") for scope in scopes]
    for scope, key, plain in zip(scopes, keys, sized, strict=True):
        if plain:
            whose.setdefault(key, set()).add(scope.population)
    return [
        replace(scope, population="") if plain and len(whose[key]) == 1 else scope
        for scope, key, plain in zip(scopes, keys, sized, strict=True)
    ]


def _who(scope: Scope) -> str:
    return scope.population.removesuffix("in all").strip(", ").casefold()


def _is_within(when: str, day: str) -> bool:
    """Whether a date is the event's own, or the month or year of its day."""
    ends = day.split("/")
    return when == day or (len(when) >= LEAST and all(end.startswith(when) for end in ends))


def event_date(reading: Reading) -> str:
    """The date of the event: that of the infobox, else the first date of the text; '' for none."""
    dated = [b for b in reading.blocks if b.kind == "infobox" and _DATED.search(b.label)]
    for block in dated[:1]:
        inside = [d for d in reading.dates if block.char_start <= d.char_start < block.char_end]
        if inside:
            return inside[0].edtf
    return reading.dates[0].edtf if reading.dates else ""


def shared_scopes(reading: Reading, scopes: list[Scope]) -> list[Scope]:
    """Give rival counts ("60" against "97") that can answer one question that question.

    The first of them that says what it counts names it, villagers before people. One that is of
    another day, place, side or sort of people keeps its own.
    """
    _share_revised(reading, scopes)
    for rivals in _rivals(reading):
        clear = [one for one in rivals if silence_of(scopes[one]) is Silence.SPEAKS]
        leader = scopes[clear[0] if clear else rivals[0]]
        leader = next((scopes[one] for one in clear if _says_more(scopes[one], leader)), leader)
        for index in rivals:
            if _may_share(scopes[index], leader):
                scopes[index] = leader
    _share_equal(reading, scopes)
    return scopes


def _share_revised(reading: Reading, scopes: list[Scope]) -> None:
    """Give a count and the one that it replaces one question: that of the one that is clear.

    Where neither is, that of an equal count before them: "212 dead ... revised from 212 to 140".
    """
    for index, figure in enumerate(reading.figures):
        if figure.replaces is None:
            continue
        pair = [figure.replaces, index]
        value = reading.figures[figure.replaces].figure
        equal = [
            one for one in range(max(0, figure.replaces - FARTHEST), figure.replaces)
            if reading.figures[one].figure == value
        ]  # fmt: skip
        near = [*pair, *reversed(equal)]
        clear = [one for one in near if silence_of(scopes[one]) is Silence.SPEAKS]
        if clear and _agree(scopes, pair, clear[0]):
            for one in pair:
                scopes[one] = scopes[clear[0]]


def _agree(scopes: list[Scope], pair: list[int], leader: int) -> bool:
    """Whether no one of the pair is clearly of something else."""
    return all(
        (scopes[one].measure in UNCLEAR and not scopes[one].asks)
        or scopes[one].measure == scopes[leader].measure
        for one in pair
    )  # fmt: skip


def _rivals(reading: Reading) -> list[list[int]]:
    """The figures of each proposed disagreement, by index."""
    index_at = {figure.char_start: index for index, figure in enumerate(reading.figures)}
    found = []
    for conflict in reading.conflicts:
        if conflict.kind == "figures disagree":
            members = [index_at.get(member.char_start) for member in conflict.members]
            found.append(sorted(member for member in members if member is not None))
    return [members for members in found if len(members) > 1]


def _says_more(one: Scope, leader: Scope) -> bool:
    """Whether one names the sort of people where the other names just people."""
    generic = [_who(scope) in _ANYBODY for scope in (one, leader)]
    return generic == [False, True] and _may_share(one, leader)


def _may_share(one: Scope, leader: Scope) -> bool:
    if one.unit != leader.unit:
        return False
    unnamed = one.measure in UNCLEAR and not one.asks
    if one.is_unowned or (one.measure != leader.measure and not unnamed):
        return False
    apart = (one.when and leader.when and one.when != leader.when) or (
        one.place and leader.place and one.place != leader.place
    )
    return not apart and same_sort(one.who if unnamed else one.population, leader.population)


def same_sort(one: str, other: str) -> bool:
    """Whether two populations may be one: marchers and protesters, people and villagers."""
    mine, theirs = (words.removesuffix("in all").strip(", ").casefold() for words in (one, other))
    if mine == theirs:
        return True
    if mine in _ANYBODY or theirs in _ANYBODY:
        if one[:1].isupper() or other[:1].isupper():
            return False
        named = theirs if mine in _ANYBODY else mine
        return not named.startswith("of ") and not _SUBGROUP.search(named)
    if any(words[:1].isupper() for words in (one, other)):
        return False  # a people or a body, by its name
    heads = [words.rsplit(" ", 1)[-1] for words in (mine, theirs)]
    one_crowd = heads[0] == heads[1] or any({*heads} <= crowd for crowd in _CROWDS)
    return one_crowd and ("of " in mine) == ("of " in theirs)
