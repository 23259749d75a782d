"""A process with one database: reads a task a line, answers a line of JSON."""

# Started by benchmarks.database as ``python -m benchmarks.worker`` with DATABASE_URL set.

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

TASKS: Final = {
    "fill": "benchmarks.generate",
    "migrate": __name__,
    "exports": "benchmarks.exports",
    "memory": "benchmarks.memory",
    "page": "benchmarks.lists",
    "deep": "benchmarks.lists",
    "conditional": "benchmarks.lists",
    "searching": "benchmarks.searches",
    "desk": "benchmarks.desk",
    "saves": "benchmarks.saves",
    "publishing": "benchmarks.saves",
    "storing": "benchmarks.imports",
    "side_by_side": "benchmarks.imports",
    "reading": "benchmarks.imports",
    "verify": __name__,
    "version": __name__,
}


def task_named(name: str) -> Callable[..., Any]:
    """Return the task; Django is set up by now. Its module alone is loaded: memory is measured."""
    module = TASKS[name]
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found


def migrate() -> None:
    """Make the tables."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def verify() -> None:
    """Check all history rows and the chain of versions. Raises ValueError naming bad ones."""
    from claims.audit.verification import verify_everything

    if bad := verify_everything().bad:
        raise ValueError(f"{len(bad)} bad rows, such as {bad[0]}")


def version() -> str:
    """Return the name and version of the database."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            return f"SQLite {cursor.fetchone()[0]}"
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"


def main() -> int:
    """Answer tasks until the input ends."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")
    django.setup()
    answers, sys.stdout = sys.stdout, sys.stderr  # nothing else may speak on the line
    for line in sys.stdin:
        task = json.loads(line)
        try:
            answer = {"result": task_named(task["task"])(**task["with"])}
        except Exception:  # noqa: BLE001  the parent shows it and stops
            answer = {"error": traceback.format_exc()}
        print(json.dumps(answer), file=answers, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
