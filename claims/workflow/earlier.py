"""What a claim said in a version, or at a moment of its history: terms, statements and links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q, QuerySet

from claims.choices import MergedNoun, RelationKind, VersionOp
from claims.domain.document_format import read_claim
from claims.domain.published_figures import FigureEntry
from claims.domain.refs import FIGURE, PARTY, SOURCE, SUBJECT, parse_ref
from claims.models import (
    Assertion,
    AssertionParty,
    Attribution,
    Claim,
    ClaimRelation,
    ClaimVersion,
    Measure,
    Merge,
    Party,
    Source,
    Subject,
    SubjectBelligerent,
)
from claims.workflow.claims import EDITABLE
from claims.workflow.desk import chain_of
from claims.workflow.sameness import merged_noun

_PLAIN_CLAIM: Final = EDITABLE - {"subject", "measure"}
_PLAIN_FIGURE: Final = (
    *("stance", "extent", "ground", "value_state", "point", "low", "high", "low_strict"),
    *("high_strict", "high_open", "approximate", "vague_term", "edtf", "boolean", "text"),
    *("party_mode", "credibility", "quote", "quote_language", "locator", "asserted_on"),
    "citation_needed",
)
_CHAIN: Final = ("party", "role", "mode")

# What hangs on a row and changes with it: by the name of its manager the model and its column.
_HANGING: Final[dict[Any, dict[str, tuple[Any, str]]]] = {
    Assertion: {
        "attributions": (Attribution, "assertion_id"),
        "party_links": (AssertionParty, "assertion_id"),
    },
    Subject: {"belligerent_links": (SubjectBelligerent, "subject_id")},
}

_NAME: Final = re.compile(r"([vh])([0-9]{1,18})")

type EarlierLink = tuple[int, int, str]  # from, to, kind
type EarlierLinks = dict[EarlierLink, dict[str, bool]]  # with exhaustive and scope_exact


@dataclass(frozen=True, slots=True)
class EarlierStatement:
    """A statement as it was: its fields as fill_assertion takes them, and whether it counted."""

    fields: dict[str, Any]
    status: str
    status_reason: str


@dataclass(frozen=True, slots=True)
class EarlierClaim:
    """A claim as it was: its fields as assign takes them, its statements by number, its links.

    Rows that were merged since are named by what they are by now.
    """

    terms: dict[str, Any]
    statements: dict[int, EarlierStatement]
    links: EarlierLinks


def earlier_state(claim: Claim, name: str) -> Any:
    """The version that v3 names, or the row of the claim's history that h42 does; None if none."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    number = int(found[2])
    if found[1] == "v":
        return published_versions(claim).filter(number=number).first()
    return Claim.history.filter(id=claim.pk, history_id=number).first()


def published_versions(claim: Claim) -> QuerySet[ClaimVersion]:
    """The versions that one can go back to, the newest first."""
    rows = claim.versions.filter(op=VersionOp.PUBLISH).select_related("approved_by")
    return rows.order_by("-number")


def bundle_of_version(version: ClaimVersion) -> EarlierClaim:
    """What a published version says; its links also those to claims that readers had not."""
    document = read_claim(version.payload)
    members: Mapping[str, object] = document
    terms = {name: members[name] for name in _PLAIN_CLAIM}
    terms["tolerance_pct"] = Decimal(document["tolerance_pct"])
    terms["subject"] = _found(Subject, document["subject"]["ref"], SUBJECT)
    terms["measure"] = _by_now(Measure.objects.get(slug=document["measure"]["slug"]))
    entries = {parse_ref(entry["ref"], FIGURE): entry for entry in document["figures"]}
    shown = version.shown
    covered = (
        Q(history_id__lte=shown.get(ClaimRelation._meta.model_name, 0))
        if Claim._meta.model_name in shown
        else Q(history_date__lte=version.published_at)
    )
    return EarlierClaim(
        terms=terms,
        statements={number: _said_in(entry) for number, entry in entries.items() if number},
        links=_links(version.claim_id, covered),
    )


def bundle_of_record(record: Any) -> EarlierClaim:
    """What the claim said when this row of its history was written."""
    terms = {name: getattr(record, name) for name in _PLAIN_CLAIM}
    terms["subject"] = _by_now(Subject.objects.get(pk=record.subject_id))
    terms["measure"] = _by_now(Measure.objects.get(pk=record.measure_id))
    until = _until(record)
    rows = _last_rows(Assertion, Q(claim_id=record.id), until)
    mine = {row.id: row for row in rows if row.claim_id == record.id}
    chains = _of_each(Attribution, mine, until)
    parties = _of_each(AssertionParty, mine, until)
    return EarlierClaim(
        terms=terms,
        statements={
            number: _said_then(row, chains.get(number, []), parties.get(number, []))
            for number, row in mine.items()
        },
        links=_links(record.id, until),
    )


def _until(record: Any) -> Q:
    """What was written by then: by the clock, but by the order of the row's own records first.

    Clocks may be equal, or run backwards. Each change of what hangs on a row writes a record of
    the row in its act, and these records are numbered.
    """
    own = type(record).objects.filter(id=record.id).exclude(act=None).order_by("history_id")
    acts = dict(own.values_list("history_id", "act"))
    before = {act for number, act in acts.items() if number <= record.history_id}
    after = set(acts.values()) - before
    by_clock = Q(history_date__lte=record.history_date)
    return (by_clock & ~Q(act__in=after)) | Q(act__in=before)


def earlier_row(row: Any, record: Any) -> Any:
    """A row as it was when a record of its history was written, with what hung on it then.

    Of a figure its chain and parties, of a subject its belligerents: ``all()`` reads them.
    """
    then: Any = record.instance
    until = _until(record)
    then._prefetched_objects_cache = {
        name: [one.instance for one in _last_rows(model, Q(**{column: row.pk}), until)]
        for name, (model, column) in _HANGING.get(type(row), {}).items()
    }
    return then


def said_now(row: Assertion) -> EarlierStatement:
    """The same of a statement as it stands; chain and parties are read before."""
    fields: dict[str, Any] = {name: getattr(row, name) for name in _PLAIN_FIGURE}
    fields |= {"source": row.source, "target": row.target}
    fields["parties"] = _in_order([link.party for link in row.party_links.all()])
    fields["attributions"] = [
        {name: getattr(link, name) for name in _CHAIN} for link in chain_of(row)
    ]
    return EarlierStatement(fields, row.status, row.status_reason)


def links_now(claim: int) -> EarlierLinks:
    """The links of a claim as they stand, in either direction; what was split off stays so."""
    rows = ClaimRelation.objects.filter(Q(from_claim=claim) | Q(to_claim=claim))
    rows = rows.exclude(kind=RelationKind.SPLIT_OFF)
    return {_link(row): _flags(row) for row in rows}


def _said_in(entry: FigureEntry) -> EarlierStatement:
    members: Mapping[str, object] = entry
    fields: dict[str, Any] = {name: members[name] for name in _PLAIN_FIGURE}
    fields["source"] = _found(Source, entry["source"], SOURCE)
    fields["target"] = _found(Assertion, entry["target"], FIGURE)
    parties = [_found(Party, party["ref"], PARTY) for party in entry["parties"]]
    fields["parties"] = _in_order(parties)
    fields["attributions"] = [
        {
            "party": _found(Party, link["party"], PARTY),
            "role": link["role"],
            "mode": link["mode"],
        }
        for link in entry["attribution"]
    ]
    return EarlierStatement(fields, entry["status"], entry["status_reason"])


def _said_then(row: Any, chain: list[Any], parties: list[Any]) -> EarlierStatement:
    fields: dict[str, Any] = {name: getattr(row, name) for name in _PLAIN_FIGURE}
    fields["source"] = _numbered(Source, row.source_id)
    fields["target"] = _numbered(Assertion, row.target_id)
    fields["parties"] = _in_order([_numbered(Party, link.party_id) for link in parties])
    fields["attributions"] = [
        {"party": _numbered(Party, link.party_id), "role": link.role, "mode": link.mode}
        for link in sorted(chain, key=lambda link: link.position)
    ]
    return EarlierStatement(fields, row.status, row.status_reason)


def _of_each(model: Any, assertions: Mapping[int, Any], until: Q) -> dict[int, list[Any]]:
    """The links of a kind that each of the statements had, by its number."""
    found: dict[int, list[Any]] = {}
    for row in _last_rows(model, Q(assertion_id__in=list(assertions)), until):
        found.setdefault(row.assertion_id, []).append(row)
    return found


def _links(claim: int, until: Q) -> EarlierLinks:
    """The links that the claim had, those of merged claims as links of what these are by now."""
    found = {}
    for row in _last_rows(ClaimRelation, Q(from_claim_id=claim) | Q(to_claim_id=claim), until):
        one, other = _claim_by_now(row.from_claim_id), _claim_by_now(row.to_claim_id)
        if claim in (one, other) and one != other:
            found[one, other, row.kind] = _flags(row)
    return found


def _last_rows(model: Any, of: Q, until: Q) -> list[Any]:
    """The last history row until then of each object that is ``of`` it; not of removed ones."""
    history = model.history.filter(until)
    numbers = set(history.filter(of).order_by().values_list("id", flat=True))
    rows = history.filter(id__in=numbers).order_by("id", "history_id")
    last = {row.id: row for row in rows}
    return [row for row in last.values() if row.history_type != "-"]


def _link(row: Any) -> EarlierLink:
    return row.from_claim_id, row.to_claim_id, row.kind


def _flags(row: Any) -> dict[str, bool]:
    return {"exhaustive": row.exhaustive, "scope_exact": row.scope_exact}


def _in_order(rows: list[Any]) -> list[Any]:
    """Each row once, by number."""
    return sorted(set(rows), key=lambda row: row.pk)


def _claim_by_now(number: int) -> int:
    return Merge.objects.survivor(MergedNoun.CLAIM, number) or number


def _found(model: Any, ref: str | None, letter: str) -> Any:
    return None if ref is None else _numbered(model, parse_ref(ref, letter))


def _numbered(model: Any, number: int | None) -> Any:
    return None if number is None else _by_now(model.objects.get(pk=number))


def _by_now[Row: Any](row: Row) -> Row:
    """The row, or the one that it was merged into since."""
    if isinstance(row, Assertion):
        return row
    number = Merge.objects.survivor(merged_noun(row), row.pk)
    return row if number is None else type(row).objects.get(pk=number)
