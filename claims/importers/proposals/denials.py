"""Who denies what an article states: how much of it, and on what ground."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from claims.choices import Extent, Ground, Stance
from claims.importers.proposals.scopes import Scope
from claims.importers.proposals.statement import Statement
from claims.reading.proposals import (
    AttributedStatement,
    Attribution,
    ProposedConflict,
    Reading,
    Span,
)

_GROUNDS: Final = {
    "fabricat": Ground.FABRICATED,
    "unverified": Ground.UNVERIFIED,
    "exaggerat": Ground.EXAGGERATED,
    "inflated": Ground.EXAGGERATED,
}


def denials_of(reading: Reading, placed: Sequence[tuple[Span, Scope]]) -> list[Statement]:
    """Return the denials of answers, given where each answer stands and what it is about."""
    found: list[Statement] = []
    for conflict in reading.conflicts:
        if conflict.kind != "denied":
            continue
        denial = _denial_in(reading, conflict)
        if denial is None:
            continue
        deniers, place = denial
        words = reading.text[place.char_start : place.char_end]
        denied = _denied_scopes(placed, conflict, place)
        found += [_denial(deniers, scope, place, words) for scope in denied]
    return found


def _denial(cue: AttributedStatement, scope: Scope, place: Span, words: str) -> Statement:
    ground = next((one for stem, one in _GROUNDS.items() if stem in words.lower()), "")
    part = re.search(r"\bpart(?:ly|ially)?\b", words)
    return Statement(
        scope=scope,
        value={},
        quote=" ".join(words.split()),
        stance=Stance.DENIES,
        attribution=Attribution(cue.source, cue.role, cue.via, cue.anonymous),
        citation="",
        places=[place],
        objection={"extent": Extent.PART if part else Extent.WHOLE, "ground": ground},
    )


def _denial_in(
    reading: Reading, conflict: ProposedConflict
) -> tuple[AttributedStatement, Span] | None:
    """The cue that denies, with the member of the conflict that it stands in."""
    for cue in reading.attributions:
        if cue.role == "denied by" and cue.source:
            for span in conflict.members:
                if span.char_start <= cue.cue_start < span.char_end:
                    return cue, span
    return None


def _denied_scopes(
    placed: Sequence[tuple[Span, Scope]], conflict: ProposedConflict, denial: Span
) -> list[Scope]:
    """The questions whose answers stand in what is denied, each once."""
    denied = [span for span in conflict.members if span != denial]
    inside = (
        scope
        for place, scope in placed
        if any(
            span.char_start <= place.char_start and place.char_end <= span.char_end
            for span in denied
        )
    )
    return list(dict.fromkeys(inside))
