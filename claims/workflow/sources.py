"""Adding, editing, rating, withdrawing and restoring sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q

from claims.choices import BorrowedNoun, MergedNoun, Reliability, ReviewAction
from claims.domain.identity import work_keys
from claims.domain.names import fold_name
from claims.errors import InvalidValueError, TransitionError
from claims.models import Claim, Source, SourceRelation, SourceTitle
from claims.workflow.changes import record_decision, record_if_moved
from claims.workflow.checking import check_row
from claims.workflow.corrections import note_edit
from claims.workflow.events import moment
from claims.workflow.history import bulk_create_signed, signed_save
from claims.workflow.importing import lock_names
from claims.workflow.locking import lock_claim, lock_with_totals
from claims.workflow.look_alikes import refuse_disguised_title
from claims.workflow.merge_rules import refuse_merged
from claims.workflow.rows import new_row, write_newest, write_rows
from claims.workflow.values import assign, edtf_ends, refuse_foreign_address, shown_only
from claims.workflow.verbs import verb

FIELDS = frozenset(
    {
        "csl_type",
        "title",
        "publisher",
        "authors",
        "issued",
        "url",
        "archive_url",
        "archived_on",
        "accessed_on",
        "url_status",
        "language",
        "doi",
        "isbn",
        "work_licence",
    }
)


@verb("edit_desk")
def add_source(*, by: User, reason: str, now: dt.datetime | None = None, **fields: Any) -> Source:
    """Add a published work. Its reliability is a chief's to judge.

    Of two who add one work at once, the second finds that of the first when asked what is alike.
    """
    told = {name: str(fields.get(name) or "") for name in ("title", "url", "doi", "isbn")}
    lock_names("source", names_of_work(**told))
    return _save(Source(), fields, by=by, reason=reason, now=moment(now))


@verb("edit_desk", savepoint=False)
def add_sources(
    *,
    rows: Sequence[Mapping[str, Any]],
    by: User,
    reason: str,
    now: dt.datetime | None = None,
) -> list[Source]:
    """Add many works at once; fields as add_source takes them."""
    sources = [new_row(Source) for _ in rows]
    for source, fields in zip(sources, rows, strict=True):
        _fill(source, shown_only(fields))
    bulk_create_signed(sources, by=by, reason=reason, now=moment(now))
    write_rows([new_row(SourceTitle, source_id=one.pk, **source_keys(one)) for one in sources])
    return sources


@verb("edit_desk")
def edit_source(
    *, source: Source, by: User, reason: str, now: dt.datetime | None = None, **changes: Any
) -> Source:
    """Correct a work's data; claims that show it get it when somebody else has approved it."""
    shown = _lock_showing(source) if "issued" in changes else {}
    row, at = Source.objects.select_for_update().get(pk=source.pk), moment(now)
    _save(row, changes, by=by, reason=reason, now=at)
    note_edit(BorrowedNoun.SOURCE, row, by=by, reason=reason, now=at)
    for claim in shown.values():
        record_if_moved(lock_claim(claim), by=by, reason=reason, now=at)
    return row


@verb("rate_source")
def rate_source(
    *,
    source: Source,
    by: User,
    reason: str,
    reliability: str,
    note: str = "",
    now: dt.datetime | None = None,
) -> Source:
    """Judge how reliable a source is, A to F, with a public note."""
    if reliability not in ("", *Reliability.values):
        raise InvalidValueError("reliability: a letter from A to F.", field="reliability")
    at = moment(now)
    claims = _lock_showing(source)
    row = Source.objects.select_for_update().get(pk=source.pk)
    refuse_merged(MergedNoun.SOURCE, [row.pk])
    row.reliability, row.reliability_note = reliability, note.strip()
    signed_save(row, by=by, reason=reason, now=at)
    record_decision(claims.values(), ReviewAction.EDITED, by=by, reason=reason, now=at)
    return row


@verb("withdraw_source")
def withdraw_source(
    *, source: Source, by: User, reason: str, now: dt.datetime | None = None
) -> Source:
    """Take a work out of the reckoning everywhere; published claims go back to review."""
    at = moment(now)
    claims = _lock_showing(source)
    row = Source.objects.select_for_update().get(pk=source.pk)
    refuse_merged(MergedNoun.SOURCE, [row.pk])
    if row.is_withdrawn:
        raise TransitionError(f"{row.ref} is withdrawn already.", field="withdrawn_on")
    row.withdrawn_on, row.withdrawal_note = at.date(), reason
    signed_save(row, by=by, reason=reason, now=at)
    action = ReviewAction.SOURCE_WITHDRAWN
    record_decision(claims.values(), action, by=by, reason=reason, now=at)
    return row


@verb("withdraw_source")
def restore_source(
    *, source: Source, by: User, reason: str, now: dt.datetime | None = None
) -> Source:
    """Let a withdrawn work count again; published claims that show it go back to review."""
    at = moment(now)
    claims = _lock_showing(source)
    row = Source.objects.select_for_update().get(pk=source.pk)
    refuse_merged(MergedNoun.SOURCE, [row.pk])
    if not row.is_withdrawn:
        raise TransitionError(f"{row.ref} is not withdrawn.", field="withdrawn_on")
    row.withdrawn_on, row.withdrawal_note = None, ""
    signed_save(row, by=by, reason=reason, now=at)
    action = ReviewAction.SOURCE_RESTORED
    record_decision(claims.values(), action, by=by, reason=reason, now=at)
    return row


def claims_showing(source: Source) -> Q:
    """Which claims show the source: they cite it, or one that rests on it as was confirmed."""
    return SourceRelation.objects.confirmed().claims_on(source.pk)


def _lock_showing(source: Source) -> dict[int, Claim]:
    """Lock the claims that show it before the source itself: the one lock order."""
    shown = Claim.objects.found_by(claims_showing(source))
    return lock_with_totals(shown.values_list("pk", flat=True))


def _save(
    row: Source, fields: dict[str, Any], *, by: User, reason: str, now: dt.datetime
) -> Source:
    _fill(row, fields)
    check_row(row)
    refuse_disguised_title(row)
    signed_save(row, by=by, reason=reason, now=now)
    refuse_merged(MergedNoun.SOURCE, [row.pk])
    refuse_merged(MergedNoun.PARTY, [row.publisher_id])
    write_newest([SourceTitle(source=row, **source_keys(row))], key="source")
    return row


def names_of_work(title: str, *, url: str = "", doi: str = "", isbn: str = "") -> set[str]:
    """What to lock before a work is looked for and added: whatever it could be found by."""
    keys = work_keys(title, url=url, doi=doi, isbn=isbn)
    return {title, keys["key"], keys["address"], keys["doi"], keys["isbn"]} - {""}


def source_keys(row: Source) -> dict[str, Any]:
    """What the work is found by: the columns of its SourceTitle."""
    keys = work_keys(row.title, url=row.url, doi=row.doi, isbn=row.isbn)
    return {"folded": fold_name(row.title), **keys}


def _fill(row: Source, fields: Mapping[str, Any]) -> None:
    assign(row, fields, FIELDS)
    if not row.title:
        raise InvalidValueError("title: a source needs a title.", field="title")
    if not fold_name(row.title):
        raise InvalidValueError("title: there is nothing to see in it.", field="title")
    row.issued_earliest, row.issued_latest = edtf_ends(row.issued, "issued")
    for name in ("url", "archive_url"):
        refuse_foreign_address(getattr(row, name), name)
