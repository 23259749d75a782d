"""Asking about many rows that were added together: one look-up for all of a kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import Q

from claims.domain.identity import match_key
from claims.domain.likeness import (
    LikelyRow,
    Likeness,
    Match,
    party_likeness,
    source_likeness,
    subject_likeness,
)
from claims.models import Party, Source, Subject
from claims.workflow.identity import (
    LOOKED_AT,
    ask_about_each,
    source_traits,
    subject_traits,
    traits_of,
)

type NameKeys = set[tuple[str, str]]
"""(column of the table that rows of the kind are found by, key)."""


def ask_about_added(rows: Iterable[Any], *, by: User, reason: str) -> int:
    """Ask whether parties, works and events that an import added are ones that were there.

    A fixed number of queries for all rows of a kind, whatever their number. Returns how many
    questions there are.
    """
    kinds: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        kinds[type(row)].append(row)
    return sum(
        len(ask_about_each(_alike(model, added), by=by, reason=reason))
        for model, added in kinds.items()
    )


def _alike(model: Any, added: Sequence[Any]) -> list[tuple[Any, Match[Any]]]:
    """Each added row that shares a key with others, with those that it may be."""
    keys_of, judge = _KINDS[model]
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in added:
        for column, key in keys_of(row):
            wanted[column].add(key)
    known = Q()
    for column, values in wanted.items():
        known |= Q(**{f"{column}__in": values})
    if not known:
        return []
    there = model.objects.filter(known).exclude(pk__in=[row.pk for row in added]).distinct()
    by_key: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in there.order_by("pk")[: LOOKED_AT * len(added)]:
        for place in keys_of(row):
            if len(by_key[place]) < LOOKED_AT:
                by_key[place].append(row)
    found = []
    for row in added:
        alike = {one.pk: one for place in keys_of(row) for one in by_key.get(place, ())}
        judged = [(one, judge(row, one)) for _, one in sorted(alike.items())]
        likely = [LikelyRow(one, like.why) for one, like in judged if like.answer != "other"]
        if likely:
            found.append((row, Match(None, tuple(likely))))
    return found


def _party_keys(row: Party) -> NameKeys:
    return {("names__key", key) for key in traits_of(row).keys}


def _source_keys(row: Source) -> NameKeys:
    keys = source_traits(row).keys.items()
    return {(f"folded_title__{column}", str(key)) for column, key in keys if key}


def _subject_keys(row: Subject) -> NameKeys:
    return {("folded_title__key", match_key(row.title))}


_KINDS: Final[dict[Any, tuple[Callable[[Any], NameKeys], Callable[[Any, Any], Likeness]]]] = {
    Party: (_party_keys, lambda one, other: party_likeness(traits_of(one), traits_of(other))),
    Source: (
        _source_keys,
        lambda one, other: source_likeness(source_traits(one), source_traits(other)),
    ),
    Subject: (
        _subject_keys,
        lambda one, other: subject_likeness(subject_traits(one), subject_traits(other)),
    ),
}
