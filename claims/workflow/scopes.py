"""The scope of a claim: no two active claims ask the same of the same subject."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from claims.choices import ClaimState, MergedNoun
from claims.domain.names import fold_name, is_disguised
from claims.errors import DuplicateError
from claims.models import Claim


def refuse_same_scope(claim: Claim) -> None:
    """Refuse a claim that asks what another active claim asks, or in words that look the same."""
    twin = same_scope(claim) or _disguised_question(claim)
    if twin is not None:
        raise DuplicateError(
            f"{twin.ref} asks the same of the same subject: {twin.question}", field="question"
        )


def same_scope(claim: Claim) -> Claim | None:
    """The active claim, if any, with the scope of this one: figures of both are comparable.

    Its unit and population are compared as names are: folded.
    """
    if claim.state == ClaimState.RETIRED:
        return None
    wanted = _folded_scope(claim.unit, claim.population)
    rows = _beside(claim).filter(aggregation=claim.aggregation, as_of=claim.as_of).order_by("pk")
    pairs = rows.values_list("pk", "unit", "population").iterator()
    numbers = (pk for pk, unit, population in pairs if _folded_scope(unit, population) == wanted)
    found = next(numbers, None)
    return Claim.objects.get(pk=found) if found else None


def twins_of(noun: str, old: int, new: int) -> list[tuple[int, int]]:
    """The active claims of one row that would ask what a claim of the other asks, were they one.

    Both are numbers of subjects, or of measures; of other kinds there are none. Returns pairs of
    claims by number, in the order of the first row's. Two queries, however many claims.
    """
    if noun not in (MergedNoun.SUBJECT, MergedNoun.MEASURE):
        return []
    there = {scope: number for number, scope in _scopes(noun, new)}
    return [(number, there[scope]) for number, scope in _scopes(noun, old) if scope in there]


def _scopes(noun: str, number: int) -> Iterator[tuple[int, tuple[object, ...]]]:
    """The number of each claim of a row, with its scope but for that row."""
    columns = [name for name in ("subject", "measure", "aggregation", "as_of") if name != noun]
    rows = Claim.objects.active().filter(**{noun: number}).order_by("pk")
    for claim, unit, population, *beside in rows.values_list("pk", "unit", "population", *columns):
        yield claim, (*_folded_scope(unit, population), *beside)


def _folded_scope(unit: str, population: str) -> tuple[str, str]:
    return fold_name(unit), fold_name(population)


def _disguised_question(claim: Claim) -> Claim | None:
    """The active claim of this subject and measure whose question only looks the same."""
    if claim.state == ClaimState.RETIRED:
        return None
    questions = _beside(claim).order_by("pk").values_list("pk", "question")
    found = next((pk for pk, words in questions if is_disguised(claim.question, words)), None)
    return Claim.objects.get(pk=found) if found else None


def _beside(claim: Claim) -> QuerySet[Claim]:
    active = Claim.objects.active().filter(subject=claim.subject, measure=claim.measure)
    return active.exclude(pk=claim.pk)
