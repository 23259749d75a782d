"""Health probes: is the process alive, and can it serve?"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillRunning
from threading import Lock
from typing import Final

from django.db import DatabaseError, InterfaceError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

PATIENCE: Final = 0.8  # seconds; Kubernetes waits one for a probe
AWAY: Final = "the database does not answer"


@require_safe
@never_cache
def is_alive(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process lives; ask nobody else."""
    return plain_text("live")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers at once and is migrated, else 503 with the reason."""
    try:
        fault = CHECK.result(PATIENCE)
    except StillRunning:
        fault = AWAY
    return plain_text(fault or "ready", status=503 if fault else 200)


class SharedCheck:
    """One check of the database at a time, in a thread of its own, however many ask for it.

    A database that hangs holds that thread and its connection, and no request.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._threads = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ready")
        self._running: Future[str] | None = None

    def result(self, seconds: float) -> str:
        """Return what is at fault, '' when nothing is. Raises TimeoutError."""
        with self._lock:
            if self._running is None or self._running.done():
                self._running = self._threads.submit(fault_of_database)
            running = self._running
        return running.result(seconds)


CHECK: Final = SharedCheck()


def fault_of_database() -> str:
    """Return what keeps the database from serving, '' when nothing does."""
    connection = connections["default"]
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, InterfaceError):
        return AWAY
    finally:
        connection.close()  # this thread is no request, at whose end Django would do it
    return "the database is not migrated: run manage.py migrate" if waiting else ""


def plain_text(line: str, status: int = 200) -> HttpResponse:
    """Return one line as text/plain."""
    return HttpResponse(f"{line}\n", status=status, content_type="text/plain; charset=utf-8")
