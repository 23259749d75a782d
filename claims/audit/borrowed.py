"""What current versions borrow: the rows that their documents show, and as of when."""

from __future__ import annotations

from typing import Any

from claims.audit.findings import Report
from claims.audit.streams import ordered_rows, side_by_side
from claims.domain.index_rows import borrowed_number, borrowed_refs
from claims.domain.published import ClaimDocument
from claims.models import (
    Article,
    ArticlePassage,
    ArticleRevision,
    BorrowedRow,
    ClaimVersion,
    Correction,
    Measure,
    PublishedArticle,
)
from claims.querysets.article import APPROVED_DATA
from claims.workflow.borrowing import HISTORIES, borrowed_name
from claims.workflow.passages import passages_differ

type Sound = tuple[ClaimVersion, ClaimDocument | None]
"""A current version with its document; None of a tombstone."""


def verify_borrowed(report: Report, sound: list[Sound]) -> None:
    """Compare the borrowed rows of a batch of versions with their documents and histories.

    A row that claims to show later edits than it can have would let their author approve.
    """
    slugs = dict(Measure.objects.values_list("slug", "id"))
    rows = [row for version, _ in sound for row in version.borrowed_rows.all()]
    signed, approved = _signed(rows), _approved(rows)
    report.count(BorrowedRow, len(rows))
    for version, document in sound:
        wanted = {
            (noun, slugs.get(ref) if noun == "measure" else borrowed_number(noun, ref))
            for noun, ref in (borrowed_refs(document) if document is not None else ())
        }
        found = {(row.noun, row.number): row for row in version.borrowed_rows.all()}
        for noun, number in wanted - found.keys():
            what = f"the borrowed row for {noun} {number} is missing"
            report.blame(ClaimVersion, version.pk, what)
        for key, row in found.items():
            if key not in wanted:
                report.blame(BorrowedRow, row.pk, "its version's payload does not show it")
            elif row.shown and not _fits(row, version, signed, approved):
                report.blame(BorrowedRow, row.pk, "its version was built before that history row")


def verify_articles(report: Report) -> None:
    """What readers have of each article stood in a row of its history, beside an approved text."""
    shown = PublishedArticle.objects.select_related("revision")
    newest = ArticleRevision.objects.newest_approved().defer("text")
    groups = side_by_side(
        (ordered_rows(shown, "article_id"), "article_id"),
        (ordered_rows(newest, "article_id"), "article_id"),
    )
    for key, (found, revisions) in groups:
        report.count(PublishedArticle, len(found))
        if [one.revision_id for one in found] != [one.pk for one in revisions]:
            report.blame(Article, key, "what readers have of it does not fit its approved text")
            continue
        stood = Article.history.filter(id=key, history_id=found[0].shown).first()
        names = [
            name
            for name in APPROVED_DATA
            if stood is None or getattr(found[0], name) != getattr(stood, name)
        ]
        if names:
            what = f"differs from the history that it was approved from in {', '.join(names)}"
            report.blame(PublishedArticle, found[0].pk, what)
        if passages_differ(found[0].revision):
            report.blame(ArticlePassage, key, "the passages are not those of its approved text")


def _signed(rows: list[BorrowedRow]) -> dict[tuple[str, int], tuple[int, Any]]:
    """{(noun, history row): (number of the row, when it was signed)}, one query a noun."""
    found: dict[tuple[str, int], tuple[int, Any]] = {}
    for noun, (model, column) in HISTORIES.items():
        numbers = {row.shown for row in rows if row.noun == noun}
        history = model.history.filter(history_id__in=numbers).order_by()
        for key, number, at in history.values_list("history_id", column, "history_date"):
            found[str(noun), key] = (number, at)
    return found


def _approved(rows: list[BorrowedRow]) -> set[tuple[str, int]]:
    """The (noun, history row) pairs that approved corrections showed, in one query.

    A correction that changes no word of a document leaves its version as it is.
    """
    items = Correction.objects.approved().filter(shown__in={row.shown for row in rows})
    return set(items.values_list("noun", "shown"))


def _fits(
    row: BorrowedRow,
    version: ClaimVersion,
    signed: dict[tuple[str, int], tuple[int, Any]],
    approved: set[tuple[str, int]],
) -> bool:
    found = signed.get((row.noun, row.shown))
    if found is None or found[0] != row.number:
        return False
    if (row.noun, row.shown) in approved:
        return True
    sealed = version.shown.get(borrowed_name(row.noun, row.number))
    if sealed is not None:
        return bool(row.shown <= sealed)
    # Versions from before they named the rows that they borrow: their clock must tell.
    return bool(found[1] <= version.published_at)
