"""How a second load knows what the first one made: by the reason signed in the history."""

from __future__ import annotations

from typing import Any, Final

from django.db import models

from claims.models import Claim

MADE: Final = "Taken from the article of the demo"


def made_for(noun: str, key: str) -> str:
    """Return the reason that the first history row of a demo row carries."""
    return f"Demo {noun} {key}: taken from the article"


def rows_made[Row: models.Model](model: type[Row], noun: str) -> dict[str, Row]:
    """Return the rows that an earlier load made, by key, however they were edited since."""
    history: Any = model.history  # type: ignore[attr-defined]
    prefix, suffix = made_for(noun, "\0").split("\0")
    births = history.filter(
        history_type="+",
        history_change_reason__startswith=prefix,
        history_change_reason__endswith=suffix,
    )
    keys = {
        number: reason.removeprefix(prefix).removesuffix(suffix)
        for number, reason in births.values_list("id", "history_change_reason")
    }
    rows = model._default_manager.in_bulk(list(keys))
    return {keys[number]: row for number, row in rows.items()}


def claims_made(questions: dict[str, str]) -> dict[str, Claim]:
    """Return the claims that an earlier load drafted; `questions` are theirs at birth, to keys."""
    births = Claim.history.filter(history_type="+", history_change_reason=MADE)
    keys = {
        number: questions[question]
        for number, question in births.values_list("id", "question")
        if question in questions
    }
    return {keys[number]: claim for number, claim in Claim.objects.in_bulk(list(keys)).items()}
