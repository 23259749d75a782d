"""A process with one database: reads a task a line, answers a line of JSON."""

# Started by benchmarks.database as ``python -m benchmarks.worker`` with DATABASE_URL set.

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from typing import Any


def tasks() -> dict[str, Callable[..., Any]]:
    """Return the tasks by name; Django is set up by now."""
    from benchmarks import exports, generate, imports, lists, saves

    return {
        "fill": generate.fill,
        "migrate": migrate,
        "exports": exports.exports,
        "memory": exports.memory,
        "page": lists.page,
        "deep": lists.deep,
        "conditional": lists.conditional,
        "saves": saves.saves,
        "publishing": saves.publishing,
        "storing": imports.storing,
        "side_by_side": imports.side_by_side,
        "reading": imports.reading,
        "verify": verify,
        "version": version,
    }


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
    known = tasks()
    for line in sys.stdin:
        task = json.loads(line)
        try:
            answer = {"result": known[task["task"]](**task["with"])}
        except Exception:  # noqa: BLE001  the parent shows it and stops
            answer = {"error": traceback.format_exc()}
        print(json.dumps(answer), file=answers, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
