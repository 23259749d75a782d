"""Two migrations at once."""

import os
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from django.db import connection

from claims.management.commands.migrate import migration_lock

ROOT = Path(__file__).resolve().parents[2]


def start_migration(url: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def migrate_twice_at_once(url: str) -> None:
    """Start two migrations of one fresh database together; both must end well."""
    processes = [start_migration(url) for _ in range(2)]
    outputs = [process.communicate(timeout=300)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], "\n".join(outputs)


@pytest.fixture
def fresh_postgresql() -> Iterator[str]:
    """The address of a new, empty database on the server of this run."""
    given = connection.settings_dict
    server = {
        "host": given["HOST"],
        "port": given["PORT"] or 5432,
        "user": given["USER"],
        "password": given["PASSWORD"],
    }
    name = f"factbase_migrate_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(**server, dbname="postgres", autocommit=True) as control:
        control.execute(f"CREATE DATABASE {name}")
        secret = f":{server['password']}" if server["password"] else ""
        yield f"postgres://{server['user']}{secret}@{server['host']}:{server['port']}/{name}"
        control.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_migration_of_sqlite_waits_for_the_one_before(tmp_path: Path) -> None:
    one = SimpleNamespace(vendor="sqlite", settings_dict={"NAME": tmp_path / "facts.sqlite3"})
    entered = threading.Event()

    def migrate_too() -> None:
        with migration_lock(one):
            entered.set()

    with migration_lock(one):
        second = threading.Thread(target=migrate_too)
        second.start()
        assert not entered.wait(0.3)
    assert entered.wait(10)
    second.join()


@pytest.mark.sqlite
def test_two_migrations_at_once_both_end_well_on_sqlite(tmp_path: Path) -> None:
    migrate_twice_at_once(f"sqlite:///{tmp_path}/facts.sqlite3")


@pytest.mark.postgresql
@pytest.mark.django_db
def test_two_migrations_at_once_both_end_well_on_postgresql(fresh_postgresql: str) -> None:
    migrate_twice_at_once(fresh_postgresql)
