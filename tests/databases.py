"""The test databases: migrated once a run, copied for each worker, put back after a commit."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, connections, transaction
from psycopg import sql

from claims.models.findable import findable_tables

ROOT = Path(__file__).resolve().parent.parent
PREPARED_FILE = "prepared.sqlite3"
KEPT = ROOT / "var" / "tests"
# What an empty migrated database follows from, besides the installed packages.
MADE_FROM = (
    "claims/migrations",
    "claims/models",
    "claims/querysets",
    "claims/choices",
    "claims/apps.py",
    "factbase/settings.py",
    "requirements/dev.txt",
)
IN_MEMORY = "file:memorydb_default?mode=memory&cache=shared"
Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """The migrated database of a run, which nobody writes to: what the others are copies of.

    A file on SQLite, a database named as Django names its test database on PostgreSQL.
    """

    vendor: str
    name: str
    login: dict[str, Any]  # for the PostgreSQL server

    def copy_to(self, name: str) -> None:
        """Make a database like it; the name is a path on SQLite."""
        if self.vendor == "sqlite":
            shutil.copyfile(self.name, name)
            return
        self.drop(name)
        self._run("CREATE DATABASE {} TEMPLATE {}", name, self.name)
        # Nothing of a test database has to outlive a fall of the server.
        self._run("ALTER DATABASE {} SET synchronous_commit TO off", name)

    def drop(self, name: str) -> None:
        """Take a database away, whoever is connected to it."""
        if self.vendor == "sqlite":
            Path(name).unlink(missing_ok=True)
        else:
            self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def url(self, name: str) -> str:
        """Return the address of a database, for another process."""
        if self.vendor == "sqlite":
            return f"sqlite:///{name}"
        secret = f":{self.login['password']}" if self.login["password"] else ""
        return (
            f"postgres://{self.login['user']}{secret}"
            f"@{self.login['host']}:{self.login['port']}/{name}"
        )

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(**self.login, dbname="postgres", autocommit=True) as server:
            server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def plan(folder: Path) -> Prepared:
    """Say where the migrated database of this run is to be; SQLite's is in the folder."""
    given = connection.settings_dict
    login = {
        "host": given["HOST"] or "127.0.0.1",
        "port": given["PORT"] or 5432,
        "user": given["USER"],
        "password": given["PASSWORD"],
    }
    file = str(folder / PREPARED_FILE)
    name = file if connection.vendor == "sqlite" else f"test_{given['NAME']}"
    return Prepared(connection.vendor, name, login)


def prepare(prepared: Prepared, folder: Path) -> None:
    """Migrate the database, unless another worker of this run has done so."""
    with once(folder, "prepared") as is_first:
        if is_first and prepared.vendor == "sqlite":
            copy_kept(kept_file(), Path(prepared.name), anew=worker() != "alone")
        elif is_first:
            migrate(prepared.name)


def copy_kept(kept: Path, target: Path, *, anew: bool = False) -> None:
    """Copy the file that an earlier run migrated; make it where there is none.

    Whole runs migrate ``anew``: they are what says that the tests pass.
    """
    if anew or not kept.exists():
        migrate(str(target))
        keep(target, kept)
        return
    shutil.copyfile(kept, target)


def keep(file: Path, kept: Path) -> None:
    """Keep a migrated file for later runs, and no other besides."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    for old in kept.parent.glob("migrated-*"):
        old.unlink(missing_ok=True)
    fresh = kept.with_suffix(f".{os.getpid()}")
    shutil.copyfile(file, fresh)
    fresh.rename(kept)


def kept_file() -> Path:
    """Return where the migrated file of the code as it is now is kept."""
    return KEPT / f"migrated-{digest_of(ROOT)}.sqlite3"


def digest_of(root: Path) -> str:
    """Return the SHA-256 (hex) of the files that a migrated database follows from."""
    digest = hashlib.sha256(sys.version.encode())
    for name in MADE_FROM:
        place = root / name
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(f"{file.relative_to(root)}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def migrated_file(folder: Path) -> Path:
    """Return a migrated SQLite file, on any database.

    It is the prepared one, or on PostgreSQL that of the run on SQLite before, where there was one.
    """
    file = folder / PREPARED_FILE
    is_sqlite = connection.vendor == "sqlite"
    may_be_kept = not is_sqlite or worker() == "alone"
    with once(folder, "prepared" if is_sqlite else "file") as is_first:
        if is_first and may_be_kept and kept_file().exists():
            shutil.copyfile(kept_file(), file)
        elif is_first:
            url = {"DATABASE_URL": f"sqlite:///{file}"}
            words = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
            subprocess.run(words, cwd=ROOT, env=os.environ | url, check=True)
            keep(file, kept_file())
    return file


@contextmanager
def once(folder: Path, name: str) -> Iterator[bool]:
    """Let one worker after the other in; yield True to the first of them that does not fail."""
    done = folder / f"{name}-done"
    with (folder / f"{name}-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not done.exists()
        done.touch()


def forget() -> None:
    """Take PostgreSQL's migrated database away, at the end of a run; a folder forgets itself."""
    if connection.vendor == "postgresql":
        prepared = plan(Path())
        with suppress(psycopg.OperationalError):  # no server, so nothing was made
            prepared.drop(prepared.name)


def migrate(name: str) -> None:
    """Make a database of this name and migrate it."""
    with renamed(name):
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        connection.close()


@contextmanager
def renamed(test_name: str) -> Iterator[None]:
    """Let Django make its test database under this name; the settings are as before again."""
    name, given = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"]
    connection.settings_dict["TEST"]["NAME"] = test_name
    try:
        yield
    finally:
        connection.settings_dict["TEST"]["NAME"] = given
        use(name)


def use(name: str) -> None:
    """Point the connection of the tests, and those that mirror it, to a database."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    for mirror in connections.all():
        if mirror.settings_dict["TEST"]["MIRROR"] == "default":
            mirror.creation.set_as_test_mirror(connection.settings_dict)


@contextmanager
def connected_to_copy(prepared: Prepared) -> Iterator[None]:
    """Connect the tests to a copy of their own, which is in memory on SQLite."""
    given, name = connection.settings_dict["NAME"], f"{prepared.name}_{worker()}"
    if prepared.vendor == "postgresql":
        prepared.copy_to(name)
        use(name)
    else:
        use(IN_MEMORY)
        connection.ensure_connection()
        with closing(sqlite3.connect(prepared.name)) as file:
            file.backup(connection.connection)
    yield
    use(given)
    prepared.drop(name)


def worker() -> str:
    """Return the name of this process among those that share the tests."""
    return os.environ.get("PYTEST_XDIST_WORKER", "alone")


def read_rows() -> Rows:
    """Return the rows of every table; indexes of words follow theirs by themselves."""
    found, indexes = {}, tuple(f"{table}_words" for table in findable_tables())
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(indexes):
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = sorted(cursor.fetchall(), key=repr)
    return found


def put_back(rows: Rows) -> None:
    """Make every table hold these rows again, and no others.

    Django would empty all tables and fill some again, which takes PostgreSQL a hundred times as
    long. Foreign keys are checked at the end, so that the order of the tables is no matter.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        for table, found in read_rows().items():
            if found == rows[table]:
                continue
            name = connection.ops.quote_name(table)
            cursor.execute(f"DELETE FROM {name}")
            if rows[table]:
                places = ", ".join(["%s"] * len(rows[table][0]))
                cursor.executemany(f"INSERT INTO {name} VALUES ({places})", rows[table])


class Copies:
    """Copies of the migrated database for what works in processes of its own."""

    def __init__(self, prepared: Prepared, folder: Path) -> None:
        self._prepared, self._folder = prepared, folder
        self._made: list[str] = []

    def fresh(self) -> str:
        """Return the address of a new one."""
        name = f"factbase_{uuid.uuid4().hex[:12]}"
        if self._prepared.vendor == "sqlite":
            name = str(self._folder / f"{name}.sqlite3")
        self._made.append(name)
        self._prepared.copy_to(name)
        return self._prepared.url(name)

    def drop(self) -> None:
        """Take away all that were made."""
        while self._made:
            self._prepared.drop(self._made.pop())
