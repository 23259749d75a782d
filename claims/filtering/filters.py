"""Filters that lists share: a parameter and the condition it stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import and_
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from claims.choices import Contention, DisputeKind, DisputeState, Severity
from claims.domain.names import fold_for_search
from claims.filtering import parameters as read
from claims.filtering.moved import families, measure_families
from claims.filtering.parameters import Parameter, refuse_value
from claims.models import (
    ClaimVersion,
    Measure,
    PublishedAnchor,
    PublishedDispute,
    PublishedFigure,
    VersionKey,
)

Condition = Callable[[Any], Q | Exists]


@dataclass(frozen=True)
class Filter:
    """``condition`` turns the parameter's value into what rows must meet."""

    parameter: Parameter
    condition: Condition


def narrowed[Rows: QuerySet[Any]](
    rows: Rows, filters: Iterable[Filter], asked: dict[str, Any]
) -> Rows:
    """Return the rows that meet every filter asked for; within one filter any value will do."""
    for one in filters:
        if one.parameter.name in asked:
            rows = rows.filter(one.condition(asked[one.parameter.name]))
    return rows


def column_in(parameter: Parameter, column: str) -> Filter:
    """Rows whose column has one of the values."""
    return Filter(parameter, lambda values: _one_of(column, values))


def _one_of(column: str, values: tuple[Any, ...]) -> Q:
    # SQLite uses a partial index for "= x", not for "IN (x)".
    return Q(**{column: values[0]}) if len(values) == 1 else Q(**{f"{column}__in": values})


def compared(parameter: Parameter, lookup: str) -> Filter:
    """Rows whose column compares with the value, such as ``low__gte``."""
    return Filter(parameter, lambda value: Q(**{lookup: value}))


def all_words(column: str, description: str) -> Filter:
    """Rows whose text holds each of the words."""
    return Filter(read.words("q", description), lambda words: holding(column, words))


def holding(column: str, words: Iterable[str]) -> Q:
    """Rows whose folded text holds each of the words; case, accents and width do not count."""
    folded = [fold_for_search(word) for word in words]
    if not all(folded):
        return Q(pk__in=())  # nothing to see in a word: it is in no text
    return reduce(and_, (Q(**{f"{column}__contains": word}) for word in folded))


def by_contention(column: str = "contention") -> Filter:
    """Rows of claims in one of these states of contention."""
    return column_in(
        read.choice("contention", Contention.values, "How far the sources agree."), column
    )


def by_severity(column: str = "severity") -> Filter:
    """Rows of claims whose stated figures lie this far apart."""
    return column_in(
        read.choice("severity", Severity.values, "How far the stated figures lie apart."), column
    )


def measure(column: str = "measure") -> Filter:
    """Rows of claims that measure this; a word outside the vocabulary is refused."""
    slug = {"type": "string", "pattern": "^[a-zA-Z0-9_-]+$"}
    parameter = Parameter("measure", str, "What is measured, by its short name.", slug, many=True)

    def condition(slugs: tuple[str, ...]) -> Q:
        wanted = measure_families(slugs)
        _refuse_unknown_measures(wanted)
        return Q(**{f"{column}__slug__in": set().union(*wanted.values())})

    return Filter(parameter, condition)


def _refuse_unknown_measures(wanted: dict[str, set[str]]) -> None:
    public = ClaimVersion.objects.public().filter(measure=OuterRef("pk"))
    known = set(Measure.objects.filter(Exists(public)).values_list("slug", flat=True))
    for slug, family in wanted.items():
        if known.isdisjoint(family):
            raise refuse_value("measure", slug, f"No claim measures '{slug[:60]}'.", sorted(known))


type FoundByKeys = tuple[tuple[str, tuple[str, ...]], ...]

_FOUND_BY: Final[tuple[tuple[Parameter, Callable[[Any], str]], ...]] = (
    (read.ref("subject", "T", "The subject of the claim, or one above it in the tree."), str),
    (read.country("country", "The country of the claim's subject (ISO 3166-1)."), str),
    (read.place("place", "The place of the claim's subject, or a part of it between commas."),
     fold_for_search),
)  # fmt: skip


def by_version_keys(version: str) -> tuple[Filter, ...]:
    """Rows of claims by what their versions are found by: tree of subjects, country, place.

    ``version`` is the column of the rows that holds the version's id.
    """

    def of(parameter: Parameter) -> Filter:
        def condition(values: tuple[Any, ...]) -> Q:
            ((name, words),) = keys_asked({parameter.name: values})
            return Q(**{f"{version}__in": VersionKey.objects.versions_of(name, words)})

        return Filter(parameter, condition)

    return tuple(of(parameter) for parameter, _ in _FOUND_BY)


def keys_asked(asked: Mapping[str, Any]) -> FoundByKeys:
    """What versions must be found by: the name of each key asked for, and its values."""
    return tuple(
        (parameter.name, tuple(sorted({as_key(value) for value in _whole(parameter, asked)})))
        for parameter, as_key in _FOUND_BY
        if parameter.name in asked
    )


def _whole(parameter: Parameter, asked: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values asked for; of subjects with all that were merged with them."""
    values = tuple(asked[parameter.name])
    return families("subject", values) if parameter.name == "subject" else values


def event_dates(prefix: str = "") -> tuple[Filter, Filter]:
    """Rows of claims whose event may lie on or after a day, on or before a day."""
    since = read.day("event_from", "The event may have happened on this day or later.")
    until = read.day("event_to", "The event may have happened on this day or earlier.")
    return (
        compared(since, f"{prefix}event_latest__gte"),
        compared(until, f"{prefix}event_earliest__lte"),
    )


def updated_since(column: str) -> Filter:
    """Rows of versions published at that moment or later."""
    parameter = read.point_in_time("updated_since", "Published at this moment or later.")
    return compared(parameter, f"{column}__gte")


def cited_by_claim(column: str) -> tuple[Filter, Filter]:
    """Rows of claims in which a source is cited, or somebody speaks."""
    source = read.ref("source", "S", "The claim has a statement from this source.")
    speaker = read.ref("speaker", "P", "The claim has a statement of this speaker.")
    return (
        Filter(source, lambda ids: _has_figure(column, source_id__in=families("source", ids))),
        Filter(speaker, lambda ids: _has_figure(column, speaker_id__in=families("party", ids))),
    )


def of_statement() -> tuple[Filter, Filter]:
    """Rows that are statements: those that cite a source, those that somebody makes."""
    source = read.ref("source", "S", "The statement cites this source.")
    speaker = read.ref("speaker", "P", "The statement is made by this speaker.")
    return (
        Filter(source, lambda ids: _one_of("source_id", families("source", ids))),
        Filter(speaker, lambda ids: _one_of("speaker_id", families("party", ids))),
    )


def article(column: str) -> Filter:
    """Rows of claims that an article states."""
    parameter = read.ref("article", "A", "The claim is stated in this article.")

    def condition(ids: tuple[int, ...]) -> Exists:
        anchors = PublishedAnchor.objects.filter(claim=OuterRef(column))
        return Exists(anchors.filter(revision__article_id__in=ids))

    return Filter(parameter, condition)


def disputes_of_claim(column: str) -> tuple[Filter, Filter]:
    """Rows of claims with a dispute of this kind, or in this state."""
    kind = read.choice("kind", DisputeKind.values, "The claim has a dispute of this kind.")
    state = read.choice("state", DisputeState.values, "The claim has a dispute in this state.")
    return (
        Filter(kind, lambda values: _has_dispute(column, kind__in=values)),
        Filter(state, lambda values: _has_dispute(column, state__in=values)),
    )


def _has_dispute(column: str, **conditions: Any) -> Exists:
    return Exists(PublishedDispute.objects.filter(claim=OuterRef(column), **conditions))


def _has_figure(column: str, **conditions: Any) -> Exists:
    return Exists(PublishedFigure.objects.filter(claim=OuterRef(column), **conditions))


def of_claim(column: str) -> Filter:
    """Rows of these claims."""
    parameter = read.ref("claim", "C", "The claim itself.")
    return Filter(parameter, lambda ids: _one_of(column, families("claim", ids)))


def facets_of_version(
    prefix: str, claim: str, version: str, said: tuple[Filter, ...] | None = None
) -> tuple[Filter, ...]:
    """Filters on the facet columns of a version, reached by the prefix from the rows.

    ``claim`` and ``version`` are the columns of the rows that hold their ids; ``said`` are the
    filters by source and speaker, without them those of the claim's statements.
    """
    spread = read.number("spread_gte", "Highest stated figure by the lowest, at least this.")
    denial = read.flag("has_denial", "Whether the claim is denied by anyone.")
    return (
        all_words(f"{prefix}search__folded", "Every one of these words is in the question."),
        by_contention(f"{prefix}contention"),
        by_severity(f"{prefix}severity"),
        measure(f"{prefix}measure"),
        *by_version_keys(version),
        *(cited_by_claim(claim) if said is None else said),
        article(claim),
        of_claim(f"{claim}"),
        *event_dates(prefix),
        compared(spread, f"{prefix}spread__gte"),
        compared(denial, f"{prefix}has_denial"),
        updated_since(f"{prefix}published_at"),
    )


def ends(low: str, high: str) -> tuple[Filter, Filter]:
    """Rows whose lowest stated figure is at least, whose highest is at most a number."""
    return (
        compared(read.number("low_gte", "The low end is at least this."), f"{low}__gte"),
        compared(read.number("high_lte", "The high end is at most this."), f"{high}__lte"),
    )


def stating(low: Decimal, high: Decimal) -> Q:
    """Figures that a number (low is high) or a range finds.

    A number finds those that state it, as a point or as an end, and those whose two stated ends
    hold it. A range finds those whose stated numbers all lie inside.
    """
    if low == high:
        return Q(low=low) | Q(high=low) | Q(low__lte=low, high__gte=low)
    inside_low = Q(low__isnull=True) | Q(low__gte=low, low__lte=high)
    inside_high = Q(high__isnull=True) | Q(high__gte=low, high__lte=high)
    return inside_low & inside_high & (Q(low__isnull=False) | Q(high__isnull=False))
