"""What a figure measures, as far as the words around it say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from claims.reading.asking.nouns import counts_people, is_unit
from claims.reading.languages.english import ENGLISH
from claims.reading.proposals import ArticleBlock, ProposedFigure
from claims.reading.questions.counted import AMOUNTS
from claims.reading.questions.measures import measure_named

NUMBER, AMOUNT, SHARE = "number", "amount", "share"
COST, SUM = "cost", "sum"  # of money in a currency that the text names
UNCLEAR: Final = frozenset({NUMBER, AMOUNT, SHARE, SUM})
SHARES: Final = frozenset({"share", "percent", "per cent", "%"})
COMPOUND: Final = "casualties"
OF_THINGS: Final = frozenset({"destroyed", "votes", "seats", *AMOUNTS})

MONEY: Final = ENGLISH.pattern("measuring.money")

_STRETCH: Final = 90  # characters in which a word still belongs to the figure
_BREAK = ENGLISH.pattern("measuring.break")
_WORD = re.compile(r"[A-Za-zÀ-ÿ]+")
_MARKS = ' "“”'
# "Killing 9 people and injuring 31": the verb right before a figure takes it.
_GOVERNING = ENGLISH.pattern("measuring.governing")
_ASIDE = ENGLISH.pattern("measuring.aside")
# Nouns that name those who are counted, or traces of them, and tell not what befell them.
_NO_MEASURE = ENGLISH.pattern("measuring.no_measure")
_WITH: Final = ENGLISH.table("measuring.with")
_LOSSES = ENGLISH.pattern("measuring.losses")
_ITEM_END = re.compile(r"[;,\n(<]")
_LOST = ENGLISH.pattern("measuring.lost")
_WERE_LOST = ENGLISH.pattern("measuring.were_lost")
_OUTCOMES = ENGLISH.pattern("measuring.outcomes")


def measure_of(figure: ProposedFigure, block: ArticleBlock | None, noun: str) -> str:
    """Return the figure's measure; number, amount or share where the words name none."""
    base = figure.unit.split("/")[0]
    named = COMPOUND if outcomes_of(figure) else _named(figure, block)
    if figure.currency:
        return COST if named == COST else SUM
    if base in SHARES and named != "turnout":
        return SHARE
    if named and _fits(named, figure, noun):
        return named
    return NUMBER if figure.is_count else AMOUNT


def outcomes_of(figure: ProposedFigure) -> str:
    """The words of "killed, captured or deserted" behind a figure, '' for other words."""
    found = _OUTCOMES.match(figure.after)
    return found["words"] if found else ""


def _named(figure: ProposedFigure, block: ArticleBlock | None) -> str:
    """The measure of an infobox line or a cell, else the one that the sentence ties to it."""
    told = block is not None and block.kind in ("infobox", "table_row")
    # "Police put the toll at 60" answers what the figure before it counted.
    again = figure.counted and not figure.after.lstrip(" -").startswith(
        (figure.counted, f"of {figure.counted}")
    )
    if told and figure.event == "killed" and _LOSSES.search(block.label if block else ""):
        return figure.event if _says_killed(figure) else COMPOUND
    if told or again:
        return figure.event
    return next(_tied(figure), "")


def _says_killed(figure: ProposedFigure) -> bool:
    """Whether the item of a line "casualties" says that they died, or names the dead."""
    item = _ITEM_END.split(figure.after, maxsplit=1)[0]
    return any(measure_named(word[0].lower()) == "killed" for word in _WORD.finditer(item))


def _tied(figure: ProposedFigure) -> Iterator[str]:
    """The measure of the verb that takes the figure, then those of the words around it."""
    if governing := _GOVERNING.search(figure.before.rstrip()):
        yield measure_named(governing[1].lower())
    if _LOST.search(figure.before) or _WERE_LOST.match(figure.after):
        yield "killed"
    after = _ASIDE.sub("", figure.after.lstrip(_MARKS))[:_STRETCH]
    before = figure.before.rstrip(_MARKS)[-_STRETCH:]
    after, before = _BREAK.split(after, maxsplit=1)[0], _BREAK.split(before)[-1]
    for stretch, words in (
        (after, _WORD.finditer(after)),
        (before, reversed(list(_WORD.finditer(before)))),
    ):
        for word in words:
            if name := _measure_in(word[0], stretch):
                yield name


def _measure_in(word: str, stretch: str) -> str:
    if _NO_MEASURE.fullmatch(word):
        return ""
    needed = next((words for stem, words in _WITH.items() if word.startswith(stem)), "")
    return measure_named(word.lower()) if not needed or re.search(needed, stretch) else ""


def _fits(measure: str, figure: ProposedFigure, noun: str) -> bool:
    """Whether such a thing can be so measured: hours are not killed."""
    if figure.is_count == (measure in AMOUNTS):
        return False  # what the measure holds is tested as the reading tested it
    if measure == COST:
        return False  # in no currency that can be told
    if measure == "destroyed":
        return noun != "" and not is_unit(noun)
    if measure in OF_THINGS:
        return not is_unit(noun) or measure in AMOUNTS
    return figure.unit.split("/")[0] in ("", "people", noun) and counts_people(noun)
