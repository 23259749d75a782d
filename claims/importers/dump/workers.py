"""A process that reads and stores pages of a dump, with a database connection of its own."""

# Imports nothing of Django before it is started here: the process begins with an empty Python.

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import Any, Final

from claims.importers.dump.pool import end_with_parent
from claims.importers.page_reading import DumpPage, DumpSite, read_page

_TOLD: Final = tuple(
    "outcome claims figures sources conflicts doubts highlights rule refusal".split()
)
_write_lock: list[AbstractContextManager[Any]] = [nullcontext()]  # to write; one for this process


def begin_worker(database: str, lock: AbstractContextManager[Any]) -> None:
    """Start Django on this database; ``lock`` gives turns where only one can write at a time."""
    end_with_parent()
    import django

    django.setup()
    from django.db import connection, connections

    from claims.workflow.sequencing import hold_back

    hold_back()  # the parent seals what all of them wrote

    connections.databases["default"]["NAME"] = database
    if connection.vendor == "sqlite":
        _write_lock[:] = [lock]  # waiting for a turn is quicker than SQLite's own retries


def import_in_worker(site: DumpSite, run_id: int, by_id: int, page: DumpPage) -> dict[str, Any]:
    """Read and store one page; return what became of it, without its text."""
    from claims.importers.pages import import_page

    read = read_page(page, site.language)
    with _write_lock[0]:
        noted = import_page(page, read, site, *_run_and_account(run_id, by_id))
    return {name: getattr(noted, name) for name in _TOLD}


@cache
def _run_and_account(run_id: int, by_id: int) -> tuple[Any, Any]:
    from django.contrib.auth.models import User

    from claims.models import ImportRun

    return ImportRun.objects.get(pk=run_id), User.objects.get(pk=by_id)
