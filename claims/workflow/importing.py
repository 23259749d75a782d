"""Noting what an import of a dump has done, in the transaction that does it."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Model

from claims.choices import PageOutcome
from claims.domain.characters import without_hidden
from claims.domain.names import fold_name
from claims.errors import InvalidValueError, TransitionError
from claims.models import ImportedPage, ImportRun
from claims.workflow.acts import cover_state
from claims.workflow.checking import check_row
from claims.workflow.events import moment
from claims.workflow.values import assign, refuse_foreign_address, shown_only
from claims.workflow.verbs import verb

LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")  # as BCP 47 writes them
_PAGE_FIELDS = frozenset(
    "title outcome origin_url text format revision claims figures sources conflicts "
    "doubts highlights rule refusal".split()
)


@verb("edit_desk")
def start_import(
    *,
    by: User,
    reason: str,
    file_name: str,
    file_sha256: str,
    language: str = "en",
    now: dt.datetime | None = None,
) -> ImportRun:
    """Begin to import a file; refused while another import of it is unfinished."""
    if ImportRun.objects.unfinished(file_sha256) is not None:
        raise TransitionError("An import of this file is unfinished; resume it.", field="resume")
    run = ImportRun(
        file_name=without_hidden(file_name)[-255:],
        file_sha256=file_sha256,
        language=language_of(language),
        started_by=by,
        started_at=moment(now),
        reason=reason,
    )
    return _insert(run)


@verb("edit_desk")
def finish_import(
    *, run: ImportRun, by: User, reason: str, now: dt.datetime | None = None
) -> ImportRun:
    """Note that every page of the file was dealt with, or waits in the queue."""
    row = ImportRun.objects.select_for_update().get(pk=run.pk)
    if row.finished_at is not None:
        raise TransitionError("This import is finished already.", field="finished_at")
    row.finished_at = moment(now)
    row.save(update_fields=["finished_at"])
    cover_state(row)
    return row


@verb("edit_desk", savepoint=False)
def note_page(
    *, run: ImportRun, position: int, by: User, reason: str, **fields: Any
) -> ImportedPage:
    """Note what became of a page; DuplicateError when another process dealt with it."""
    page = ImportedPage(run=run, position=position)
    text = fields.get("text", "")
    assign(page, shown_only(fields), _PAGE_FIELDS)
    page.text = text  # to the letter: a revision made of it is the one made of the file
    refuse_foreign_address(page.origin_url, "origin_url")
    return _insert(page)


@verb("edit_desk")
def settle_page(*, page: ImportedPage, by: User, reason: str, **fields: Any) -> ImportedPage:
    """Note what became of a page that waited; its text is dropped, the revision has it.

    Raises TransitionError when another worker settled it first.
    """
    row = ImportedPage.objects.select_for_update().get(pk=page.pk)
    if row.outcome != PageOutcome.WAITING:
        raise TransitionError(f"{row} is {row.get_outcome_display()} already.", field="outcome")
    assign(row, {**fields, "text": ""}, _PAGE_FIELDS)
    if row.outcome == PageOutcome.WAITING:
        raise InvalidValueError("outcome: say what became of the page.", field="outcome")
    row.save()
    cover_state(row)
    return row


def language_of(tag: str) -> str:
    """Return the tag of a language, "en" for what is none."""
    return tag if len(tag) <= 35 and LANGUAGE.fullmatch(tag) else "en"


def lock_names(noun: str, names: Iterable[str]) -> bool:
    """Let one writer at a time add the row of this noun that has one of these names.

    Held to the end of the transaction. Tells whether to look again, since another writer may
    have added the row meanwhile; on SQLite the transaction itself excludes other writers.
    """
    return lock_all((noun, name) for name in names)


def lock_all(named: Iterable[tuple[str, str]]) -> bool:
    """The same for pairs of noun and name, in one order for everybody: nobody waits in a circle."""
    if connection.vendor != "postgresql":
        return False
    keys = sorted({_lock_key(f"{noun}:{fold_name(name)}") for noun, name in named})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) key", [keys])
    return True


def _lock_key(words: str) -> int:
    """A signed number of 64 bits, as PostgreSQL names its advisory locks."""
    digest = hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], signed=True)


def _insert[Row: Model](row: Row) -> Row:
    """Check and insert; what an import did is a log of its own and has no history."""
    check_row(row)
    row.save(force_insert=True)
    cover_state(row, is_new=True)
    return row
