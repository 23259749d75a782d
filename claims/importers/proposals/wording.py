"""The question that a scope asks, and the labels of measures."""

from __future__ import annotations

from typing import Final

from claims.domain.dates import date_words
from claims.importers.proposals.scopes import AMOUNT, NUMBER, SHARE, Scope

LABELS: Final = {
    NUMBER: "number",
    AMOUNT: "amount",
    SHARE: "share",
    "infected": "infected",
    "attendance": "took part",
    "aboard": "on board",
    "cost": "cost",
}
# What the question says of those who are counted.
_SAID: Final = {
    "captured": "were captured",
    "defected": "defected",
    "survived": "survived",
    "attendance": "took part",
    "aboard": "were on board",
    "strength": "were in the field",
    "votes": "voted",
    "seats": "were won",
    "population": "lived there",
    "missing": "went missing",
    "casualties": "were killed, wounded or lost",
}
_WHAT: Final = {
    "cost": "What did it cost",
    "magnitude": "What was the magnitude",
    "turnout": "What was the turnout",
    SHARE: "What share was it",
    AMOUNT: "How much was it",
}


def label_of(measure: str) -> str:
    """The measure's label in the vocabulary."""
    return LABELS.get(measure, measure.replace("_", " "))


def question_of(scope: Scope, title: str) -> str:
    """Return the claim's question, at most 300 characters; `title` is the article's."""
    asked = _asked(scope)
    where = f" ({scope.place})" if scope.place else ""
    when = f", {date_words(scope.when or scope.as_of)}" if scope.when or scope.as_of else ""
    rate = f" per {scope.unit.split('/')[1]}" if "/" in scope.unit else ""
    return f"{asked}{rate}{where}{when}, in {title}?"[:300]


def _asked(scope: Scope) -> str:
    if scope.measure in _WHAT:
        words = _WHAT[scope.measure]
        return f"{words}: {scope.population}" if scope.population else words
    who = scope.population or scope.unit.split("/")[0] or "people"
    if scope.measure == NUMBER:
        return f"How many {who}"
    said = _SAID.get(scope.measure, f"were {label_of(scope.measure)}")
    if said.endswith(who.split(" ")[0]):  # "killed or missing"
        return f"How many people were {who}"
    return f"How many {who} {said}"
