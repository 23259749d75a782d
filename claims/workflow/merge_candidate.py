"""What deciding on a merge is about: both rows, all that is moved, and who reads it now."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import Any, Final

from claims.choices import MergedNoun
from claims.domain.documents import dump_document
from claims.models import BorrowedRow, Claim, ClaimVersion, Merge, PublishedFigure
from claims.workflow.merge_claims import claims_shown
from claims.workflow.merge_moves import link_counts
from claims.workflow.merge_publishing import COMPARED, Outcome, may_go_along, outcomes_of
from claims.workflow.merge_rules import row_of

_PUBLIC_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    MergedNoun.PARTY: ("name", "kind", "description", "aliases", "wikidata_qid"),
    MergedNoun.SOURCE: (
        *("title", "csl_type", "authors", "issued", "url", "doi", "isbn", "reliability"),
    ),
    MergedNoun.SUBJECT: ("title", "kind", "place", "when"),
    MergedNoun.MEASURE: ("slug", "label", "value_kind", "is_count"),
    MergedNoun.CLAIM: (*("question", "unit", "population", "aggregation", "as_of", "contention"),),
}


@dataclass(frozen=True, slots=True)
class MergeCandidate:
    """A merge, or its undoing, as a person decides on it.

    ``members`` are (name, of the merged row, of the other one); ``links`` how many rows of each
    table name the merged row; ``outcomes`` tell of the claims that readers get with it, the
    first COMPARED, what becomes of their sums; ``alone`` are the claims that go before reviewers by
    themselves, or are drafts; ``along`` counts those that readers get with it.
    """

    merge: Merge
    old: Any
    new: Any
    members: list[tuple[str, str, str]]
    links: dict[str, int]
    outcomes: list[Outcome]
    alone: list[Claim]
    along: int

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
        }
        return hashlib.sha256(dump_document(named).encode()).hexdigest()


def read_merge(merge: Merge) -> MergeCandidate:
    """Read what approving the merge, or its undoing, would change."""
    old, new = row_of(merge.noun, merge.merged), row_of(merge.noun, merge.into)
    active = list(Claim.objects.active().filter(pk__in=claims_of(merge)).order_by("pk"))
    along = [claim for claim in active if may_go_along(merge, claim)]
    return MergeCandidate(
        merge=merge,
        old=old,
        new=new,
        members=[
            (name.replace("_", " "), _text(getattr(old, name)), _text(getattr(new, name)))
            for name in _PUBLIC_COLUMNS[merge.noun]
        ],
        links=link_counts(merge.noun, merge.merged),
        outcomes=outcomes_of(merge, along[:COMPARED]),
        alone=[claim for claim in active if not may_go_along(merge, claim)],
        along=len(along),
    )


def merge_witness(merge: Merge) -> str:
    """The witness of what approving the merge would change now."""
    return read_merge(merge).witness


def claims_of(merge: Merge) -> set[int]:
    """The claims that a merge, or undoing it, changes."""
    if merge.noun == MergedNoun.CLAIM:
        return claims_shown(merge.noun, [merge.merged, merge.into])
    found = claims_shown(merge.noun, [merge.merged])
    if merge.noun in (MergedNoun.SUBJECT, MergedNoun.SOURCE) or merge.is_done:
        found |= claims_shown(merge.noun, [merge.into])
    return found


def is_public(merge: Merge) -> bool:
    """Whether readers see the merged row, or see the other one in its place."""
    noun, rows = merge.noun, [merge.merged, *([merge.into] if merge.is_done else [])]
    if noun == MergedNoun.CLAIM:
        return ClaimVersion.objects.filter(claim__in=rows).exists()
    shown = BorrowedRow.objects.filter(noun=noun, number__in=rows)
    if noun == MergedNoun.SUBJECT:
        shown = BorrowedRow.objects.filter(noun__in=[noun, "belligerents"], number__in=rows)
    named = PublishedFigure.objects.filter(**{f"{_COLUMNS[noun]}__in": rows})
    return shown.exists() or named.exists()


_COLUMNS: Final[dict[str, str]] = {
    MergedNoun.PARTY: "speaker",
    MergedNoun.SOURCE: "source",
    MergedNoun.SUBJECT: "subject",
    MergedNoun.MEASURE: "measure",
}


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    return "" if value is None else str(value)
