"""Reading the pages of a dump, in this process or in several, answers in the order of the file."""

# Knows no Django: a reading process starts fast and holds no connection.

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import Final

from claims.errors import ImportRefusedError
from claims.importers.page_reading import DumpPage, Rejection, read_page
from claims.reading.proposals import Reading

AHEAD: Final = 8  # pages in flight for each process, so that one long page does not idle the rest
AHEAD_CHARACTERS: Final = 16 * 1024 * 1024


def read_pages(
    pages: Iterable[DumpPage], workers: int, language: str = ""
) -> Iterator[tuple[DumpPage, Reading | Rejection]]:
    """Yield each page with its reading, in order; ``workers`` above 1 read side by side.

    ``language`` is the tag that the dump gives.
    """
    if workers > 1:
        yield from in_processes(
            pages, partial(read_page, language=language), workers, end_with_parent
        )
        return
    for page in pages:
        yield page, read_page(page, language)


def in_processes[Answer](
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


def end_with_parent() -> None:
    """Leave Ctrl-C to the parent, and end when it ends, even when it was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_exit_after, args=(parent,), daemon=True).start()


def _exit_after(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)
