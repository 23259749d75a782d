"""What is there already: parties, works, events, measures and claims, however they are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import Q

from claims.choices import MergedNoun, PartyKind
from claims.domain.identity import match_key, slug_key, unit_key
from claims.domain.likeness import (
    LikelyRow,
    Likeness,
    Match,
    MeasureTraits,
    PartyTraits,
    SourceTraits,
    SubjectTraits,
    dates_agree,
    party_likeness,
    pick,
    source_likeness,
    subject_likeness,
)
from claims.domain.names import fold_name
from claims.models import Claim, Measure, Merge, Party, SamenessQuestion, Source, Subject
from claims.querysets.merge import unmerged
from claims.workflow.sameness import ask_together, merged_noun

LOOKED_AT: Final = 50  # rows of one name, address or number that are compared
ASKED: Final = 3  # candidates that one new row is compared with by people


def find_party(name: str, *, kind: str = "", description: str = "", qid: str = "") -> Match[Party]:
    """Who bears this name or alias; ``kind`` is '' where nobody says it, a role may be empty."""
    wanted = PartyTraits(name.strip(), kind=kind, description=description.strip(), qid=qid)
    exact = Party.objects.named(name, kind or PartyKind.ORGANISATION, description)
    if exact is not None:
        return Match(exact)
    known = Q(names__key=match_key(name))
    if qid:
        known |= Q(wikidata_qid=qid)
    rows = Party.objects.filter(known).distinct().order_by("pk")[:LOOKED_AT]
    return pick(rows, lambda row: party_likeness(wanted, traits_of(row)))


def find_source(
    title: str,
    *,
    url: str = "",
    issued: str = "",
    doi: str = "",
    isbn: str = "",
    publisher: Party | None = None,
) -> Match[Source]:
    """The work with this number, address, or title with publisher and date."""
    number = publisher.pk if publisher is not None else None
    wanted = SourceTraits(title.strip(), url, issued, doi, isbn, number)
    alike = Source.objects.filter(folded_title__folded=fold_name(title), url=url, issued=issued)
    exact = alike.order_by("pk").first()
    if exact is not None and source_likeness(wanted, source_traits(exact)).answer == "same":
        return Match(exact)
    rows = Source.objects.filter(_known_by(wanted)).order_by("pk")[:LOOKED_AT]
    return pick(rows, lambda row: source_likeness(wanted, source_traits(row)))


def find_subject(title: str, when: str = "") -> Match[Subject]:
    """The event of this title and date."""
    wanted = SubjectTraits(title.strip(), when)
    alike = Subject.objects.filter(folded_title__folded=fold_name(title), when=when)
    exact = alike.order_by("pk").first()
    if exact is not None:
        return Match(exact)
    rows = Subject.objects.filter(folded_title__key=match_key(title)).order_by("pk")[:LOOKED_AT]
    return pick(rows, lambda row: subject_likeness(wanted, subject_traits(row)))


def find_measure(slug: str) -> Match[Measure]:
    """The measure of this slug, however its words are joined."""
    exact = Measure.objects.filter(slug=slug).first()
    if exact is not None:
        number = Merge.objects.survivor(MergedNoun.MEASURE, exact.pk)
        return Match(exact if number is None else Measure.objects.get(pk=number))
    wanted = slug_key(slug)
    first = wanted.partition("-")[0]
    standing = unmerged(Measure.objects.all(), MergedNoun.MEASURE)
    found = standing.filter(slug__istartswith=first).order_by("pk") if first else ()
    alike = [row for row in found if slug_key(row.slug) == wanted]
    if len(alike) == 1:
        return Match(alike[0])
    return Match(None, tuple(LikelyRow(row, "the same words") for row in alike))


def find_claim(terms: Mapping[str, Any], question: str) -> Match[Claim]:
    """The active claim of this scope; else those that ask the same in words otherwise written.

    ``terms`` are subject, measure, unit, population, aggregation and as_of. A claim of the scope
    is certain whatever its question. One with the same question whose unit, population, date or
    event is only written otherwise is unsure, and ``why`` names what differs.
    """
    about = Claim.objects.active().select_related("subject")
    subject: Subject = terms["subject"]
    rows = about.filter(
        measure=terms["measure"],
        aggregation=terms["aggregation"],
        subject__folded_title__key=match_key(subject.title),
    )
    likely = []
    for row in rows.order_by("pk")[:LOOKED_AT]:
        differs = _scope_differences(row, terms)
        if differs == []:
            return Match(row)
        if differs and fold_name(row.question) == fold_name(question):
            likely.append(LikelyRow(row, ", ".join(differs)))
    return Match(None, tuple(likely))


def ask_about(added: Any, match: Match[Any], *, by: User, reason: str) -> list[SamenessQuestion]:
    """Ask people whether a row that was added is one of those that it may be."""
    return ask_about_each([(added, match)], by=by, reason=reason)


def ask_about_each(
    found: Sequence[tuple[Any, Match[Any]]], *, by: User, reason: str
) -> list[SamenessQuestion]:
    """The same of many rows of one kind: a fixed number of queries, however many they are."""
    pairs = {
        (added.pk, one.row.pk): one.why
        for added, match in found
        for one in match.candidates[:ASKED]
        if one.row.pk != added.pk
    }
    if not pairs:
        return []
    return ask_together(noun=merged_noun(found[0][0]), pairs=pairs, by=by, reason=reason)


def look_alikes_of(row: Any) -> Match[Any]:
    """The other rows that a stored party, work or event may be the same as; never certain."""
    rows, judge = _others(row)
    found = [(one, judge(one)) for one in rows.exclude(pk=row.pk).order_by("pk")[:LOOKED_AT]]
    return Match(
        None,
        tuple(LikelyRow(one, like.why) for one, like in found if like.answer != "other"),
    )


def _others(row: Any) -> tuple[Any, Callable[[Any], Likeness]]:
    """The rows that share a key with this one, and how they are judged."""
    if isinstance(row, Party):
        keys = [one.key for one in row.names.all()]
        parties = Party.objects.filter(names__key__in=keys).distinct()
        return parties, lambda one: party_likeness(traits_of(row), traits_of(one))
    if isinstance(row, Subject):
        subjects = Subject.objects.filter(folded_title__key=match_key(row.title))
        return subjects, lambda one: subject_likeness(subject_traits(row), subject_traits(one))
    traits = source_traits(row)
    sources = Source.objects.filter(_known_by(traits))
    return sources, lambda one: source_likeness(traits, source_traits(one))


def _known_by(traits: SourceTraits) -> Q:
    """The works that share a title, an address or a number with one."""
    keys = traits.keys
    known = Q(folded_title__key=keys["key"])
    for column, key in keys.items():
        if key:
            known |= Q(**{f"folded_title__{column}": key})
    return known


def traits_of(party: Party) -> PartyTraits:
    """What a stored party is known by."""
    return PartyTraits(
        name=party.name,
        aliases=tuple(party.aliases),
        kind=party.kind,
        description=party.description,
        qid=party.wikidata_qid,
    )


def source_traits(source: Source) -> SourceTraits:
    """What a stored work is known by."""
    return SourceTraits(
        title=source.title,
        url=source.url,
        issued=source.issued,
        doi=source.doi,
        isbn=source.isbn,
        publisher=source.publisher_id,
    )


def subject_traits(subject: Subject) -> SubjectTraits:
    """What a stored event is known by."""
    return SubjectTraits(title=subject.title, when=subject.when)


def measure_traits(measure: Measure) -> MeasureTraits:
    """What a stored measure is known by."""
    return MeasureTraits(
        slug=measure.slug,
        label=measure.label,
        takes=(measure.value_kind, measure.is_count),
        wikidata=measure.wikidata_property,
    )


def _scope_differences(row: Claim, terms: Mapping[str, Any]) -> list[str] | None:
    """What is only written otherwise in the claim's scope; None where the scopes differ."""
    subject: Subject = terms["subject"]
    same_event = row.subject_id == subject.pk
    if not same_event and not dates_agree(row.subject.when, subject.when):
        return None
    if row.as_of != terms["as_of"] and not dates_agree(row.as_of, terms["as_of"]):
        return None
    if any(
        unit_key(getattr(row, name)) != unit_key(terms[name]) for name in ("unit", "population")
    ):
        return None
    names = [
        name
        for name in ("unit", "population")
        if fold_name(getattr(row, name)) != fold_name(terms[name])
    ]
    names += ["as_of"] if row.as_of != terms["as_of"] else []
    return names + ([] if same_event else ["event_date"])
