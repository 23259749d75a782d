"""Importing a MediaWiki dump: one page is one transaction, noted in it, so it can be resumed."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import (
    DataError,
    IntegrityError,
    OperationalError,
    connection,
    reset_queries,
    transaction,
)

from claims.choices import PageOutcome
from claims.errors import DuplicateError, ImportRefusedError, PermissionMissingError, RefusalError
from claims.importers.accounts import importing_account
from claims.importers.articles import ImportedArticle, import_reading
from claims.importers.dump.export import DumpPage, DumpSite
from claims.importers.dump.pool import (
    Rejection,
    fault_of,
    read_page,
    read_pages,
    read_upload,
    side_by_side,
)
from claims.importers.dump.survey import DumpSurvey, page_address
from claims.importers.dump.workers import begin_worker, import_in_worker
from claims.importers.slugs import slug_of
from claims.models import ImportedPage, ImportRun
from claims.reading.proposals import Reading
from claims.workflow.acts import act
from claims.workflow.importing import (
    finish_import,
    language_of,
    note_page,
    settle_page,
    start_import,
)
from claims.workflow.relation_proposals import propose_relations
from claims.workflow.sequencing import sealed_at_the_end

REASON: Final = "Imported from a dump."
MOST_GAPS: Final = 4_096  # pages; far more than all processes together have in flight
ATTEMPTS: Final = 5
DEADLOCK: Final = "40P01"  # PostgreSQL's code
UNIQUE: Final = "23505"


def begin_import(survey: DumpSurvey, *, by: User, resume: bool) -> ImportRun:
    """Return the run to work on: with ``resume`` the unfinished one, else a new one.

    Raises ImportRefusedError when an unfinished one is there and is not to be resumed.
    """
    unfinished = ImportRun.objects.unfinished(survey.sha256)
    if unfinished is None:
        return start_import(
            by=by,
            reason=REASON,
            file_name=survey.path.name,
            file_sha256=survey.sha256,
            language=survey.site.language,
        )
    if resume:
        return unfinished
    done = unfinished.pages.count()
    raise ImportRefusedError(
        f"An import of {survey.path.name} stopped after {done:,} pages: add --resume to go on."
    )


def import_pages(
    survey: DumpSurvey, run: ImportRun, *, by: User, workers: int = 1
) -> Iterator[tuple[DumpPage, ImportedPage]]:
    """Import what the run has not dealt with yet; yield each page when it is committed."""
    with sealed_at_the_end():
        for waiting in run.pages.waiting().order_by("position").iterator():
            import_waiting(waiting)
        pages = pages_left(survey, run)
        if workers > 1:
            yield from import_side_by_side(pages, survey.site, run, by=by, workers=workers)
        else:
            for page in pages:
                yield page, import_page(page, read_page(page), survey.site, run, by)
        finish_import(run=run, by=by, reason=REASON)


def import_side_by_side(
    pages: Iterator[DumpPage], site: DumpSite, run: ImportRun, *, by: User, workers: int
) -> Iterator[tuple[DumpPage, ImportedPage]]:
    """Let processes read and store pages, each with a connection of its own."""
    lock = multiprocessing.get_context("spawn").Lock()
    begin = partial(begin_worker, str(connection.settings_dict["NAME"]), lock)
    work = partial(import_in_worker, site, run.pk, by.pk)
    connection.close()  # nothing of it is shared
    for page, cells in side_by_side(pages, work, workers, begin):
        yield page, ImportedPage(run=run, position=page.offset, title=page.title[:300], **cells)


def pages_left(survey: DumpSurvey, run: ImportRun) -> Iterator[DumpPage]:
    """Yield the pages that the run has not dealt with.

    Processes side by side leave gaps, but only among the newest pages, so memory is bounded.
    """
    newest = list(run.pages.newest_positions(MOST_GAPS))
    whole_until = min(newest) if len(newest) == MOST_GAPS else -1
    dealt_with = set(newest)
    for page in survey.pages(after=whole_until):
        if page.offset not in dealt_with:
            yield page


def try_pages(
    survey: DumpSurvey, *, username: str, workers: int = 1
) -> Iterator[tuple[DumpPage, ImportedPage]]:
    """Import every page and undo it at once: what an import would say."""
    for page, read in read_pages(survey.pages(), workers):
        with transaction.atomic():
            by = importing_account(username)
            address = page_address(survey.site, page.title)
            fields = _outcome(page.title, read, by, survey.site.language, address)
            transaction.set_rollback(True)
        fields["revision"] = None
        yield page, ImportedPage(position=page.offset, title=page.title, **fields)


def queue_pages(
    survey: DumpSurvey, run: ImportRun, *, by: User
) -> Iterator[tuple[DumpPage, ImportedPage]]:
    """Store the pages as waiting, for workers to import; yield each when it is committed."""
    for page in pages_left(survey, run):
        fields: dict[str, Any] = {"outcome": PageOutcome.WAITING, "text": page.text}
        fault = fault_of(page)
        if fault is not None:
            fields = _rejected(fault)
        address = page_address(survey.site, page.title)
        yield page, _note(run, page.offset, by, page.title, origin_url=address, **fields)
    finish_import(run=run, by=by, reason=REASON)


def import_waiting(page: ImportedPage) -> ImportedPage:
    """Import a page that waits; one that was dealt with meanwhile stays as it is.

    It is rejected when who brought it may no longer edit.
    """
    if page.outcome != PageOutcome.WAITING:
        return page
    run, by = page.run, page.run.started_by
    if page.format:
        read = read_upload(page.title, page.text, page.format)
    else:
        read = read_page(DumpPage(page.position, title=page.title, text=page.text))

    def store(again: bool) -> ImportedPage:
        fields = _outcome(
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
        fields = _rejected(Rejection(error.code, error.message))
        return settle(
            lambda _: settle_page(page=page, by=importing_account(), reason=REASON, **fields)
        )


def import_page(
    page: DumpPage, read: Reading | Rejection, site: DumpSite, run: ImportRun, by: User
) -> ImportedPage:
    """Store a page that was read, or why it cannot be, in one transaction."""
    address = page_address(site, page.title)

    def store(again: bool) -> ImportedPage:
        fields = _outcome(page.title, read, by, run.language, address, again=again)
        return _note(run, page.offset, by, page.title, origin_url=address, **fields)

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


def _note(run: ImportRun, position: int, by: User, title: str, **fields: Any) -> ImportedPage:
    try:
        return note_page(
            run=run, position=position, by=by, reason=REASON, title=title[:300], **fields
        )
    except DuplicateError:
        raise ImportRefusedError(
            f"Another process imports {run.file_name} at this moment; let it finish."
        ) from None


def _outcome(
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
        return _rejected(read)
    try:
        with transaction.atomic():
            slug = "" if is_upload else slug_of(title, address)
            return _stored(title, read, by, language, address, slug)
    except (PermissionMissingError, OperationalError):
        raise
    except RefusalError as error:
        if again and _is_duplicate(error):
            raise
        return _rejected(Rejection(error.code, error.message))
    except (DataError, IntegrityError) as error:
        if again and _is_duplicate(error):
            raise
        return _rejected(Rejection("database", str(error).splitlines()[0]))


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
    propose_relations([*done.drafted, *done.extended])
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
    }


def _left_out(done: ImportedArticle) -> dict[str, str]:
    """Name the figures of a page that was imported without them."""
    words = [f"character {one.offset}: {one.value!r}: {one.rule}" for one in done.unkept]
    return {"rule": "left out", "refusal": "; ".join(words)[:2000]} if words else {}


def _rejected(fault: Rejection) -> dict[str, Any]:
    return {"outcome": PageOutcome.REJECTED, "rule": fault.rule[:40], "refusal": fault.words}
