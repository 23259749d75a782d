"""What refers to a row is moved to the row that it is the same as; and moved back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import Count, Q

from claims.choices import DisputeKind, MergedNoun, PartyKind
from claims.domain.names import fold_name
from claims.models import (
    Assertion,
    AssertionParty,
    Attribution,
    Claim,
    ClaimRelation,
    Dispute,
    Merge,
    Party,
    PartyName,
    Source,
    SourceRelation,
    SourceTitle,
    Subject,
    SubjectBelligerent,
    SubjectTitle,
)
from claims.workflow import parties, sources, subjects
from claims.workflow.assertions import origin_of
from claims.workflow.desk import chain_of
from claims.workflow.history import signed_delete, signed_save
from claims.workflow.merge_relations import stays_behind
from claims.workflow.rows import write_rows
from claims.workflow.sameness import MODELS

REMOVED: Final = "removed"
ALIAS: Final = "alias"


def _is_no_open_doubt(row: Any, column: str, number: int) -> bool:
    """Whether a dispute stays with the claim whose figures it was about."""
    return not (row.kind == DisputeKind.EDITOR and row.is_unresolved)


@dataclass(frozen=True, slots=True)
class NamingColumn:
    """A column that names a row; ``beside`` are those that it is unique with, if any.

    A row that would stand twice, or name the same row with ``other`` too, is removed. ``stays``
    tells of a row that keeps naming the merged one: (row, column, number of the other).
    """

    model: Any
    column: str
    beside: tuple[str, ...] = ()
    other: str = ""
    stays: Callable[[Any, str, int], bool] | None = None


# Every column of the desk that names a row of the kind. Versions and what is drawn from them
# keep what readers saw; comments, events and what the machine disputed stay with a claim.
LINKS: Final[dict[str, tuple[NamingColumn, ...]]] = {
    MergedNoun.PARTY: (
        NamingColumn(Attribution, "party_id"),
        NamingColumn(AssertionParty, "party_id", ("assertion_id",)),
        NamingColumn(SubjectBelligerent, "party_id", ("subject_id",)),
        NamingColumn(Source, "publisher_id"),
    ),
    MergedNoun.SOURCE: (
        NamingColumn(Assertion, "source_id"),
        NamingColumn(SourceRelation, "from_source_id", stays=stays_behind),
        NamingColumn(SourceRelation, "to_source_id", stays=stays_behind),
    ),
    MergedNoun.SUBJECT: (
        NamingColumn(Claim, "subject_id"),
        NamingColumn(Subject, "parent_id"),
        NamingColumn(SubjectBelligerent, "subject_id", ("party_id",)),
    ),
    MergedNoun.MEASURE: (NamingColumn(Claim, "measure_id"),),
    MergedNoun.CLAIM: (
        NamingColumn(Assertion, "claim_id"),
        NamingColumn(SourceRelation, "claim_id", stays=stays_behind),
        NamingColumn(ClaimRelation, "from_claim_id", ("to_claim_id", "kind"), other="to_claim_id"),
        NamingColumn(
            ClaimRelation, "to_claim_id", ("from_claim_id", "kind"), other="from_claim_id"
        ),
        NamingColumn(Dispute, "claim_id", stays=_is_no_open_doubt),
    ),
}


@dataclass(frozen=True, slots=True)
class MoveSignature:
    """Who moves rows, why and when."""

    by: User
    reason: str
    now: dt.datetime

    @property
    def words(self) -> dict[str, Any]:
        return {"by": self.by, "reason": self.reason, "now": self.now}


def link_counts(noun: str, number: int) -> dict[str, int]:
    """How many rows of each table name this row."""
    return all_link_counts(noun, [number])[number]


def all_link_counts(noun: str, numbers: Iterable[int]) -> dict[int, dict[str, int]]:
    """The same of many rows by number, a query for each column."""
    wanted = list(numbers)
    found: dict[int, dict[str, int]] = {number: {} for number in wanted}
    for link in LINKS[noun]:
        rows = link.model.objects.filter(**{f"{link.column}__in": wanted}).order_by()
        for number, count in rows.values_list(link.column).annotate(Count("pk")):
            counts, name = found[number], f"{link.model._meta.verbose_name}"
            counts[name] = counts.get(name, 0) + count
    return found


def move_links(merge: Merge, signed: MoveSignature) -> list[list[Any]]:
    """Let all that names the merged row name the other one; tell what was moved."""
    moved: list[list[Any]] = []
    for link in LINKS[merge.noun]:
        taken = _beside(link, merge.into)
        for row in link.model.objects.filter(**{link.column: merge.merged}).order_by("pk"):
            if link.stays is not None and link.stays(row, link.column, merge.into):
                continue
            if _stands(link, row, taken, merge.into):
                moved.append([REMOVED, link.model._meta.model_name, _columns(row)])
                signed_delete(row, **signed.words)
            else:
                moved.append([link.model._meta.model_name, row.pk, link.column])
                _rename(row, link.column, merge.into, signed)
    _follow(moved, signed)
    return moved


def move_back(merge: Merge, signed: MoveSignature) -> None:
    """Let what a merge moved name the merged row again, where it still names the other one."""
    for entry in merge.moved:
        if entry[0] == REMOVED:
            model = apps.get_model("claims", entry[1])
            link = next(one for one in LINKS[merge.noun] if one.model is model)
            own = {name: entry[2][name] for name in (link.column, *link.beside)}
            if not model.objects.filter(**own).exists():  # somebody may have named it again
                signed_save(model(**entry[2]), **signed.words)
    for name, number, column in moves_of(merge.moved):
        model = apps.get_model("claims", name)
        row = model.objects.filter(pk=number, **{column: merge.into}).first()
        if row is not None:
            _rename(row, column, merge.merged, signed)
    _follow(merge.moved, signed)


def take_names(merge: Merge, signed: MoveSignature) -> list[list[Any]]:
    """Let the other party be found by the merged one's names; tell which are new to it."""
    if merge.noun != MergedNoun.PARTY:
        return []
    old, new = Party.objects.get(pk=merge.merged), Party.objects.get(pk=merge.into)
    if PartyKind.UNNAMED in (old.kind, new.kind):
        return []  # "an official" is the name of nobody
    have = {name.folded for name in parties.party_keys(new)}
    names = [name for name in (old.name, *old.aliases) if fold_name(name) not in have]
    if names:
        _set_aliases(new, [*new.aliases, *dict.fromkeys(names)], signed)
    return [[ALIAS, name] for name in dict.fromkeys(names)]


def give_names_back(merge: Merge, signed: MoveSignature) -> None:
    """Take from the other party the names that the merge gave it."""
    given = {entry[1] for entry in merge.moved if entry[0] == ALIAS}
    if given:
        new = Party.objects.get(pk=merge.into)
        _set_aliases(new, [name for name in new.aliases if name not in given], signed)


def hide(noun: str, number: int) -> None:
    """Let nobody find a merged row by its name, title, address or number."""
    for model, column in _FOUND_BY.get(noun, ()):
        model._default_manager.filter(**{column: number}).delete()


def show_again(noun: str, number: int) -> None:
    """Let the row be found again."""
    if noun == MergedNoun.PARTY:
        write_rows(parties.party_keys(Party.objects.get(pk=number)))
    elif noun == MergedNoun.SOURCE:
        source = Source.objects.get(pk=number)
        write_rows([SourceTitle(source=source, **sources.source_keys(source))])
    elif noun == MergedNoun.SUBJECT:
        subject = Subject.objects.get(pk=number)
        write_rows([SubjectTitle(subject=subject, **subjects.subject_keys(subject))])


def lock_rows(noun: str, numbers: Iterable[int]) -> dict[int, Any]:
    """Lock what names the rows in other registers, then the rows, each by number.

    Claims come first and are locked by the caller. Returns the rows by number.
    """
    wanted = sorted(set(numbers))
    if noun == MergedNoun.PARTY:
        _lock(Source.objects.filter(publisher__in=wanted))
    if noun == MergedNoun.SUBJECT:
        _lock(Subject.objects.filter(Q(pk__in=wanted) | Q(parent__in=wanted)))
    rows = MODELS[noun].objects.filter(pk__in=wanted).order_by("pk")
    return {row.pk: row for row in rows.select_for_update(of=("self",))}


_FOUND_BY: Final[dict[str, tuple[tuple[Any, str], ...]]] = {
    MergedNoun.PARTY: ((PartyName, "party_id"),),
    MergedNoun.SOURCE: ((SourceTitle, "source_id"),),
    MergedNoun.SUBJECT: ((SubjectTitle, "subject_id"),),
}


def _lock(rows: Any) -> None:
    list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))


def _beside(link: NamingColumn, number: int) -> set[Any]:
    """What stands beside the other row already, and must not stand twice."""
    if not link.beside:
        return set()
    rows = link.model.objects.filter(**{link.column: number}).order_by()
    return set(rows.values_list(*link.beside))


def _stands(link: NamingColumn, row: Any, taken: set[Any], number: int) -> bool:
    """Whether the row would stand twice, or link a row with itself."""
    ties = bool(link.other) and getattr(row, link.other) == number
    return ties or tuple(getattr(row, name) for name in link.beside) in taken


def _columns(row: Any) -> dict[str, Any]:
    """The columns of a link, by attribute, without its number."""
    fields = [one for one in row._meta.concrete_fields if not one.primary_key]
    return {field.attname: getattr(row, field.attname) for field in fields}


def _rename(row: Any, column: str, number: int, signed: MoveSignature) -> None:
    setattr(row, column, number)
    signed_save(row, **signed.words)


def _follow(moved: list[list[Any]], signed: MoveSignature) -> None:
    """Work out the origins of the statements whose chain or source was moved."""
    for row in _touched(moved):
        links = [{"role": link.role, "party": link.party} for link in chain_of(row)]
        origin = origin_of(row, links)
        if origin != row.origin:
            row.origin = origin
            signed_save(row, **signed.words)


def _touched(moved: list[list[Any]]) -> Iterator[Assertion]:
    chains = [number for name, number, _ in moves_of(moved) if name == "attribution"]
    cited = [number for name, number, _ in moves_of(moved) if name == "assertion"]
    spoken = Attribution.objects.filter(pk__in=chains).values_list("assertion", flat=True)
    rows = Assertion.objects.filter(pk__in={*spoken, *cited}).order_by("pk")
    yield from rows.select_related("source").prefetch_related("attributions__party")


def moves_of(moved: list[list[Any]]) -> Iterator[tuple[str, int, str]]:
    """The (table, number, column) of each row that a merge moved and did not remove."""
    for entry in moved:
        if entry[0] not in (REMOVED, ALIAS):
            name, number, column = entry
            yield name, number, column


def _set_aliases(party: Party, aliases: list[str], signed: MoveSignature) -> None:
    party.aliases = aliases
    signed_save(party, **signed.words)
    party.names.all().delete()
    write_rows(parties.party_keys(party))
