"""Dates and parties that a reading proposes as rivals: one statement an answer."""

from __future__ import annotations

from claims.choices import Aggregation, PartyMode, Stance
from claims.importers.proposals.scopes import Scope, known_date
from claims.importers.proposals.statement import Statement
from claims.reading.proposals import Asked, ProposedAnswer, Reading, Span


def answers_of(reading: Reading) -> list[Statement]:
    """Return the statements of the conflicts that say on what they disagree.

    A conflict of which the desk could keep less than two answers leads to none.
    """
    found: list[Statement] = []
    for conflict in reading.conflicts:
        if conflict.asked is not None:
            scope = _scope(conflict.asked)
            kept = [one for one in conflict.answers if one.parties or known_date(one.edtf)]
            if len(kept) > 1:
                found += [_statement(one, scope, reading.text) for one in kept]
    return found


def _scope(asked: Asked) -> Scope:
    return Scope(
        measure=asked.measure,
        unit="",
        population=asked.of,
        aggregation=Aggregation.EVENT,
        as_of="",
        place=asked.place[:200],
        when=known_date(asked.when),
    )


def _statement(answer: ProposedAnswer, scope: Scope, text: str) -> Statement:
    mode = PartyMode.EITHER if answer.either else PartyMode.UNSPECIFIED
    return Statement(
        scope=scope,
        value={"party_mode": mode} if answer.parties else {"edtf": answer.edtf},
        quote=" ".join(text[answer.char_start : answer.char_end].split()),
        stance=Stance.ASSERTS,
        attribution=next((one for one in answer.attribution if one.name), None),
        citation=next(iter(answer.citations), ""),
        places=[Span(answer.char_start, answer.char_end)],
        parties=answer.parties,
    )
