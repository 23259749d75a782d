"""Who says a figure, and where the article says so: one statement an assertion."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from claims.choices import AttributionMode, AttributionRole, Extent, Ground, PartyKind, Stance
from claims.domain.figures import FigureError
from claims.importers.proposals.scopes import Scope, scopes_of
from claims.importers.proposals.values import value_of
from claims.reading.proposals import (
    AttributedStatement,
    Attribution,
    ProposedConflict,
    ProposedFigure,
    Reading,
    Span,
)

MOST_CITATIONS: Final = 5  # of one figure; more say the same
_MODES: Final = {
    "says": AttributionMode.SAID,
    "reported by": AttributionMode.REPORTED,
    "according to": AttributionMode.SAID,
    "denied by": AttributionMode.SAID,
}
_GROUNDS: Final = {
    "fabricat": Ground.FABRICATED,
    "unverified": Ground.UNVERIFIED,
    "exaggerat": Ground.EXAGGERATED,
    "inflated": Ground.EXAGGERATED,
}


@dataclass(slots=True)
class Statement:
    """One answer: its scope, value, words, speaker, citation and the places where it stands."""

    scope: Scope
    value: dict[str, Any]
    quote: str
    stance: str
    attribution: Attribution | None
    citation: str
    places: list[Span]
    doubts: list[str] = field(default_factory=list)
    objection: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[Any, ...]:
        """The same for the same answer by the same speaker, wherever the article repeats it."""
        said = tuple(sorted(self.value.items()))
        return self.scope, said, self.stance, self.attribution, self.citation


@dataclass(frozen=True, slots=True)
class Unkept:
    """A figure that the desk cannot keep, and the rule that it breaks."""

    offset: int
    value: str
    rule: str


def statements_of(reading: Reading) -> tuple[list[Statement], list[Unkept]]:
    """Return the article's statements, repetitions joined, and what cannot be kept."""
    found: dict[tuple[Any, ...], Statement] = {}
    unkept: list[Unkept] = []
    scopes = scopes_of(reading)
    for figure, scope in zip(reading.figures, scopes, strict=True):
        try:
            value = value_of(figure)
        except FigureError as error:
            unkept.append(Unkept(figure.char_start, figure.quote, str(error)))
            continue
        for one in _of_figure(figure, scope, value, reading.text):
            known = found.setdefault(one.key, one)
            if known is not one:
                known.places += one.places
    return [*found.values(), *denials_of(reading, scopes)], unkept


def _of_figure(
    figure: ProposedFigure, scope: Scope, value: dict[str, Any], text: str
) -> Iterator[Statement]:
    """One statement for each work cited, unless a speaker stands behind all of them."""
    named = next((one for one in figure.attribution if one.name), None)
    citations: Iterable[str] = figure.citations[: 1 if named else MOST_CITATIONS] or ("",)
    denied = figure.stance == Stance.DENIES
    for citation in citations:
        yield Statement(
            scope=scope,
            value=value,
            quote=_quote(figure, text),
            stance=Stance.DENIES if denied else Stance.ASSERTS,
            attribution=named,
            citation=citation,
            places=[Span(figure.char_start, figure.char_end)],
            doubts=[f"“{figure.quote}”: {figure.doubt}"] if figure.doubt else [],
            objection={"extent": Extent.WHOLE} if denied else {},
        )


def denials_of(reading: Reading, scopes: list[Scope]) -> list[Statement]:
    """The denials of figures: who denies, how much, on what ground."""
    found: list[Statement] = []
    for conflict in reading.conflicts:
        if conflict.kind != "denied":
            continue
        denial = _denial_in(reading, conflict)
        if denial is None:
            continue
        deniers, place = denial
        words = reading.text[place.char_start : place.char_end]
        denied = _denied_scopes(reading, scopes, conflict, place)
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
    reading: Reading, scopes: list[Scope], conflict: ProposedConflict, denial: Span
) -> list[Scope]:
    """The questions whose figures stand in what is denied, each once."""
    denied = [span for span in conflict.members if span != denial]
    return list(
        dict.fromkeys(
            scope
            for figure, scope in zip(reading.figures, scopes, strict=True)
            if any(
                span.char_start <= figure.char_start and figure.char_end <= span.char_end
                for span in denied
            )
        )
    )


def chain_of(statement: Statement, party_of: Any) -> list[dict[str, Any]]:
    """The attribution chain for add_assertion; `party_of(name, anonymous=, outlet=)` finds rows."""
    named = statement.attribution
    if named is None or not named.name:
        return []
    mode = _MODES.get(named.role, AttributionMode.SAID)
    first = party_of(named.name, anonymous=named.anonymous)
    outlet = first.kind == PartyKind.OUTLET
    role = AttributionRole.PUBLISHER if outlet else AttributionRole.SPEAKER
    chain = [{"party": first, "role": role, "mode": mode}]
    if named.via:
        relayed = party_of(named.via, outlet=True)
        chain.append({"party": relayed, "role": "publisher", "mode": AttributionMode.REPORTED})
    return chain


def _quote(figure: ProposedFigure, text: str) -> str:
    """The figure with the words that it counts, when they follow at once."""
    after = text.find(figure.counted, figure.char_end, figure.char_end + len(figure.counted) + 8)
    end = after + len(figure.counted) if figure.counted and after >= 0 else figure.char_end
    return " ".join(text[figure.char_start : end].split())
