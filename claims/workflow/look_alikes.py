"""Refusing names that a reader would take for one that is there already."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from claims.choices import PartyKind
from claims.domain.names import fold_name, is_disguised
from claims.errors import DuplicateError
from claims.models import Party, Source, Subject


def refuse_twins(parties: Sequence[Party], borne: Collection[str] = ()) -> None:
    """Refuse parties that bear the name of another in look-alike letters, and copies of one.

    Two parties may share a name that is written the same when kind or description tell them
    apart; names that are ``borne`` already may stay. Raises DuplicateError that names the oldest
    of those that are called the same. Two queries at most, however many parties.
    """
    bearers = _bearers(parties)
    for party in parties:
        for other in sorted(_alike(party, bearers), key=lambda one: one.pk or sys.maxsize):
            field = _shared(party, other, borne)
            if field:
                raise DuplicateError(
                    f"{field}: {_named(other)} is called the same; name that one, or tell the "
                    "two apart.",
                    field=field,
                )
        for folded in _folded(party):
            bearers[folded].append(party)


def refuse_disguised_title(row: Source | Subject) -> None:
    """Refuse a title that only looks like that of another source, or of another subject.

    Works and events may share a title that is written the same. Raises DuplicateError.
    """
    rows: Any = type(row)._default_manager.exclude(pk=row.pk)
    for other in rows.filter(folded_title__folded=fold_name(row.title)).order_by("pk"):
        if is_disguised(row.title, other.title):
            raise DuplicateError(
                f"title: {other.ref}, {other.title}, looks the same; name that one.", field="title"
            )


def _bearers(parties: Iterable[Party]) -> dict[str, list[Party]]:
    """The stored parties by what they are called, those of these names only."""
    folded = {name for party in parties if not _unnamed(party) for name in _folded(party)}
    articles = {party.description for party in parties if _unnamed(party)}
    found: dict[str, list[Party]] = defaultdict(list)
    own = {party.pk for party in parties if party.pk}
    for row in Party.objects.called(folded, articles):
        for name in _folded(row) if row.pk not in own else ():
            found[name].append(row)
    return found


def _alike(party: Party, bearers: dict[str, list[Party]]) -> list[Party]:
    same = (one for folded in _folded(party) for one in bearers[folded])
    return [one for one in same if _unnamed(one) == _unnamed(party)]


def _named(party: Party) -> str:
    return f"{party.ref}, {party.name}," if party.pk else party.name


def _shared(party: Party, other: Party, borne: Collection[str]) -> str:
    """The field in which one passes for the other; '' when they can be told apart."""
    for field, names in (("name", [party.name]), ("aliases", party.aliases)):
        theirs = (other.name, *other.aliases)
        if any(is_disguised(name, one) for name in set(names).difference(borne) for one in theirs):
            return field
    same_name = fold_name(party.name) == fold_name(other.name)
    described = fold_name(party.description) == fold_name(other.description)
    return "name" if same_name and described and party.kind == other.kind else ""


def _folded(party: Party) -> set[str]:
    names = [party.name] if _unnamed(party) else [party.name, *party.aliases]
    return {fold_name(name) for name in names}


def _unnamed(party: Party) -> bool:
    return party.kind == PartyKind.UNNAMED
