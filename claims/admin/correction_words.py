"""One correction in full: a diff for each state of the row that readers have, and its claims."""

from __future__ import annotations

from typing import Any

from claims.admin.correction_rows import APPROVED, correction_rows
from claims.admin.facts import account_names
from claims.admin.members import Entry, MemberSection, changes_of, object_entry
from claims.admin.texts import public_data
from claims.choices import BorrowedNoun
from claims.domain.documents import dump_document, read_document
from claims.models import ArticleRevision, BorrowedRow, Claim, ClaimVersion, Correction
from claims.workflow.correction_candidate import READ, CorrectionCandidate, read_correction

SHOWN = 20  # claims that are named


def correction_facts(item: Correction) -> dict[str, Any]:
    """What approving the correction publishes; of a decided one, what was published."""
    candidate = read_correction(item)
    approved = item.state in APPROVED
    entry = read_document(item.entry if approved else dump_document(candidate.entry))
    row = correction_rows([item])[item.pk]
    return {
        "item": item,
        "told": row,
        "row": candidate.row,
        "changes": [] if approved else _changes(candidate, entry),
        "entry": object_entry("", entry, entry),
        "in_full": [] if approved else _in_full(candidate),
        "read": READ if candidate.claims > READ else 0,
        "claims": _claims(item, candidate, approved),
        "more": max(0, row.claims - SHOWN),
        "authors": account_names(candidate.authors),
    }


def _changes(candidate: CorrectionCandidate, entry: dict[str, Any]) -> list[dict[str, Any]]:
    """What changes for readers, once for each state of the row that they have now."""
    found = [
        {"claims": count, "entry": _change(before, entry)}
        for before, count in candidate.before
        if before
    ]
    own = _of_article(candidate)
    if own is not None:  # the article's own page shows more of it than the claims do
        found.insert(0, {"claims": 0, "entry": _change(own, entry)})
    return found


def _in_full(candidate: CorrectionCandidate) -> list[tuple[Claim, list[MemberSection]]]:
    """All that changes in each claim that is shown: what follows from the row too."""
    claims = Claim.objects.in_bulk(list(candidate.changes))
    return [
        (claims[number], changes_of(one.before, one.after))
        for number, one in candidate.changes.items()
        if one.shows_it
    ]


def _change(before: dict[str, Any], entry: dict[str, Any]) -> Entry:
    """Only what readers see of the row there: a correction adds no member."""
    return object_entry("", before, {name: entry[name] for name in before if name in entry})


def _of_article(candidate: CorrectionCandidate) -> dict[str, Any] | None:
    if candidate.correction.noun != BorrowedNoun.ARTICLE:
        return None
    revisions = ArticleRevision.objects.newest_approved().filter(article=candidate.row)
    newest = revisions.first()
    shown = {} if newest is None else public_data(newest)
    return {name: shown[name] for name in candidate.entry if name in shown} or None


def _claims(item: Correction, candidate: CorrectionCandidate, approved: bool) -> list[Claim]:
    """The first claims that will show it, or that got it."""
    waiting = BorrowedRow.objects.of(item.noun, item.number).older_than(candidate.newest)
    rows: Any = ClaimVersion.objects.filter(correction=item) if approved else waiting
    numbers = rows.values("claim")
    return list(Claim.objects.filter(pk__in=numbers).order_by("pk")[:SHOWN])
