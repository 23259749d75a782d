"""What a figure counts, as a plain noun in the plural."""

from __future__ import annotations

import re
from typing import Final

from claims.domain.quantity import stated_number
from claims.reading.languages.english import ENGLISH
from claims.reading.proposals import ProposedFigure
from claims.reading.questions.counted import UNIT
from claims.reading.questions.measures import PEOPLE, class_of

LONGEST: Final = 4  # words of a noun without a plural
_EDGES: Final = " \t\n.,;:!?\"'“”()[]–—-"
_LEADING = ENGLISH.pattern("nouns.leading")
_WERE = ENGLISH.pattern("nouns.were")
_END = ENGLISH.pattern("nouns.end")
_PLURALS: Final = frozenset(ENGLISH.words("nouns.plurals"))
# What is counted when the noun says no more than the measure does.
_SAID: Final = frozenset(ENGLISH.words("nouns.said"))
_PERSONS = ENGLISH.pattern("nouns.persons")
_THINGS: Final = frozenset(ENGLISH.words("nouns.things"))
_UNIT_WORDS: Final = ENGLISH.table("nouns.unit_words")
_IRREGULAR: Final = ENGLISH.table("nouns.irregular")


def noun_of(figure: ProposedFigure) -> str:
    """Return the noun that a figure counts, in the plural; '' when the text gives none."""
    if figure.currency:
        return ""
    return _noun_behind(figure) or _counted_noun(figure)


def _noun_behind(figure: ProposedFigure) -> str:
    """As in "of the dead 13 were boys under 16"."""
    said = None if figure.counted.strip(_EDGES) else _WERE.match(figure.after)
    people = said is not None and _is_plural(said["noun"]) and counts_people(said["noun"])
    return said["noun"] if said is not None and people else ""


def _counted_noun(figure: ProposedFigure) -> str:
    words = re.split(r"[—–]", " ".join(figure.counted.split()))[0].strip(_EDGES)
    if re.match(r"(?:a|an|per|each|every) (?:day|week|month|year|hour)\b", words):
        return ""
    if figure.after.startswith("-"):  # "72-hour deadline"
        unit = UNIT.match(figure.after)
        return _unit_noun(unit["unit"], "") if unit else ""
    while leading := _LEADING.match(words):
        words = words[leading.end() :]
    if end := _END.search(words):
        words = words[: end.start()]
    words = words.strip(_EDGES).removesuffix(" of")
    unit = UNIT.match(f" {words}")
    if unit and re.match(r"(?:/h)?$| of ", words[unit.end() - 1 :]):
        return _unit_noun(unit["unit"], words[unit.end() - 1 :])
    kept = _up_to_plural(words.split())
    if kept[-2:] == ["crew", "members"]:
        kept.pop()
    while kept and kept[-1].casefold() in _SAID:
        kept.pop()
    noun = " ".join(kept)
    if kept and not _is_plural(kept[-1]) and not _is_demonym(kept):
        single = stated_number(figure.figure) == 1 or _names_person(kept[-1])
        noun = _plural(noun) if single else ""
    return _with_second(noun, figure.after)


def _with_second(noun: str, after: str) -> str:
    """As in "ten other women and children"."""
    second = re.match(rf" (?:[a-z]+ )?{re.escape(noun)} and ([a-z]+)", after) if noun else None
    people = second is not None and _is_plural(second[1]) and counts_people(second[1])
    return f"{noun} and {second[1]}" if second is not None and people else noun


def counts_people(noun: str) -> bool:
    """Whether the noun names people, as far as its form tells; '' names whoever is meant."""
    head = noun.rsplit(" ", 1)[-1]
    if head.casefold() in _THINGS or (noun and is_unit(noun)):
        return False
    return not noun or head[:1].isupper() or _names_person(head)


def _names_person(word: str) -> bool:
    lower = word.casefold()
    known = lower in PEOPLE or class_of(lower) or lower.endswith(("men", "folk"))
    return bool(known or _PERSONS.fullmatch(lower))


def is_unit(noun: str) -> bool:
    """Whether the noun is a measure of size or time, as hours are."""
    return noun in _UNIT_WORDS.values() or UNIT.match(f" {noun}") is not None


def _unit_noun(unit: str, rest: str) -> str:
    """As in "tons of food" and "kilometres an hour"."""
    of = re.match(r" of (?:[a-z]+ ?){1,3}", rest)
    more = " an hour" if rest.startswith("/h") else of[0].rstrip() if of else ""
    long = re.fullmatch(r"[a-z]{4,}[^s]", unit) and unit not in ("percent", "per cent")
    return f"{_UNIT_WORDS.get(unit) or (f'{unit}s' if long else unit)}{more}"


def _up_to_plural(words: list[str]) -> list[str]:
    """Keep "Arden army units" of "Arden army units gave up", and "rolls of cloth" whole."""
    for place, word in enumerate(words):
        if _is_plural(word):
            of = words[place + 1 : place + 2] == ["of"] and len(words) > place + 2
            of = of and words[place + 2] not in ("the", "its", "a", "their")
            return words[: place + 3] if of else words[: place + 1]
    return words[:LONGEST]


def _is_plural(word: str) -> bool:
    if word[:1].isupper():
        return False  # "United Nations staff"
    return (
        word in _PLURALS
        or word.endswith("men")
        or re.fullmatch(r"[a-z-]+(?:[^su'-]|ie)s", word) is not None
    )


def _is_demonym(words: list[str]) -> bool:
    """As in "68 Norsemen" and "14 Danes": a name in the plural and nothing else."""
    return len(words) == 1 and re.fullmatch(r"[A-ZÀ-Þ][a-zà-ÿ]{2,}s", words[0]) is not None


def _plural(words: str) -> str:
    rest, _, last = words.rpartition(" ")
    many = _IRREGULAR.get(last) or (f"{last[:-1]}ies" if re.search("[^aeiou]y$", last) else "")
    many = many or (f"{last}s" if last[-1:] != "s" else last)
    return f"{rest} {many}".strip()
