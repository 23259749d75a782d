"""What deciding on a merge is about: both rows, all that is moved, and who reads it now."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.db.models import Model

from claims.choices import MergedNoun
from claims.domain.documents import dump_document
from claims.models import BorrowedRow, Claim, ClaimVersion, Merge, PublishedFigure, Subject
from claims.workflow.desk import subject_path
from claims.workflow.merge_claims import claims_shown
from claims.workflow.merge_moves import all_link_counts, link_counts
from claims.workflow.merge_parts import claims_of_parts, merges_of_claims
from claims.workflow.merge_publishing import COMPARED, SumsOfClaim, going_along, sums_of_claims
from claims.workflow.merge_rules import row_of
from claims.workflow.published_columns import published_columns

# Members that tell two rows apart beside the published ones.
_DESK_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    MergedNoun.PARTY: ("aliases", "wikidata_qid"),
    MergedNoun.CLAIM: ("contention",),
}


@dataclass(frozen=True, slots=True)
class ClaimPart:
    """Two claims that become one with the rows; members and links as a candidate's."""

    old: Claim
    new: Claim
    members: list[tuple[str, str, str]]
    links: dict[str, int]


@dataclass(frozen=True, slots=True)
class MergeCandidate:
    """A merge, or its undoing, as a person decides on it.

    ``members`` are (name, of the merged row, of the other one); ``links`` how many rows of each
    table name the merged row; ``outcomes`` tell of the claims that readers get with it, the
    first COMPARED, what becomes of their sums; ``alone`` are the claims that go before reviewers by
    themselves, or are drafts; ``along`` counts those that readers get with it. ``parts`` are the
    merges of claims that come with it, whose claims are not told twice.
    """

    merge: Merge
    old: Any
    new: Any
    members: list[tuple[str, str, str]]
    links: dict[str, int]
    outcomes: list[SumsOfClaim]
    alone: list[Claim]
    along: int
    parts: list[ClaimPart]

    @property
    def beyond(self) -> int:
        """How many claims that may go along the page does not compare."""
        return self.along - len(self.outcomes)

    @property
    def witness(self) -> str:
        """SHA-256 (hex) of all that the decision is about."""
        named = {
            "noun": self.merge.noun,
            "merged": self.merge.merged,
            "into": self.merge.into,
            "state": self.merge.state,
            "reason": self.merge.reason,
            "members": self.members,
            "links": self.links,
            "outcomes": [
                [one.claim.pk, asdict(one.before), asdict(one.after)] for one in self.outcomes
            ],
            "alone": [claim.pk for claim in self.alone],
            "along": self.along,
            "parts": [[one.old.pk, one.new.pk, one.members, one.links] for one in self.parts],
        }
        return hashlib.sha256(dump_document(named).encode()).hexdigest()


def read_merge(merge: Merge) -> MergeCandidate:
    """Read what approving the merge, or its undoing, would change."""
    old, new = row_of(merge.noun, merge.merged), row_of(merge.noun, merge.into)
    active = list(Claim.objects.active().filter(pk__in=claims_of(merge)).order_by("pk"))
    along, parts = going_along(merge, active), _parts(merge)
    told = {claim.pk for claim in along} | {
        one.pk for part in parts for one in (part.old, part.new)
    }
    return MergeCandidate(
        merge=merge,
        old=old,
        new=new,
        members=_members(merge.noun, old, new),
        links=link_counts(merge.noun, merge.merged),
        outcomes=sums_of_claims(merge, along[:COMPARED]),
        alone=[claim for claim in active if claim.pk not in told],
        along=len(along),
        parts=parts,
    )


def _parts(merge: Merge) -> list[ClaimPart]:
    """A fixed number of queries, however many claims become one."""
    pairs = [(part.merged, part.into) for part in merges_of_claims(merge)]
    named = Claim.objects.select_related("subject", "measure")
    claims = named.in_bulk([number for pair in pairs for number in pair])
    links = all_link_counts(MergedNoun.CLAIM, [old for old, _ in pairs]) if pairs else {}
    return [
        ClaimPart(
            claims[old],
            claims[new],
            _members(MergedNoun.CLAIM, claims[old], claims[new]),
            links[old],
        )
        for old, new in pairs
    ]


def merge_witness(merge: Merge) -> str:
    """The witness of what approving the merge would change now."""
    return read_merge(merge).witness


def claims_of(merge: Merge) -> set[int]:
    """The claims that a merge, or undoing it, changes."""
    if merge.noun == MergedNoun.CLAIM:
        return claims_shown(merge.noun, [merge.merged, merge.into])
    found = claims_shown(merge.noun, [merge.merged]) | claims_of_parts(merge)
    if merge.noun in (MergedNoun.SUBJECT, MergedNoun.SOURCE) or merge.is_done:
        found |= claims_shown(merge.noun, [merge.into])
    return found


def is_public(merge: Merge) -> bool:
    """Whether readers see the merged row, or see the other one in its place; or so with a part."""
    parts = merges_of_claims(merge)
    shown = [one for part in parts for one in (part.merged, *([part.into] * merge.is_done))]
    if shown and ClaimVersion.objects.filter(claim__in=shown).exists():
        return True
    noun, rows = merge.noun, [merge.merged, *([merge.into] if merge.is_done else [])]
    if noun == MergedNoun.CLAIM:
        return ClaimVersion.objects.filter(claim__in=rows).exists()
    borrowed = BorrowedRow.objects.filter(noun=noun, number__in=rows)
    if noun == MergedNoun.SUBJECT:
        borrowed = BorrowedRow.objects.filter(noun__in=[noun, "belligerents"], number__in=rows)
    named = PublishedFigure.objects.filter(**{f"{_COLUMNS[noun]}__in": rows})
    return borrowed.exists() or named.exists()


_COLUMNS: Final[dict[str, str]] = {
    MergedNoun.PARTY: "speaker",
    MergedNoun.SOURCE: "source",
    MergedNoun.SUBJECT: "subject",
    MergedNoun.MEASURE: "measure",
}


def _members(noun: str, old: Any, new: Any) -> list[tuple[str, str, str]]:
    """All that readers see of either row, and what the desk knows it by, side by side."""
    model: type[Model] = type(new)
    names = {field.attname: field.name for field in model._meta.concrete_fields}
    columns = [names[column] for column in published_columns(model)]
    found = [
        (name.replace("_", " "), _text(getattr(old, name)), _text(getattr(new, name)))
        for name in dict.fromkeys((*columns, *_DESK_COLUMNS.get(noun, ())))
    ]
    if noun == MergedNoun.SUBJECT:
        found.append(("lies in", _path(old), _path(new)))
        found.append(("belligerents", _sides(old), _sides(new)))
    return [one for one in found if one[1] or one[2]]


def _path(subject: Subject) -> str:
    return " › ".join(above.title for above in subject_path(subject) if above.pk != subject.pk)


def _sides(subject: Subject) -> str:
    links = subject.belligerent_links.select_related("party")
    return "; ".join(
        f"{link.party}, {link.side}" if link.side else f"{link.party}" for link in links
    )


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    return "" if value is None else str(value)
