"""What is done to the people or things that a figure counts, by the verb that governs it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from claims.reading.asking.nouns import counts_people, is_unit
from claims.reading.asking.told import Told
from claims.reading.languages.english import ENGLISH
from claims.reading.proposals import ProposedFigure

_PEOPLE: Final = frozenset(ENGLISH.words("deeds.to_people"))
_THINGS: Final = frozenset(ENGLISH.words("deeds.to_things"))
_EITHER: Final = frozenset(ENGLISH.words("deeds.to_either"))
_KNOWN: Final = _PEOPLE | _THINGS | _EITHER
_PAST: Final = ENGLISH.table("deeds.past")
_SAME: Final = ENGLISH.table("deeds.same")
SAID: Final = ENGLISH.table("deeds.said")
"""What a question says of those whom a state is of."""
DEEDS: Final = _KNOWN | {*_SAME.values()} | {*SAID}
"""Measures that deeds and states name."""
_UNDERGONE = ENGLISH.pattern("deeds.undergone")
_DONE = ENGLISH.pattern("deeds.done")
_ANIMALS = ENGLISH.pattern("deeds.animals")
_KILLED = ENGLISH.pattern("deeds.killed")
_KILLING = ENGLISH.pattern("deeds.killing")
_LISTED = ENGLISH.pattern("deeds.listed")
_PHRASES: Final = tuple(
    (name, re.compile(rf"\b(?:{words})(?: (?:a total of|another|some|all|only|about))*$"))
    for name, words in ENGLISH.patterns("deeds.phrases").items()
)
_OF: Final = ENGLISH.patterns("deeds.of")
_STATES: Final = tuple(
    (name, re.compile(words)) for name, words in ENGLISH.patterns("deeds.states").items()
)


def told_of_deed(figure: ProposedFigure, noun: str) -> Told | None:
    """Return what was done to those counted, None where no verb that is known governs them.

    "Two" of "eleven nurses were infected, of whom two died" leaves its noun to the question.
    """
    people = counts_people(noun)
    if noun and is_unit(noun):
        return None
    if noun and _ANIMALS.search(noun):
        return Told("killed", noun, noun, unit="") if _is_killed(figure) else None
    before = _LISTED.sub("", figure.before.rstrip())
    for name, words in _STATES:
        if words.match(figure.after):
            return Told(name, noun, noun, unit="people" if people else "")
    for name, words in _PHRASES:
        of = _OF.get(name)
        fits = re.match(of, noun or "people") if of else people
        named = noun or re.match(r" (?:people|persons)\b", figure.after)
        if named and fits and words.search(before):
            return Told(name, noun, noun, unit="people" if people else "")
    return _of_verb(figure, noun, before, people=people)


def _is_killed(figure: ProposedFigure) -> bool:
    return bool(_KILLED.match(figure.after) or _KILLING.search(figure.before.rstrip()))


def _of_verb(figure: ProposedFigure, noun: str, before: str, *, people: bool) -> Told | None:
    verb = next(_verbs(figure, before), "")
    if verb in _PEOPLE and people:
        return Told(_SAME.get(verb, verb), noun, noun, unit="people")
    if noun and verb in _EITHER | (_THINGS if not people else frozenset()):
        return Told(_SAME.get(verb, verb), noun, noun, unit="people" if people else "")
    return None


def _verbs(figure: ProposedFigure, before: str) -> Iterator[str]:
    """The participle of the verb behind the figure and its noun, else of that right before it."""
    behind = _UNDERGONE.match(figure.after)
    if behind and behind["verb"] in _KNOWN:
        yield behind["verb"]
    ahead = _DONE.search(before)
    if ahead and (verb := _participle(ahead["verb"])):
        yield verb


def _participle(word: str) -> str:
    """The participle of a past tense or a gerund; '' for other words."""
    found = _PAST.get(word, word)
    if found in _KNOWN:
        return found
    stem = word.removesuffix("ing")
    ed = next((form for form in (f"{stem}ed", f"{stem}d") if form in _KNOWN), "")
    return ed if stem != word else ""
