"""Right or silent: whether what was read makes a draft, or only a highlight, and then why."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from claims.reading.asking.measuring import AMOUNT, COST, NUMBER, SHARE, SUM
from claims.reading.asking.scope import Scope

WON: Final = frozenset({"votes", "seats"})
GAP: Final = "…"


class Silence(StrEnum):
    """Why a figure is only a highlight; SPEAKS for what makes a draft."""

    SPEAKS = ""
    MEASURE = "measure"
    WHOLE = "whole"
    MONEY = "money"
    OWNER = "owner"
    DENIED = "denied"


_UNNAMED: Final = {
    NUMBER: Silence.MEASURE,
    AMOUNT: Silence.MEASURE,
    SHARE: Silence.WHOLE,
    SUM: Silence.MONEY,
}


def silence_of(scope: Scope) -> Silence:
    """Why a question with this scope would leave a gap; SPEAKS where the text says enough.

    It says enough where it names what is measured, and of whom or what: the article's own
    words around a gap name neither.
    """
    if scope.measure in _UNNAMED:
        return _UNNAMED[scope.measure]
    if scope.measure == COST and (not scope.words or GAP in scope.words):
        return Silence.MONEY
    if GAP in scope.words or (scope.measure in WON and not scope.words):
        return Silence.OWNER
    return Silence.SPEAKS
