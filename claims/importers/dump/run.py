"""Importing a MediaWiki dump page by page; one that stopped goes on where it was."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import (
    connection,
    transaction,
)

from claims.choices import PageOutcome
from claims.errors import ImportRefusedError
from claims.importers.accounts import importing_account
from claims.importers.dump.pool import in_processes, read_pages
from claims.importers.dump.survey import DumpSurvey
from claims.importers.dump.workers import begin_worker, import_in_worker
from claims.importers.page_reading import DumpPage, DumpSite, fault_of, page_address, read_page
from claims.importers.pages import REASON, import_page, import_waiting, note, outcome_of, rejected
from claims.models import ImportedPage, ImportRun
from claims.workflow.importing import (
    finish_import,
    start_import,
)
from claims.workflow.sequencing import sealed_at_the_end

MOST_GAPS: Final = 4_096  # pages; far more than all processes together have in flight


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
        pages, language = pages_left(survey, run), survey.site.language
        if workers > 1:
            yield from import_side_by_side(pages, survey.site, run, by=by, workers=workers)
        else:
            for page in pages:
                yield page, import_page(page, read_page(page, language), survey.site, run, by)
        finish_import(run=run, by=by, reason=REASON)


def import_side_by_side(
    pages: Iterator[DumpPage], site: DumpSite, run: ImportRun, *, by: User, workers: int
) -> Iterator[tuple[DumpPage, ImportedPage]]:
    """Let processes read and store pages, each with a connection of its own."""
    lock = multiprocessing.get_context("spawn").Lock()
    begin = partial(begin_worker, str(connection.settings_dict["NAME"]), lock)
    work = partial(import_in_worker, site, run.pk, by.pk)
    connection.close()  # nothing of it is shared
    for page, cells in in_processes(pages, work, workers, begin):
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
    for page, read in read_pages(survey.pages(), workers, survey.site.language):
        with transaction.atomic():
            by = importing_account(username)
            address = page_address(survey.site, page.title)
            fields = outcome_of(page.title, read, by, survey.site.language, address)
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
            fields = rejected(fault)
        address = page_address(survey.site, page.title)
        yield page, note(run, page.offset, by, page.title, origin_url=address, **fields)
    finish_import(run=run, by=by, reason=REASON)
