"""Right or silent: whether what was read makes a draft, or only a highlight, and then why."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from claims.domain.vocabulary import Stance
from claims.reading.asking.measuring import AMOUNT, COST, NUMBER, SHARE, SUM
from claims.reading.asking.populations import BY_WORDS
from claims.reading.asking.scope import ACCOUNT, Scope
from claims.reading.counts.polarity import is_whole
from claims.reading.languages.english import ENGLISH
from claims.reading.proposals import ProposedFigure

WON: Final = frozenset({"votes", "seats"})
GAP: Final = "…"
_TURNING = ENGLISH.pattern("measuring.turning")
_UNTRUE = ENGLISH.pattern("measuring.untrue")
_NUMBERED = re.compile(r"\bon side \d")  # nobody says who that is
_NEGATED = ENGLISH.pattern("measuring.negated")
_NEGATED_AFTER = ENGLISH.pattern("measuring.negated_after")


_NEVER: Final = frozenset({"missing"})
"""Measures that a negation may name: "nine men were never found"."""
_ON_BOARD = ENGLISH.pattern("measuring.on_board")


class Silence(StrEnum):
    """Why a figure is only a highlight; SPEAKS for what makes a draft."""

    SPEAKS = ""
    MEASURE = "measure"
    WHOLE = "whole"
    MONEY = "money"
    OWNER = "owner"
    DENIED = "denied"
    RIVAL = "rival"
    LANGUAGE = "language"


_UNNAMED: Final = {
    NUMBER: Silence.MEASURE,
    AMOUNT: Silence.MEASURE,
    SHARE: Silence.WHOLE,
    SUM: Silence.MONEY,
}


def silence_of(scope: Scope, figure: ProposedFigure | None = None) -> Silence:
    """Why a question with this scope would leave a gap; SPEAKS where the text says enough.

    It says enough where it names what is measured, and of whom or what: the article's own
    words around a gap name neither. The words around a figure of that scope may deny it.
    """
    if figure is not None and scope.measure not in _NEVER and _is_negated(figure, scope.measure):
        return Silence.DENIED
    if scope.is_unowned:
        return Silence.OWNER
    if scope.asks:
        return Silence.SPEAKS
    if scope.measure in _UNNAMED:
        return _UNNAMED[scope.measure]
    if scope.measure == COST and (not scope.words or GAP in scope.words):
        return Silence.MONEY
    if _NUMBERED.search(scope.who) or (scope.words and scope.measure not in (*BY_WORDS, ACCOUNT)):
        return Silence.OWNER
    if GAP in scope.words or (scope.measure in WON and not scope.words):
        return Silence.OWNER
    return Silence.SPEAKS


def _is_negated(figure: ProposedFigure, measure: str) -> bool:
    """As in "none of the 40 survived", "41 people died, not 88", "97 were not hurt".

    And as the 40 of "three of the 40 miners died", of whom nobody says that they did; the whole
    of those on board says how many they were.
    """
    before, after = _NEGATED.search(figure.before), _NEGATED_AFTER.search(figure.after)
    aboard = measure == "aboard" and _ON_BOARD.match(figure.after)
    counts_nobody = not aboard and is_whole(figure.before, len(figure.before), 0)
    untrue = _UNTRUE.search(figure.before) is not None and figure.figure.point != 0
    bound = figure.figure.point is None and None in (figure.figure.low, figure.figure.high)
    turned = bound and not figure.figure.vague_term and _TURNING.search(figure.before)
    denied = bool(before or after or counts_nobody or untrue or turned)
    return figure.stance != Stance.DENIES and denied
