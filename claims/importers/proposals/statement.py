"""One answer that an article gives: who says it, where, and the chain behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from claims.choices import AttributionMode, AttributionRole
from claims.importers.proposals.scopes import Scope
from claims.importers.proposals.speakers import Name, Speakers
from claims.reading.proposals import Attribution, Span

_MODES: Final = {
    "says": AttributionMode.SAID,
    "reported by": AttributionMode.REPORTED,
    "according to": AttributionMode.SAID,
    "denied by": AttributionMode.SAID,
}


@dataclass(slots=True)
class Statement:
    """One answer: its scope, value, words, speaker, citation and the places where it stands.

    `parties` are the names that answer a question of who.
    """

    scope: Scope
    value: dict[str, Any]
    quote: str
    stance: str
    attribution: Attribution | None
    citation: str
    places: list[Span]
    doubts: list[str] = field(default_factory=list)
    objection: dict[str, Any] = field(default_factory=dict)
    parties: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[Any, ...]:
        """The same for the same answer by the same speaker, wherever the article repeats it."""
        said = tuple(sorted(self.value.items()))
        return self.scope, said, self.parties, self.stance, self.attribution, self.citation


@dataclass(frozen=True, slots=True)
class Unkept:
    """What an import leaves out from a place on, and the rule that it breaks."""

    offset: int
    value: str
    rule: str


def chain_of(statement: Statement, speakers: Speakers) -> list[dict[str, Any]]:
    """The attribution chain for add_assertion."""
    named = statement.attribution
    if named is None or not named.name:
        return []
    mode = _MODES.get(named.role, AttributionMode.SAID)
    first = speakers.party(named.name, anonymous=named.anonymous)
    publishes = not named.anonymous and speakers.is_outlet(named.name)
    role = AttributionRole.PUBLISHER if publishes else AttributionRole.SPEAKER
    chain = [{"party": first, "role": role, "mode": mode}]
    if named.via:
        relayed = speakers.party(named.via, outlet=True)
        chain.append({"party": relayed, "role": "publisher", "mode": AttributionMode.REPORTED})
    return chain


def names_in(statements: Iterable[Statement]) -> Iterator[Name]:
    """Name those who stand behind these statements."""
    for one in statements:
        named = one.attribution
        if named is not None and named.name:
            yield Name(named.name, anonymous=named.anonymous)
            if named.via:
                yield Name(named.via, outlet=True)
        yield from map(Name, one.parties)
