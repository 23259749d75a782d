"""Where what was merged is found by now: its address, and its place in filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from claims.choices import MergedNoun
from claims.domain.refs import CLAIM, SOURCE, SUBJECT, format_ref
from claims.models import ClaimVersion, Measure, Merge, PublishedSource, PublishedSubject

# What readers have of a row: without it its address leads nowhere.
_PUBLIC: Final[dict[str, tuple[str, Callable[[int], bool]]]] = {
    CLAIM: (
        MergedNoun.CLAIM,
        lambda number: ClaimVersion.objects.public().of_claim(number).exists(),
    ),
    SOURCE: (
        MergedNoun.SOURCE,
        lambda number: PublishedSource.objects.cited().filter(source_id=number).exists(),
    ),
    SUBJECT: (
        MergedNoun.SUBJECT,
        lambda number: (
            PublishedSubject.objects.about_public_claims().filter(subject_id=number).exists()
        ),
    ),
}


def successor(letter: str, number: int) -> str:
    """The reference that the address of a merged row leads to; '' when it leads nowhere.

    Only what readers have is led to: an address that leads to nothing would lose them.
    """
    if letter not in _PUBLIC:
        return ""
    noun, is_public = _PUBLIC[letter]
    found = Merge.objects.survivor(noun, number)
    return format_ref(letter, found) if found is not None and is_public(found) else ""


def moved_path(path: str, ref: str, target: str) -> str:
    """The path with one reference in place of another, whatever stands around it."""
    before, _, after = path.partition(f"/{ref}")
    return f"{before}/{target}{after}"


def families(noun: str, numbers: Iterable[int]) -> tuple[int, ...]:
    """These rows with all that they are one with, as a filter means them."""
    return tuple(sorted(Merge.objects.family(noun, numbers)))


def measure_families(slugs: Iterable[str]) -> dict[str, set[str]]:
    """Each slug with those of all measures that it is one with."""
    wanted = tuple(slugs)
    numbers = dict(Measure.objects.filter(slug__in=wanted).values_list("slug", "pk"))
    found = {}
    for slug in wanted:
        family = families(MergedNoun.MEASURE, [numbers[slug]]) if slug in numbers else ()
        found[slug] = {slug, *Measure.objects.filter(pk__in=family).values_list("slug", flat=True)}
    return found
