"""What approving a correction publishes: one reading of its row, beside what readers have."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from claims.choices import BorrowedNoun
from claims.domain.corrections import Corrected, correct, shown_entry
from claims.domain.differences import differences
from claims.domain.document_format import read_claim
from claims.domain.documents import dump_document, read_document
from claims.domain.published import ClaimDocument
from claims.models import (
    BorrowedRow,
    ClaimVersion,
    Correction,
    PublishedArticle,
)
from claims.workflow.authors import row_authors
from claims.workflow.borrowing import HISTORIES
from claims.workflow.entries import entry_of, key_of, member_of
from claims.workflow.published_columns import published_columns

READ: Final = 50  # claims whose every change is shown before the approval


@dataclass(frozen=True, slots=True)
class CorrectionCandidate:
    """What approving a correction publishes: the row as the desk has it, for so many claims.

    ``changes`` are the documents of the first READ claims as readers have and would get them,
    by number of the claim: all that approving changes of them is shown. ``before`` are the
    entries that readers have now in these, with how many claims show each.
    """

    correction: Correction
    row: Any
    entry: Mapping[str, Any]
    before: list[tuple[dict[str, Any], int]]
    changes: Mapping[int, Corrected]
    claims: int
    newest: int
    authors: frozenset[int]

    @property
    def witness(self) -> str:
        """SHA-256 (hex) of all that is read before an approval, which names it.

        It is the entry, the public reason, and every change of the claims that are shown.
        """
        correction = self.correction
        named = {
            "noun": correction.noun,
            "number": correction.number,
            "entry": self.entry,
            "reason": correction.reason,
            "changes": [
                [number, differences(_plain(one.before), _plain(one.after))]
                for number, one in self.changes.items()
                if one.shows_it
            ],
        }
        return hashlib.sha256(dump_document(named).encode()).hexdigest()


def read_correction(correction: Correction) -> CorrectionCandidate:
    """Build what approving the correction would publish from one reading of its row."""
    noun, number = correction.noun, correction.number
    model, _ = HISTORIES[noun]
    row = model.objects.get(pk=number)
    newest = row.history.latest("history_id").history_id
    rows = shown_rows(noun, number).older_than(newest)
    shown = min(history_shown(noun, number), default=newest)
    entry = entry_of(noun, row)
    changes = _changes(noun, number, entry, rows)
    return CorrectionCandidate(
        correction=correction,
        row=row,
        entry=entry,
        before=_before(noun, number, changes),
        changes=changes,
        claims=rows.count(),
        newest=newest,
        authors=row_authors(noun, number, shown)
        | _publisher_authors(row)
        | {correction.edited_by_id},
    )


def correction_witness(correction: Correction) -> str:
    """The witness of what approving the correction would publish now."""
    return read_correction(correction).witness


def _publisher_authors(row: Any) -> frozenset[int]:
    """Who wrote the name of a source's publisher that no approval has shown yet."""
    number = getattr(row, "publisher_id", None)
    if number is None:
        return frozenset()
    shown = shown_rows(BorrowedNoun.PARTY, number).newest_shown()
    return row_authors(BorrowedNoun.PARTY, number, max(shown.values(), default=0))


def unread_columns(candidate: CorrectionCandidate) -> list[str]:
    """Columns that readers see and that changed, but that no correction shows or publishes."""
    noun, row = candidate.correction.noun, candidate.row
    model, _ = HISTORIES[noun]
    outside = {
        name for name in published_columns(model) if member_of(noun, name) not in candidate.entry
    }
    rows = row.history.filter(history_id__in=history_shown(noun, row.pk))
    changed = {name for old in rows for name in outside if getattr(old, name) != getattr(row, name)}
    return sorted(name.removesuffix("_id") for name in changed)


def history_shown(noun: str, number: int) -> set[int]:
    """The history rows by which readers see a row: with claims, an article with its text."""
    found = set(shown_rows(noun, number).order_by().values_list("shown", flat=True).distinct())
    if noun == BorrowedNoun.ARTICLE:
        found |= set(
            PublishedArticle.objects.filter(article=number).values_list("shown", flat=True)
        )
    return found


def shown_rows(noun: str, number: int) -> Any:
    return BorrowedRow.objects.of(noun, number)


def correct_claim(
    version: ClaimVersion, noun: str, number: int, entry: Mapping[str, Any]
) -> Corrected:
    """The public document of a claim, as it is and with the row corrected."""
    return correct(read_claim(version.payload), noun, key_of(noun, number), entry)


def _changes(noun: str, number: int, entry: Mapping[str, Any], rows: Any) -> dict[int, Corrected]:
    first = rows.order_by("claim_id").values_list("version_id", flat=True)[:READ]
    versions = ClaimVersion.objects.filter(pk__in=list(first)).order_by("claim_id")
    return {one.claim_id: correct_claim(one, noun, number, entry) for one in versions}


def _before(
    noun: str, number: int, changes: Mapping[int, Corrected]
) -> list[tuple[dict[str, Any], int]]:
    key = key_of(noun, number)
    found = Counter(dump_document(shown_entry(one.before, noun, key)) for one in changes.values())
    return [(read_document(text), count) for text, count in found.most_common()]


def _plain(document: ClaimDocument) -> dict[str, object]:
    return cast("dict[str, object]", document)
