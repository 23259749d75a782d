"""What is not as it looks, for a page of the queue: characters, and origins of one name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from claims.domain.characters import oddities
from claims.domain.names import fold_name
from claims.domain.refs import PARTY, SOURCE, format_ref
from claims.models import Assertion, Claim, Party, Source

type Names = dict[str, str]  # what an origin is called, by its reference


def odd_flags(claims: Iterable[Claim], figures: dict[int, list[Assertion]]) -> dict[int, list[str]]:
    """Warnings by the number of the claim; two queries, however many claims."""
    page = list(claims)
    live = {claim.pk: [one for one in figures[claim.pk] if one.is_live] for claim in page}
    names = _names_of({one.origin for rows in live.values() for one in rows})
    return {claim.pk: _flags(claim, live[claim.pk], names) for claim in page}


def _names_of(origins: set[str]) -> Names:
    parties = {int(one[1:]) for one in origins if one.startswith(PARTY)}
    sources = {int(one[1:]) for one in origins if one.startswith(SOURCE)}
    people = Party.objects.filter(pk__in=parties).values_list("pk", "name")
    works = Source.objects.filter(pk__in=sources).values_list("pk", "title")
    found = {format_ref(PARTY, number): name for number, name in people}
    return found | {format_ref(SOURCE, number): title for number, title in works}


def _flags(claim: Claim, figures: list[Assertion], names: Names) -> list[str]:
    texts = [claim.question, claim.population, claim.unit]
    for figure in figures:
        texts += (figure.quote, figure.text, names.get(figure.origin, ""))
    odd = dict.fromkeys(words for text in texts for words in oddities(text))
    return [*odd, *_same_looks({figure.origin for figure in figures}, names)]


def _same_looks(origins: set[str], names: Names) -> Iterator[str]:
    """Origins that count as independent and are called the same."""
    called: dict[str, list[str]] = defaultdict(list)
    for origin in sorted(origins & names.keys(), key=lambda ref: (ref[0], int(ref[1:]))):
        called[fold_name(names[origin])].append(origin)
    return (f"called the same: {', '.join(refs)}" for refs in called.values() if len(refs) > 1)
