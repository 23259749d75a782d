"""Health probes: is the process alive, and can it serve?"""

from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process lives."""
    return plain_text("live")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers and is migrated, else 503 with the reason."""
    try:
        executor = MigrationExecutor(connections["default"])
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return plain_text("the database does not answer", status=503)
    if waiting:
        return plain_text("the database is not migrated: run manage.py migrate", status=503)
    return plain_text("ready")


def plain_text(line: str, status: int = 200) -> HttpResponse:
    """Return one line as text/plain."""
    return HttpResponse(f"{line}\n", status=status, content_type="text/plain; charset=utf-8")
