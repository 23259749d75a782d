"""Importing a MediaWiki dump: one page is one transaction, noted in it, so it can be resumed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import DataError, IntegrityError, OperationalError, transaction

from claims.choices import PageOutcome
from claims.errors import DuplicateError, ImportRefusedError, PermissionMissingError, RefusalError
from claims.importers.accounts import importing_account
from claims.importers.articles import ImportedArticle, import_reading
from claims.importers.dump_pages import DumpPage
from claims.importers.dump_reading import Rejection, fault_of, read_page, read_pages
from claims.importers.dump_slugs import slug_for
from claims.importers.dump_survey import DumpSurvey, page_address
from claims.models import ImportedPage, ImportRun
from claims.reading.proposals import Reading
from claims.workflow.importing import (
    finish_import,
    lock_vocabulary,
    note_page,
    settle_page,
    start_import,
)

REASON: Final = "Imported from a dump."


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
    for waiting in run.pages.waiting().order_by("position").iterator():
        import_waiting(waiting)
    pages = survey.pages(after=run.pages.last_position())
    for page, read in read_pages(pages, workers):
        yield page, _import_page(survey, run, page, read, by)
    finish_import(run=run, by=by, reason=REASON)


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
    for page in survey.pages(after=run.pages.last_position()):
        fields: dict[str, Any] = {"outcome": PageOutcome.WAITING, "text": page.text}
        fault = fault_of(page)
        if fault is not None:
            fields = _rejected(fault)
        address = page_address(survey.site, page.title)
        yield page, _note(run, page.offset, by, page.title, origin_url=address, **fields)
    finish_import(run=run, by=by, reason=REASON)


def import_waiting(page: ImportedPage) -> ImportedPage:
    """Import a page that waits; one that was dealt with meanwhile stays as it is."""
    if page.outcome != PageOutcome.WAITING:
        return page
    run, by = page.run, page.run.started_by
    read = read_page(DumpPage(page.position, title=page.title, text=page.text))
    with transaction.atomic():
        locked = ImportedPage.objects.select_for_update().get(pk=page.pk)
        if locked.outcome != PageOutcome.WAITING:
            return locked
        fields = _outcome(page.title, read, by, run.language, page.origin_url)
        return settle_page(page=locked, by=by, reason=REASON, **fields)


def _import_page(
    survey: DumpSurvey, run: ImportRun, page: DumpPage, read: Reading | Rejection, by: User
) -> ImportedPage:
    address = page_address(survey.site, page.title)
    with transaction.atomic():
        fields = _outcome(page.title, read, by, run.language, address)
        return _note(run, page.offset, by, page.title, origin_url=address, **fields)


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
    title: str, read: Reading | Rejection, by: User, language: str, address: str
) -> dict[str, Any]:
    """Store what the page proposes, or nothing of it; say which."""
    if isinstance(read, Rejection):
        return _rejected(read)
    try:
        with transaction.atomic():
            return _stored(title, read, by, language, address)
    except (PermissionMissingError, OperationalError):
        raise
    except RefusalError as error:
        return _rejected(Rejection(error.code, error.message))
    except (DataError, IntegrityError) as error:
        return _rejected(Rejection("database", str(error).splitlines()[0]))


def _stored(title: str, reading: Reading, by: User, language: str, address: str) -> dict[str, Any]:
    lock_vocabulary()
    done = import_reading(
        reading,
        by=by,
        slug=slug_for(title, address),
        language=language[:35] or "en",
        origin_url=address,
    )
    changed = done.is_new or done.assertions or done.drafted
    return {
        **_left_out(done),
        "outcome": PageOutcome.IMPORTED if changed else PageOutcome.UNCHANGED,
        "revision": done.revision,
        "claims": len(done.drafted),
        "figures": done.assertions,
    }


def _left_out(done: ImportedArticle) -> dict[str, str]:
    """Name the figures of a page that was imported without them."""
    words = [f"character {one.offset}: {one.value!r}: {one.rule}" for one in done.unkept]
    return {"rule": "left out", "refusal": "; ".join(words)[:2000]} if words else {}


def _rejected(fault: Rejection) -> dict[str, Any]:
    return {"outcome": PageOutcome.REJECTED, "rule": fault.rule[:40], "refusal": fault.words}
