"""The question that a scope asks, and the labels of measures."""

from __future__ import annotations

import re
from typing import Final

from claims.domain.dates import date_words
from claims.domain.vocabulary import Aggregation
from claims.reading.asking.deeds import DEEDS
from claims.reading.asking.deeds import SAID as STATES
from claims.reading.asking.measuring import (
    AMOUNT,
    COMPOUND,
    COST,
    MONEY,
    NUMBER,
)
from claims.reading.asking.populations import BY_WORDS
from claims.reading.asking.scope import ACCOUNT, Scope
from claims.reading.languages.english import ENGLISH

LONGEST: Final = 300  # characters
LABELS: Final = ENGLISH.table("wording.labels")
# What the question says of those who are counted; of others "were" and the measure's name.
_SAID: Final = ENGLISH.table("wording.said")
_WHAT: Final = ENGLISH.table("wording.what")
_ANSWERED: Final = ENGLISH.table("wording.answered")
# Measures of what happens at a place; people are displaced to it or from it.
_LOCATED: Final = frozenset(ENGLISH.words("wording.located"))
_ONLOOKERS: Final = frozenset(ENGLISH.words("wording.onlookers"))


def measure_label(measure: str) -> str:
    """The measure's label in the vocabulary."""
    return LABELS.get(measure, measure.replace("_", " "))


def question_of(scope: Scope, title: str) -> str:
    """Return the claim's question, at most 300 characters; `title` is the article's."""
    asked = _ANSWERED.get(scope.measure)
    if scope.measure == ACCOUNT:
        words, place = scope.words, ""
    elif scope.asks:
        words, place = f"{scope.asks} in {scope.place}" if scope.place else scope.asks, ""
    elif asked:
        words, place = asked.format(place=scope.place, who=scope.population), ""
    else:
        words, place = _quoting(scope, _asked(scope)), scope.place
    if place and (scope.measure in _LOCATED or scope.measure in DEEDS):
        words, place = f"{words} in {place}", ""
    words += _when(scope)
    about = "; ".join(part for part in (place, _title(title)) if part)
    return f"{words[: LONGEST - len(about) - 4]} ({about})?"


def _asked(scope: Scope) -> str:
    who = scope.who or _unit_words(scope)
    rate = f" per {scope.unit.split('/')[1]}" if "/" in scope.unit else ""
    if scope.measure in _WHAT:
        return _WHAT[scope.measure]
    if scope.measure in (NUMBER, AMOUNT, "votes", "seats"):
        return _how_many(scope, who) + rate
    if scope.measure == COMPOUND and scope.who:
        # "killed or missing on side 1"
        outcomes, on, side = who.partition(" on side ")
        return f"How many people{on}{side} were {outcomes}"
    if who.endswith("cases"):
        return f"How many {who} were there{rate}"
    return f"How many {who or 'people'} {_said(scope)}{rate}"


def _how_many(scope: Scope, who: str) -> str:
    if MONEY.search(scope.unit):
        return "How much money"
    if not who:
        return "What number"
    return f"How many {who}"


def _unit_words(scope: Scope) -> str:
    base = scope.unit.split("/")[0]
    if scope.measure in ("votes", "seats"):
        return scope.measure
    return "" if base == "people" else base


def _said(scope: Scope) -> str:
    if scope.measure == "attendance" and scope.who.rsplit(" ", 1)[-1] in _ONLOOKERS:
        return "attended"
    said = _SAID.get(scope.measure) or STATES.get(scope.measure)
    if scope.measure == "captured" and scope.unit != "people":
        said = ""  # guns are no prisoners
    said = said or f"were {measure_label(scope.measure)}"
    if scope.aggregation != Aggregation.FORECAST:
        return said
    return f"were expected to be {said.removeprefix('were ')}"


def _quoting(scope: Scope, asked: str) -> str:
    """Point to the article's own words where the measure does not say enough."""
    if scope.measure == COST and scope.words:
        return f"What was the {scope.words.strip('“”').casefold()}"
    if not scope.words:
        in_all = scope.population.endswith("in all") and scope.measure not in _WHAT
        return f"{asked} in all" if in_all else asked
    if scope.measure not in BY_WORDS:
        return f"{asked}, given as {scope.words}"
    are = "are" if asked.startswith("How many") else "is"
    return f"{asked} {are} {'meant in' if '…' in scope.words else 'given as'} {scope.words}"


def _when(scope: Scope) -> str:
    edtf = scope.as_of or scope.when
    if not edtf:
        return ""
    words = date_words(edtf)
    if scope.as_of:
        return f" as of {words}"
    if re.fullmatch(r"\d{4}-\d\d-\d\d(?:/\d{4}-\d\d-\d\d)?", edtf) and " to " not in words:
        return f" on {words}"
    return f" in {words}" if re.fullmatch(r"\d{4}(?:-\d\d)?", edtf) else f", {words}"


def _title(title: str) -> str:
    """The title without a bracket of its own: "Arden rebellion, 2012"."""
    return re.sub(r" \(([^()]+)\)$", r", \1", title)[:120]
