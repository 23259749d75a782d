"""Which question a proposed figure answers: the scope of its claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from operator import attrgetter
from typing import Final

from claims.domain.dates import EdtfError, parse_edtf
from claims.domain.vocabulary import Aggregation
from claims.reading.asking.alike import WORDED, of_the_event, shared_scopes
from claims.reading.asking.elections import WON
from claims.reading.asking.measuring import COMPOUND, measure_of
from claims.reading.asking.nouns import noun_of
from claims.reading.asking.populations import BY_WORDS, CountedGroup, counted_group
from claims.reading.asking.scope import Scope
from claims.reading.asking.sides import Sides, lost_in_battle
from claims.reading.asking.spans import Blocks
from claims.reading.asking.verbs import told_by_words
from claims.reading.languages.english import ENGLISH
from claims.reading.proposals import ArticleBlock, ProposedFigure, Reading

_DWELLERS = ENGLISH.pattern("terms.dwellers")
_EXPECTED = ENGLISH.pattern("terms.expected")
_AS_OF = re.compile(r"\b[Aa]s (?:of|at)\b")
_BY = re.compile(r"\b[Bb]y (?!the\b(?! (?:end|time)))")
_UNTIL = re.compile(r"\[?\.\./?([^\]/.]+)\]?")
_EDGES = " \t\n.,;:!?\"'()[]–—-"


_PARTS: Final = attrgetter(*(one.name for one in fields(Scope) if one.name not in WORDED))


def scopes_of(reading: Reading) -> list[Scope]:
    """Return the scope of each figure; figures that the reading compares share one.

    Rival counts ("60" against "97") are answers to one question even where one text says
    soldiers and the other deaths: the first of them that says what it counts names the scope.
    """
    blocks = Blocks(reading.blocks)
    around = [blocks.around(figure) for figure in reading.figures]
    sides = Sides(reading.blocks, reading.text)
    second = _one_day_until(reading)
    read = [
        _scope(figure, block, reading.text, sides, figure.char_start < second)
        for figure, block in zip(reading.figures, around, strict=True)
    ]
    scopes = _in_first_case(_placed(read, around))
    return shared_scopes(reading, of_the_event(scopes, reading))


def _placed(scopes: Iterable[Scope], around: Iterable[ArticleBlock | None]) -> Iterator[Scope]:
    """Give a scope without a place that of the one before it in its block that asks the same."""
    last: dict[tuple[int, Scope], str] = {}
    for scope, block in zip(scopes, around, strict=True):
        if block is None:
            yield scope
            continue
        key = block.char_start, replace(scope, place="")
        place = scope.place or last.get(key, "")
        last[key] = place
        yield scope if place == scope.place else replace(scope, place=place)


def _in_first_case(scopes: Iterable[Scope]) -> list[Scope]:
    """Write what differs only by letter case as it is written first."""
    places: dict[str, str] = {}
    first: dict[tuple[str, ...], Scope] = {}
    found = []
    for one in scopes:
        place = places.setdefault(one.place.casefold(), one.place)
        scope = one if place == one.place else replace(one, place=place)
        key = tuple(str(part).casefold() for part in _PARTS(scope))
        found.append(first.setdefault(key, scope))
    return found


def _scope(
    figure: ProposedFigure,
    block: ArticleBlock | None,
    text: str,
    sides: Sides,
    is_one_day: bool,
) -> Scope:
    as_of = _as_of(figure, block, text)
    noun = noun_of(figure)
    told = told_by_words(figure, block, noun, text, sides)
    measure = told.measure if told else measure_of(figure, block, noun)
    if sides and measure == "killed" and lost_in_battle(figure):
        measure = COMPOUND  # the wounded and captured are lost as well
    counted = CountedGroup(told.population, told.who) if told else None
    counted = counted or counted_group(figure, measure, block, text, sides)
    place, when = _event(figure, measure, block)
    if told and measure in WON and block is not None and block.kind == "table_row":
        place = ""  # the row is whose they are
    if not (figure.dated or is_one_day or (block is not None and block.kind == "table_row")):
        when = ""  # the date of another sentence, or of the saying
    return Scope(
        measure=measure,
        unit=told.unit if told and told.unit is not None else figure.currency or figure.unit[:40],
        population=counted.population,
        aggregation=_aggregation(figure, as_of, text),
        as_of=as_of,
        place=place,
        when="" if as_of else when,
        who=counted.who,
        words=counted.words,
        asks=told.asks if told else "",
        is_unowned=counted.is_unowned,
    )


def _one_day_until(reading: Reading) -> int:
    """Where the article names a second date; before it all that happens is of one."""
    known = ""
    for date in reading.dates:
        if date.edtf.startswith(known):
            known = date.edtf  # "1987", then the day in it
        elif not known.startswith(date.edtf):
            return date.char_start
    return len(reading.text)


def _event(figure: ProposedFigure, measure: str, block: ArticleBlock | None) -> tuple[str, str]:
    """Where and when; a row of a table that begins with a year is about that year."""
    place, when = _tidy(figure.place)[:200], known_date(figure.date_edtf)
    if block is not None and block.kind == "table_row" and re.fullmatch(r"[12]\d{3}", place):
        return "", place
    near = f"{figure.before} {figure.after}"
    if not place and (of := _DWELLERS.match(figure.after)):
        place = of["place"]
    named = place and not re.search(rf"\b[Ff]rom (?:the )?{re.escape(place)}", near)
    told = named and not re.fullmatch(r"[A-Z]{4,}|.*['’]s? .*", place)
    return (place if told and measure not in BY_WORDS else ""), when


def _aggregation(figure: ProposedFigure, as_of: str, text: str) -> str:
    if "/" in figure.unit:
        return Aggregation.RATE
    if as_of:
        return Aggregation.STOCK
    near = text[figure.char_end : figure.char_end + 60]
    near = re.split(r"[.,;]", near, maxsplit=1)[0]
    return Aggregation.FORECAST if _EXPECTED.search(near) else Aggregation.EVENT


def _as_of(figure: ProposedFigure, block: ArticleBlock | None, text: str) -> str:
    """The date of "As of 8 April" ahead of the figure in its sentence."""
    start = block.char_start if block else 0
    lead = text[max(start, figure.char_start - 120) : figure.char_start]
    clause = lead.rsplit(". ", 1)[-1]
    until = _UNTIL.fullmatch(figure.date_edtf)
    if until and _BY.search(clause):
        return known_date(until[1])
    return known_date(figure.date_edtf) if _AS_OF.search(clause) else ""


def known_date(edtf: str) -> str:
    """The date when it is one that the desk can keep, else ''."""
    try:
        return edtf if edtf and len(edtf) <= 64 and parse_edtf(edtf).earliest else ""
    except EdtfError:
        return ""


def _tidy(words: str) -> str:
    return " ".join(words.split()).strip(_EDGES)
