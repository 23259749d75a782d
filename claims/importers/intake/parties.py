"""Speakers and outlets that prose names, as parties; aliases joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.contrib.auth.models import User

from claims.choices import AttributionMode, AttributionRole, PartyKind
from claims.domain.identity import match_key
from claims.domain.names import fold_name
from claims.models import Party
from claims.reading.asking.party_names import Named, PartyNames, bare_name, same_speaker
from claims.reading.asking.statement import Statement
from claims.workflow.importing import lock_names
from claims.workflow.look_alikes_of_new import ask_about_added
from claims.workflow.parties import add_parties, edit_party

_MODES: Final = {
    "says": AttributionMode.SAID,
    "reported by": AttributionMode.REPORTED,
    "according to": AttributionMode.SAID,
    "denied by": AttributionMode.SAID,
}


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody as an article names them; ``outlet`` when they are known to publish."""

    words: str
    anonymous: bool = False
    outlet: bool = False


@dataclass(slots=True)
class _PartyOfName:
    """Who bears a name: a stored party, or the fields of one to be added."""

    fields: dict[str, Any]
    party: Party | None = None

    def lacks(self, names: Iterable[str]) -> list[str]:
        """Those of the names that the party is not known by."""
        have = {fold_name(name) for name in (self.fields["name"], *self.fields["aliases"])}
        return [name for name in names if fold_name(name) not in have]


class Speakers:
    """Finds or adds the party for a name; each name is looked up once an article."""

    def __init__(self, names: PartyNames, *, by: User, reason: str) -> None:
        self._by, self._reason = by, reason
        self._names = names
        self._known: dict[tuple[str, bool], Party] = {}
        self._outlets: dict[str, bool] = {}
        self.added = self.asked = 0

    def party(self, name: str, *, anonymous: bool = False, outlet: bool = False) -> Party:
        """Return the party of this name, added when nobody bears it yet."""
        key = _key(name, outlet)
        if key not in self._known:
            self.prepare([Name(name, anonymous, outlet)])
        return self._known[key]

    def is_outlet(self, name: str) -> bool:
        """Whether the article shows that who bears this name publishes."""
        if name not in self._outlets:
            self._outlets[name] = self._names.read(name).kind == PartyKind.OUTLET
        return self._outlets[name]

    def prepare(self, names: Iterable[Name]) -> None:
        """Find or add the parties of all these names at once."""
        asked: dict[tuple[str, bool], Named] = {}
        for name in names:
            key = _key(name.words, name.outlet)
            if key not in self._known and key not in asked:
                read = self._names.read(name.words, anonymous=name.anonymous, outlet=name.outlet)
                asked[key] = read
        if asked:
            bearers = _PartiesOfNames(self._names.unnamed_as, list(asked.values()))
            found = {key: bearers.of(one) for key, one in asked.items()}
            self._store(list({id(one): one for one in found.values()}.values()))
            self._known |= {key: one.party for key, one in found.items() if one.party}

    def _store(self, bearers: Sequence[_PartyOfName]) -> None:
        """Add who is new; teach the others the other form of their name that the article gives."""
        new = [one for one in bearers if one.party is None]
        for one in bearers:
            if one.party is not None and one.party.aliases != one.fields["aliases"]:
                aliases = one.fields["aliases"]
                one.party = edit_party(
                    party=one.party, by=self._by, reason=self._reason, aliases=aliases
                )
        if new:
            rows = [one.fields for one in new]
            made = add_parties(rows=rows, by=self._by, reason=self._reason)
            for one, party in zip(new, made, strict=True):
                one.party = party
            self.added += len(new)
            self.asked += ask_about_added(made, by=self._by, reason=self._reason)


class _PartiesOfNames:
    """The bearers of some names: looked up together, or to be added."""

    def __init__(self, unnamed_as: str, asked: Sequence[Named]) -> None:
        self._unnamed_as = unnamed_as
        self._found: dict[tuple[bool, str], _PartyOfName] = {}
        self._stored: dict[int, _PartyOfName] = {}
        self._look(asked)
        missing = [one for one in asked if not any(key in self._found for key in _keys(one))]
        if missing and lock_names("party", [name for one in missing for name in one.names]):
            self._look(missing)

    def of(self, one: Named) -> _PartyOfName:
        """Who bears one of these names; the first of them that somebody bears decides."""
        keys = _keys(one)
        bearer = next((self._found[key] for key in keys if key in self._found), None)
        if bearer is None:
            fields = {"name": one.names[-1], "kind": one.kind, "aliases": one.names[:-1]}
            bearer = _PartyOfName({**fields, "description": one.description[:300]})
        elif not one.is_unnamed:
            bearer.fields["aliases"] += bearer.lacks(one.names)
        for key in keys:
            self._found.setdefault(key, bearer)
        return bearer

    def _look(self, asked: Sequence[Named]) -> None:
        """Look the names up, those of unnamed speakers among the ones of this article."""
        if any(one.is_unnamed for one in asked):
            rows = Party.objects.filter(description=self._unnamed_as, kind=PartyKind.UNNAMED)
            for row in rows.order_by("pk"):
                self._hold((True, same_speaker(row.name)), row)
        names = [name for one in asked if not one.is_unnamed for name in one.names]
        for key, row in Party.objects.by_name(names).items() if names else ():
            self._hold((False, key), row)

    def _hold(self, key: tuple[bool, str], row: Party) -> None:
        fields = {"name": row.name, "aliases": list(row.aliases)}
        self._found.setdefault(key, self._stored.setdefault(row.pk, _PartyOfName(fields, row)))


def _keys(one: Named) -> list[tuple[bool, str]]:
    if one.is_unnamed:
        return [(True, same_speaker(one.names[0]))]
    return [(False, match_key(name)) for name in one.names]


@lru_cache(maxsize=1_024)
def _key(name: str, outlet: bool) -> tuple[str, bool]:
    return bare_name(name).casefold(), outlet


def attribution_chain(statement: Statement, speakers: Speakers) -> list[dict[str, Any]]:
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
