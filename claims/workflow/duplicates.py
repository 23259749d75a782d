"""Looking for rows that may be one among all that are there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import Count, Min

from claims.choices import ClaimState, MergedNoun
from claims.domain.identity import unit_key
from claims.domain.likeness import (
    Likeness,
    measure_likeness,
    party_likeness,
    source_likeness,
    subject_likeness,
)
from claims.domain.names import fold_name
from claims.models import (
    Claim,
    Measure,
    Party,
    PartyName,
    SamenessQuestion,
    Source,
    SourceTitle,
    Subject,
    SubjectTitle,
)
from claims.querysets.merge import unmerged
from claims.workflow.identity import measure_traits, source_traits, subject_traits, traits_of
from claims.workflow.sameness import ask_sameness

type LikelyPair = tuple[str, int, int, str]  # noun, number, number, why
MOST: Final = 20  # rows of one key that are compared with one another
CHUNK: Final = 500


def pairs(noun: str) -> Iterator[LikelyPair]:
    """Yield each pair of rows of the kind that may be one, with what speaks for it."""
    seen: set[tuple[int, int]] = set()
    for numbers, judge in _GROUPS[noun]():
        for two, found in judge(numbers):
            if found.answer != "other" and two not in seen:
                seen.add(two)
                yield noun, *two, found.why


def propose(pair: LikelyPair, *, by: User, reason: str) -> bool:
    """Ask about a pair; whether it was not asked before."""
    noun, one, other, why = pair
    known = SamenessQuestion.objects.of(noun, one, other).exists()
    ask_sameness(noun=noun, one=one, other=other, why=why, by=by, reason=reason)
    return not known


def _judged(
    model: Any, traits: Callable[[Any], Any], likeness: Callable[[Any, Any], Likeness]
) -> Callable[[list[int]], Iterator[tuple[tuple[int, int], Likeness]]]:
    def judge(numbers: list[int]) -> Iterator[tuple[tuple[int, int], Likeness]]:
        rows = {row.pk: traits(row) for row in model.objects.filter(pk__in=numbers)}
        for one, other in combinations(sorted(rows), 2):
            first, second = likeness(rows[one], rows[other]), likeness(rows[other], rows[one])
            yield (one, other), first if first.answer != "other" else second

    return judge


def _alike(table: Any, link: str, column: str) -> Iterator[list[int]]:
    """The numbers of rows that share a key, group by group."""
    rows = table.objects.exclude(**{column: ""}).order_by().values(column)
    keys = rows.annotate(many=Count(link, distinct=True), least=Min(link)).filter(many__gt=1)
    for key in keys.order_by("least").values_list(column, flat=True).iterator(chunk_size=CHUNK):
        same = table.objects.filter(**{column: key}).order_by(link)
        yield list(dict.fromkeys(same.values_list(link, flat=True)[:MOST]))


def _parties() -> Iterator[tuple[list[int], Any]]:
    judge = _judged(Party, traits_of, party_likeness)
    for numbers in _alike(PartyName, "party_id", "key"):
        yield numbers, judge


def _sources() -> Iterator[tuple[list[int], Any]]:
    judge = _judged(Source, source_traits, source_likeness)
    for column in ("doi", "isbn", "address", "key"):
        for numbers in _alike(SourceTitle, "source_id", column):
            yield numbers, judge


def _subjects() -> Iterator[tuple[list[int], Any]]:
    judge = _judged(Subject, subject_traits, subject_likeness)
    for numbers in _alike(SubjectTitle, "subject_id", "key"):
        yield numbers, judge


def _measures() -> Iterator[tuple[list[int], Any]]:
    """Measures that share their words or a Wikidata property; the vocabulary is read whole."""
    groups: dict[str, list[int]] = defaultdict(list)
    for row in unmerged(Measure.objects.order_by("pk"), MergedNoun.MEASURE):
        traits = measure_traits(row)
        for key in filter(None, (*traits.words, traits.wikidata)):
            groups[key].append(row.pk)
    judge = _judged(Measure, measure_traits, measure_likeness)
    for numbers in groups.values():
        if len(numbers) > 1:
            yield numbers[:MOST], judge


def _claims() -> Iterator[tuple[list[int], Any]]:
    """Active claims about one subject and measure that ask the same in the same scope."""
    active = Claim.objects.exclude(state=ClaimState.RETIRED).order_by()
    groups = active.values("subject", "measure").annotate(many=Count("pk")).filter(many__gt=1)
    for group in groups.iterator(chunk_size=CHUNK):
        rows = active.filter(subject=group["subject"], measure=group["measure"])
        yield list(rows.order_by("pk").values_list("pk", flat=True)[:MOST]), _judge_claims


def _judge_claims(numbers: list[int]) -> Iterator[tuple[tuple[int, int], Likeness]]:
    rows = {row.pk: row for row in Claim.objects.filter(pk__in=numbers)}
    for one, other in combinations(sorted(rows), 2):
        same = _asked(rows[one]) == _asked(rows[other])
        found = Likeness("maybe", "the same question, the scope otherwise written")
        yield (one, other), found if same else Likeness("other")


def _asked(claim: Claim) -> tuple[str, ...]:
    return (
        fold_name(claim.question),
        unit_key(claim.unit),
        unit_key(claim.population),
        claim.aggregation,
        claim.as_of,
    )


_GROUPS: Final[dict[str, Callable[[], Iterator[tuple[list[int], Any]]]]] = {
    MergedNoun.PARTY: _parties,
    MergedNoun.SOURCE: _sources,
    MergedNoun.SUBJECT: _subjects,
    MergedNoun.MEASURE: _measures,
    MergedNoun.CLAIM: _claims,
}
NOUNS: Final = tuple(_GROUPS)
