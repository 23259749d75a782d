"""Corrections of registers: one edit, one review, all claims that show the row."""

# An edit of a source, party, subject, measure or article changes what readers see with every
# claim that shows the row. It waits as one item; approved once, it is put into each of these
# documents as readers have them, whatever else waits on the desk.

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.transaction import atomic

from claims.choices import BorrowedNoun, CorrectionState, ReviewAction, VersionOp
from claims.domain.documents import dump_document, read_document
from claims.domain.index_rows import borrowed_number, borrowed_refs
from claims.domain.published import ClaimDocument
from claims.errors import SelfApprovalError, StaleRevisionError, TransitionError
from claims.models import (
    ArticleRevision,
    ClaimVersion,
    Correction,
)
from claims.workflow.acts import act
from claims.workflow.authors import registers_shown
from claims.workflow.borrowing import HISTORIES, Borrowed, publishers_as_read
from claims.workflow.correction_candidate import (
    READ,
    CorrectionCandidate,
    correct_claim,
    history_shown,
    read_correction,
    shown_rows,
    unread_columns,
)
from claims.workflow.events import log_event, moment
from claims.workflow.history import signed_save
from claims.workflow.locking import lock_claims
from claims.workflow.publication import Edition, publish
from claims.workflow.published_columns import published_values
from claims.workflow.texts import show_article_data
from claims.workflow.verbs import verb

PIECE: Final = READ  # claims that one transaction publishes


def note_edit(noun: str, row: Any, *, by: User, reason: str, now: dt.datetime) -> None:
    """After an edit of a row: put it before reviewers when readers have other words of it.

    The row is locked. An edit that brings back what readers have closes what waited.
    """
    shown = history_shown(noun, row.pk)
    waiting = Correction.objects.of(noun, row.pk).waiting().select_for_update().first()
    if shown and _differs(noun, row.pk, shown):
        item = waiting or Correction(noun=noun, number=row.pk)
        item.edited_by, item.edited_at, item.reason = by, now, reason
        signed_save(item, by=by, reason=reason, now=now)
    elif waiting is not None:
        _end(waiting, by=by, reason=reason, now=now)


def settle_corrections(borrowed: Borrowed, *, now: dt.datetime) -> None:
    """Close what waits for rows that every public claim shows as they are; they are locked."""
    for item in Correction.objects.waiting().filter(number__in={key[1] for key in borrowed}):
        newest = borrowed.get((item.noun, item.number))
        if (
            newest is not None
            and not shown_rows(item.noun, item.number).older_than(newest).exists()
        ):
            _end(item, by=None, reason="Every claim shows it by now.", now=now)


@verb("review_claim")
def approve_correction(
    *,
    correction: Correction,
    by: User,
    reason: str,
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> Correction:
    """Give readers the row as it stands, with every claim that shows it.

    As many claims as PIECE get it at once; publish_piece() does the others, piece by piece.
    A claim gets it when all that changes in it was shown before the approval, or repeats the
    row's own new words; what is left waits as a correction of its own, to be read.
    """
    candidate = _locked(correction)
    item, at = candidate.correction, moment(now)
    if by.pk in candidate.authors:
        raise SelfApprovalError("You changed this row; somebody else must approve it.")
    if witness is not None and witness != candidate.witness:
        raise StaleRevisionError("The row changed since you read it; read it again.")
    if unread := unread_columns(candidate):
        raise TransitionError(
            f"Its {', '.join(unread)} changed too, which each claim is reviewed for: approve the "
            "claims that show it first, or change that back.",
            field=unread[0],
        )
    item.state, item.entry = CorrectionState.PUBLISHING, dump_document(candidate.entry)
    item.shown, item.approved_by, item.approved_at = candidate.newest, by, at
    signed_save(item, by=by, reason=reason, now=at)
    if item.noun == BorrowedNoun.ARTICLE:
        _show_article(candidate.row, by=by, reason=reason, now=at)
    with act("publish_piece", by=by, reason=item.reason), atomic():
        _publish_next(item, at, read=frozenset(candidate.changes))
    return item


@verb("review_claim")
def return_correction(
    *,
    correction: Correction,
    by: User,
    reason: str,
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> Correction:
    """Leave readers what they have; the desk keeps its words until somebody edits them again."""
    candidate = _locked(correction)
    if witness is not None and witness != candidate.witness:
        raise StaleRevisionError("The row changed since you read it; read it again.")
    candidate.correction.state = CorrectionState.RETURNED
    return signed_save(candidate.correction, by=by, reason=reason, now=moment(now))


def publish_piece(correction: Correction, *, now: dt.datetime | None = None) -> int:
    """Publish an approved correction for the next claims, whole or not at all.

    Returns how many claims still wait. Doing it again after the last does nothing, so that
    whoever was interrupted may start anew.
    """
    with act("publish_piece", by=correction.approved_by, reason=correction.reason), atomic():
        return _publish_next(correction, moment(now))


def _publish_next(
    correction: Correction, at: dt.datetime, read: frozenset[int] = frozenset()
) -> int:
    item = Correction.objects.get(pk=correction.pk)
    if item.state != CorrectionState.PUBLISHING:
        return 0
    wanted = shown_rows(item.noun, item.number).older_than(item.shown).not_left_by(item.pk)
    numbers = list(wanted.order_by("claim_id").values_list("claim_id", flat=True)[:PIECE])
    item = _lock(item, numbers)
    if item.state != CorrectionState.PUBLISHING:
        return 0
    entry = read_document(item.entry)
    versions = ClaimVersion.objects.public().filter(claim__in=numbers).order_by("claim_id")
    for version in versions.select_related("claim__subject", "claim__measure"):
        _correct(item, version, entry, at, was_read=version.claim_id in read)
    left = wanted.count()
    if not left:
        item.state = CorrectionState.PUBLISHED
        signed_save(item, by=None, reason="Every claim shows it.", now=at)
        _put_left(item, at)
    return left


def _put_left(item: Correction, at: dt.datetime) -> None:
    """What the approval left waits to be read by itself, unless a newer edit waits already."""
    is_left = shown_rows(item.noun, item.number).older_than(item.shown).exists()
    if is_left and not Correction.objects.of(item.noun, item.number).waiting().exists():
        told = {"edited_by": item.edited_by, "edited_at": item.edited_at, "reason": item.reason}
        rest = Correction(noun=item.noun, number=item.number, **told)
        signed_save(rest, by=item.edited_by, reason=item.reason, now=at)


def _correct(
    item: Correction,
    version: ClaimVersion,
    entry: dict[str, Any],
    now: dt.datetime,
    *,
    was_read: bool,
) -> None:
    """Publish one claim as readers have it, with the corrected row, if that was read."""
    key = (item.noun, item.number)
    shown = registers_shown(version)
    if shown.get(key, item.shown) >= item.shown:  # approved meanwhile, with these words or newer
        return
    found = correct_claim(version, item.noun, item.number, entry)
    row = version.borrowed_rows.filter(noun=item.noun, number=item.number)
    if not found.shows_it:
        row.update(shown=item.shown)
        return
    if not (was_read or found.only_repeats):
        row.update(left_by=item.pk)
        return
    assert item.approved_by is not None  # held by a constraint
    log_event(version.claim, item.approved_by, ReviewAction.CORRECTED, item.reason, now=now)
    edition = Edition(
        claim=version.claim,
        op=VersionOp.PUBLISH,
        document=found.after,
        edited_by=item.edited_by,
        reason=item.reason,
        shown=version.shown,
        borrowed=_borrowed(found.after, {**shown, key: item.shown}),
        correction=item,
    )
    publish(edition, by=item.approved_by, now=now)


def _borrowed(document: ClaimDocument, shown: Borrowed) -> Borrowed:
    """What the corrected document shows: as before, and a source's new publisher as it was read."""
    wanted = {
        (noun, number)
        for noun, ref in borrowed_refs(document)
        if (number := borrowed_number(noun, ref)) is not None
    }
    kept = {key: newest for key, newest in shown.items() if key in wanted or key[0] == "measure"}
    return {**publishers_as_read(document), **kept}


def _locked(correction: Correction) -> CorrectionCandidate:
    """Lock the first claims, the row, then the item; refuse an item that waits no more."""
    model, _ = HISTORIES[correction.noun]
    newest = model.history.filter(id=correction.number).latest("history_id").history_id
    item = _lock(correction, _next(correction.noun, correction.number, newest))
    if item.state != CorrectionState.WAITING:
        raise TransitionError(
            f"This correction is {item.get_state_display()}; only one that waits is decided.",
            field="state",
        )
    return read_correction(item)


def _lock(correction: Correction, numbers: list[int]) -> Correction:
    """Lock claims, row and item, in the one order; the item as it is by then.

    Nobody edits the row until the end, so that what an approval leaves cannot wait twice.
    """
    lock_claims(numbers)
    HISTORIES[correction.noun][0].objects.select_for_update().get(pk=correction.number)
    return Correction.objects.select_for_update().get(pk=correction.pk)


def _next(noun: str, number: int, shown: int) -> list[int]:
    """The claims that one transaction publishes next, by number."""
    rows = shown_rows(noun, number).older_than(shown).order_by("claim_id")
    return list(rows.values_list("claim_id", flat=True)[:PIECE])


def _differs(noun: str, number: int, shown: set[int]) -> bool:
    """Whether some claim shows published columns of the row that it no longer has."""
    model, _ = HISTORIES[noun]
    rows = model.history.filter(id=number)
    now = published_values(rows.latest("history_id"), model)
    before = rows.filter(history_id__in=shown)
    return any(published_values(row, model) != now for row in before)


def _show_article(article: Any, *, by: User, reason: str, now: dt.datetime) -> None:
    """Readers of the article's approved text get its title and data as they were read."""
    revision = ArticleRevision.objects.newest_approved().get(article=article)
    if revision.title != article.title:
        revision.title = article.title
        signed_save(revision, by=by, reason=reason, now=now)
    show_article_data(article, revision)


def _end(item: Correction, *, by: User | None, reason: str, now: dt.datetime) -> None:
    item.state = CorrectionState.VOID
    signed_save(item, by=by, reason=reason, now=now)
