"""An import that is killed goes on where it stopped, and ends with the same content."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from benchmarks.dump import write_dump

ROOT = Path(__file__).resolve().parents[3]
PAGES = 24


def start(database: Path, *words: str) -> subprocess.Popen[str]:
    """Start a command on a SQLite database of its own, whatever this run is on."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{database}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed_the_keyboard,
    )


def heed_the_keyboard() -> None:
    """Take Ctrl-C, also where this run was put in the background and ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def finished(database: Path, *words: str) -> dict[str, Any]:
    """Run a command to its end; return the JSON that it prints."""
    process = start(database, *words)
    out, said = process.communicate(timeout=300)
    assert process.returncode == 0, said
    return json.loads(out) if out.strip() else {}


def pages_done(database: Path) -> int:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=20) as connection:
        found = connection.execute("SELECT COUNT(*) FROM claims_importedpage").fetchone()
    connection.close()
    return int(found[0])


def children_of(number: int) -> set[int]:
    """The processes that this one started."""
    found = Path(f"/proc/{number}/task/{number}/children").read_text()
    return {int(one) for one in found.split()}


@contextmanager
def held_up(database: Path, *, after: int, seconds: float = 120) -> Iterator[None]:
    """Let no page be stored once so many are, so that a fast import is caught half way."""
    end = time.monotonic() + seconds
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as connection:
        while not _holds(connection, after):
            assert time.monotonic() < end, "waited in vain"
            time.sleep(0.001)  # SQLite's own waiting is slower than an import
        yield
        connection.execute("ROLLBACK")


def _holds(connection: sqlite3.Connection, after: int) -> bool:
    """Take the right to write; keep it when so many pages are stored."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    (done,) = connection.execute("SELECT COUNT(*) FROM claims_importedpage").fetchone()
    if done < after:
        connection.execute("ROLLBACK")
    return bool(done >= after)


def wait_until(true: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@pytest.fixture
def databases(tmp_path: Path, sqlite_file: Path) -> tuple[Path, Path]:
    """Two empty, migrated databases."""
    one, other = tmp_path / "one.sqlite3", tmp_path / "other.sqlite3"
    return shutil.copy(sqlite_file, one), shutil.copy(sqlite_file, other)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_killed_import_is_completed_to_the_same_content(
    tmp_path: Path, databases: tuple[Path, Path], workers: str
) -> None:
    path = tmp_path / "dump.xml.gz"
    write_dump(path, PAGES)
    whole, cut = databases
    words = ("import_dump", str(path), "--output", "json", "--digest")
    expected = finished(whole, *words)
    process = start(cut, *words, "--workers", workers)
    with held_up(cut, after=2):
        readers = children_of(process.pid)
        process.kill()
        process.communicate()
    done = pages_done(cut)
    assert 2 <= done < PAGES
    summary = finished(cut, *words, "--resume")
    assert summary["done_before"] == done
    assert summary["imported"] == PAGES - done
    assert summary["content_sha256"] == expected["content_sha256"]
    wait_until(lambda: not any(is_alive(reader) for reader in readers))


def is_alive(number: int) -> bool:
    """Whether a process of this number runs."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{number}/stat")
    return not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_import_interrupted_from_the_keyboard_can_be_resumed(
    tmp_path: Path, databases: tuple[Path, Path]
) -> None:
    path = tmp_path / "dump.xml"
    write_dump(path, PAGES)
    database, _ = databases
    process = start(database, "import_dump", str(path), "--workers", "2")
    with held_up(database, after=1):
        process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "Traceback" not in said
    assert "--resume" in said
    summary = finished(database, "import_dump", str(path), "--output", "json", "--resume")
    assert summary["done_before"] + summary["imported"] == PAGES
