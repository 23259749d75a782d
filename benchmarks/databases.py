"""Databases of the benchmark's own, made and dropped, and processes that work in them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import psycopg
from psycopg import sql

from tests.find_postgres import candidates, refusal

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = {
    "DEBUG": "false",
    "FACTBASE_MODE": "development",
    "FACTBASE_PROCESS": "command",
    "FACTBASE_RATE_LIMITS": "off",  # the baselines count no requests either
    "LOG_LEVEL": "ERROR",
    "TASKS_BACKEND": "immediate",
}


class WorkerError(Exception):
    """A task failed; the message is its traceback."""


class Worker:
    """A process with Django on one database; ``ask`` waits for an answer, ``tell`` does not."""

    def __init__(self, url: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.worker"],
            cwd=ROOT,
            env={**os.environ, **ENVIRONMENT, "DATABASE_URL": url},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, task: str, **arguments: Any) -> None:
        """Give the process a task."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"task": task, "with": arguments}) + "\n")
        self._process.stdin.flush()

    def answer(self) -> Any:
        """Wait for the result of a task. Raises WorkerError."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        found = json.loads(line) if line else {"error": "The process ended."}
        if "error" in found:
            raise WorkerError(found["error"])
        return found["result"]

    def ask(self, task: str, **arguments: Any) -> Any:
        """Give a task and wait for its result."""
        self.tell(task, **arguments)
        return self.answer()

    def close(self) -> None:
        """Let the process end."""
        self._process.communicate()


@contextmanager
def working(url: str) -> Iterator[Worker]:
    """Yield a process on the database that ends with the block."""
    worker = Worker(url)
    try:
        yield worker
    finally:
        worker.close()


class Server(Protocol):
    """Where databases can be made."""

    name: str

    def url(self, database: str) -> str:
        """Return the address of a database."""

    def create(self, database: str) -> None:
        """Make an empty database."""

    def copy(self, database: str, to: str) -> None:
        """Make a database like another one that nobody is connected to."""

    def clear(self) -> None:
        """Drop all that was made."""


class SqliteFolder:
    """SQLite files in a folder that goes away; new ones begin empty, or as a copy of ``like``."""

    name = "sqlite"

    def __init__(self, like: str = "") -> None:
        self._like = like
        self._folder = Path(tempfile.mkdtemp(prefix="factbase-bench-"))

    def _path(self, database: str) -> Path:
        return self._folder / f"{database}.sqlite3"

    def url(self, database: str) -> str:
        return f"sqlite:///{self._path(database)}"

    def create(self, database: str) -> None:
        """Copy, or leave it to SQLite, which makes a file when it is opened."""
        if self._like:
            shutil.copyfile(self._like, self._path(database))

    def copy(self, database: str, to: str) -> None:
        # The last connection to close has written the journal back, so one file is all.
        shutil.copyfile(self._path(database), self._path(to))

    def clear(self) -> None:
        shutil.rmtree(self._folder)


class PostgresServer:
    """Databases of a running server, named after this process; new ones are like ``like``."""

    name = "postgresql"

    def __init__(self, url: str, like: str = "template1") -> None:
        self._server, self._like = url.rpartition("/")[0], like
        self._made: list[str] = []

    def _named(self, database: str) -> str:
        return f"factbase_bench_{os.getpid()}_{database}"

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(f"{self._server}/postgres", autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def url(self, database: str) -> str:
        return f"{self._server}/{self._named(database)}"

    def create(self, database: str) -> None:
        self._run("CREATE DATABASE {} TEMPLATE {}", self._named(database), self._like)
        self._made.append(database)

    def copy(self, database: str, to: str) -> None:
        self._run("CREATE DATABASE {} TEMPLATE {}", self._named(to), self._named(database))
        self._made.append(to)

    def clear(self) -> None:
        for database in self._made:
            self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", self._named(database))


def postgres(like: str = "template1") -> tuple[PostgresServer | None, str]:
    """Return a server that databases can be made on, or None and why there is none."""
    reasons = []
    for url in candidates():
        reason = refusal(url)
        if not reason:
            return PostgresServer(url, like), ""
        reasons.append(reason)
    return None, reasons[0]


@dataclass(frozen=True)
class Pair:
    """The same data in two sizes on one server, each with a process at work in it."""

    name: str
    version: str
    small: Worker
    large: Worker
    large_url: str
    import_urls: tuple[str, str]  # copies of the small database


@contextmanager
def pair(server: Server, small: int, large: int) -> Iterator[Pair]:
    """Make and fill both databases; drop them at the end of the block."""
    try:
        server.create("small")
        with working(server.url("small")) as maker:
            maker.ask("migrate")
            maker.ask("fill", claims=small)
        copies = ("large", "alone", "together")
        for name in copies:
            server.copy("small", name)
        with working(server.url("large")) as big, working(server.url("small")) as little:
            big.ask("fill", claims=large)
            yield Pair(
                name=server.name,
                version=big.ask("version"),
                small=little,
                large=big,
                large_url=server.url("large"),
                import_urls=(server.url("alone"), server.url("together")),
            )
    finally:
        server.clear()
