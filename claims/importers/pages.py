"""One page imported in one transaction, as one act, and noted in it with what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import (
    DataError,
    IntegrityError,
    OperationalError,
    reset_queries,
    transaction,
)

from claims.choices import PageOutcome
from claims.errors import DuplicateError, ImportRefusedError, PermissionMissingError, RefusalError
from claims.importers.accounts import importing_account
from claims.importers.articles import ImportedArticle, import_reading
from claims.importers.intake.notes import ask_people
from claims.importers.page_reading import (
    DumpPage,
    DumpSite,
    Rejection,
    page_address,
    read_page,
    read_upload,
)
from claims.importers.slugs import slug_of
from claims.models import ImportedPage, ImportRun
from claims.reading.proposals import Reading
from claims.workflow.acts import act
from claims.workflow.importing import language_of, note_page, settle_page

REASON: Final = "Imported from a dump."
ATTEMPTS: Final = 5
DEADLOCK: Final = "40P01"  # PostgreSQL's code
UNIQUE: Final = "23505"


def import_waiting(page: ImportedPage) -> ImportedPage:
    """Import a page that waits; one that was dealt with meanwhile stays as it is.

    It is rejected when who brought it may no longer edit.
    """
    if page.outcome != PageOutcome.WAITING:
        return page
    run, by = page.run, page.run.started_by
    if page.format:
        read = read_upload(page.title, page.text, page.format, run.language)
    else:
        waiting = DumpPage(page.position, title=page.title, text=page.text)
        read = read_page(waiting, run.language)

    def store(again: bool) -> ImportedPage:
        fields = outcome_of(
            *(page.title, read, by, run.language, page.origin_url),
            is_upload=bool(page.format),
            again=again,
        )
        return settle_page(page=page, by=by, reason=REASON, **fields)

    def settle(store: Callable[[bool], ImportedPage]) -> ImportedPage:
        def unless_settled(again: bool) -> ImportedPage:
            locked = ImportedPage.objects.select_for_update().get(pk=page.pk)
            return store(again) if locked.outcome == PageOutcome.WAITING else locked

        return _in_transaction(unless_settled, by)

    try:
        return settle(store)
    except PermissionMissingError as error:
        fields = rejected(Rejection(error.code, error.message))
        return settle(
            lambda _: settle_page(page=page, by=importing_account(), reason=REASON, **fields)
        )


def import_page(
    page: DumpPage, read: Reading | Rejection, site: DumpSite, run: ImportRun, by: User
) -> ImportedPage:
    """Store a page that was read, or why it cannot be, in one transaction."""
    address = page_address(site, page.title)

    def store(again: bool) -> ImportedPage:
        fields = outcome_of(page.title, read, by, run.language, address, again=again)
        return note(run, page.offset, by, page.title, origin_url=address, **fields)

    return _in_transaction(store, by)


def _in_transaction[Row](store: Callable[[bool], Row], by: User) -> Row:
    """Run it in a transaction, as one act; again when another import stood in its way.

    PostgreSQL breaks circles of waiting imports, and two may add the same row at once. ``store``
    is told whether it is run again then; the last time it has to settle what is a duplicate.
    """
    reset_queries()  # in development Django keeps the last 9,000, texts of articles among them
    for left in reversed(range(ATTEMPTS)):
        try:
            with transaction.atomic(), act("import_page", by=by, reason=REASON):
                return store(left > 0)
        except (DuplicateError, IntegrityError) as error:
            if not left or not _is_duplicate(error):
                raise
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != DEADLOCK:
                raise
    raise ImportRefusedError("The database broke off a page again and again; try --resume later.")


def _is_duplicate(error: Exception) -> bool:
    return isinstance(error, DuplicateError) or (getattr(error.__cause__, "sqlstate", "") == UNIQUE)


def note(run: ImportRun, position: int, by: User, title: str, **fields: Any) -> ImportedPage:
    """Note what became of a page; ImportRefusedError while another process imports the file."""
    try:
        return note_page(
            run=run, position=position, by=by, reason=REASON, title=title[:300], **fields
        )
    except DuplicateError:
        raise ImportRefusedError(
            f"Another process imports {run.file_name} at this moment; let it finish."
        ) from None


def outcome_of(
    title: str,
    read: Reading | Rejection,
    by: User,
    language: str,
    address: str,
    *,
    is_upload: bool = False,
    again: bool = False,
) -> dict[str, Any]:
    """Store what the page proposes, or nothing of it; say which.

    With ``again`` a duplicate is raised, for the page is tried again then.
    """
    if isinstance(read, Rejection):
        return rejected(read)
    try:
        with transaction.atomic():
            slug = "" if is_upload else slug_of(title, address)
            return _stored(title, read, by, language, address, slug)
    except (PermissionMissingError, OperationalError):
        raise
    except RefusalError as error:
        if again and _is_duplicate(error):
            raise
        return rejected(Rejection(error.code, error.message))
    except (DataError, IntegrityError) as error:
        if again and _is_duplicate(error):
            raise
        return rejected(Rejection("database", str(error).splitlines()[0]))


def _stored(
    title: str, reading: Reading, by: User, language: str, address: str, slug: str
) -> dict[str, Any]:
    done = import_reading(
        reading,
        by=by,
        title=title,
        slug=slug,
        language=language_of(language),
        origin_url=address,
    )
    ask_people(done.drafted, done.extended, by=by)
    changed = done.is_new or done.assertions or done.drafted
    return {
        **_left_out(done),
        "outcome": PageOutcome.IMPORTED if changed else PageOutcome.UNCHANGED,
        "revision": done.revision,
        "claims": len(done.drafted),
        "figures": done.assertions,
        "sources": done.sources,
        "conflicts": len(reading.conflicts),
        "doubts": done.doubts,
        "highlights": done.highlights,
    }


def _left_out(done: ImportedArticle) -> dict[str, str]:
    """Name the figures of a page that was imported without them."""
    words = [f"character {one.offset}: {one.value!r}: {one.rule}" for one in done.unkept]
    return {"rule": "left out", "refusal": "; ".join(words)[:2000]} if words else {}


def rejected(fault: Rejection) -> dict[str, Any]:
    """The fields of a page that is not imported."""
    return {"outcome": PageOutcome.REJECTED, "rule": fault.rule[:40], "refusal": fault.words}
