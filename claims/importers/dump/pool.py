"""Reading the pages of a dump, in this process or in several, answers in the order of the file."""

# Knows no Django: a reading process starts fast and holds no connection.

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import unicodedata
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Final

from claims.errors import ImportRefusedError, InvalidValueError
from claims.importers.dump.export import DumpPage
from claims.reading.article import read_article
from claims.reading.proposals import Reading, ReadingError
from claims.workflow.text import refuse_unstorable

AHEAD: Final = 8  # pages in flight for each process, so that one long page does not idle the rest
AHEAD_CHARACTERS: Final = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a page is not imported: the name of the rule, and words with the value at fault."""

    rule: str
    words: str


def read_page(page: DumpPage) -> Reading | Rejection:
    """Return what a page proposes; a page that cannot be read never stops the others."""
    fault = fault_of(page)
    if fault is not None:
        return fault
    return _read(lambda: read_article(stored_text(page.text), format="wikitext", title=page.title))


def read_upload(title: str, text: str, format: str) -> Reading | Rejection:  # noqa: A002
    """Return what an uploaded text proposes; its own title counts before the one it is given."""
    fault = fault_of(DumpPage(0, title=title, text=text))
    if fault is not None:
        return fault
    return _read(lambda: read_article(unicodedata.normalize("NFC", text), format=format))


def _read(work: Callable[[], Reading]) -> Reading | Rejection:
    try:
        return work()
    except ReadingError as error:
        return Rejection("text", str(error))
    except RecursionError:
        return Rejection("text", "The markup is nested too deeply.")
    except Exception as error:  # noqa: BLE001  a page of millions must not stop the import
        return Rejection("reading", f"{type(error).__name__}: {error}"[:1000])


def stored_text(text: str) -> str:
    """Return the text as an article revision keeps it, so that spans stay true."""
    return unicodedata.normalize("NFC", text.strip())


def read_pages(
    pages: Iterable[DumpPage], workers: int
) -> Iterator[tuple[DumpPage, Reading | Rejection]]:
    """Yield each page with its reading, in order; ``workers`` above 1 read side by side."""
    if workers > 1:
        yield from side_by_side(pages, read_page, workers, end_with_parent)
        return
    for page in pages:
        yield page, read_page(page)


def side_by_side[Answer](
    pages: Iterable[DumpPage],
    work: Callable[[DumpPage], Answer],
    workers: int,
    begin: Callable[[], None],
) -> Iterator[tuple[DumpPage, Answer]]:
    """Do the work on each page in processes that start with ``begin``; yield answers in order.

    At most AHEAD pages a process are begun before the first of them is done. Raises
    ImportRefusedError when a process was killed.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, begin) as pool:
        try:
            yield from _in_order(pool, pages, work, AHEAD * workers)
        except BrokenProcessPool:
            raise ImportRefusedError(
                "A reading process was killed, perhaps for want of memory; go on with --resume "
                "and fewer workers."
            ) from None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _in_order[Answer](
    pool: ProcessPoolExecutor,
    pages: Iterable[DumpPage],
    work: Callable[[DumpPage], Answer],
    ahead: int,
) -> Iterator[tuple[DumpPage, Answer]]:
    flying: deque[tuple[DumpPage, Future[Answer]]] = deque()
    held = 0
    for page in pages:
        flying.append((page, pool.submit(work, page)))
        held += len(page.text)
        while len(flying) >= ahead or (held > AHEAD_CHARACTERS and len(flying) > 1):
            first, future = flying.popleft()
            held -= len(first.text)
            yield first, future.result()
    for page, future in flying:
        yield page, future.result()


def fault_of(page: DumpPage) -> Rejection | None:
    """Return why a page cannot be read at all, None when it can."""
    if page.is_too_long:
        return Rejection("length", "The text is longer than the limit for a page.")
    if page.model != "wikitext":
        return Rejection("content model", f"The text is {page.model[:100]!r}, not wikitext.")
    if not page.title.strip():
        return Rejection("title", "The page has no title.")
    if len(page.title) > 300:
        return Rejection("title", f"The title has {len(page.title)} characters; 300 are allowed.")
    if not page.text.strip():
        return Rejection("text", "The page has no text.")
    try:
        refuse_unstorable(page.title, "title")
        refuse_unstorable(page.text, "text")
    except InvalidValueError as error:
        return Rejection(error.code, error.message)
    return None


def end_with_parent() -> None:
    """Leave Ctrl-C to the parent, and end when it ends, even when it was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_exit_after, args=(parent,), daemon=True).start()


def _exit_after(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)
