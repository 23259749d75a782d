"""A redis-server of a test's own, which it may starve, stop and freeze."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis as client

PROGRAM = shutil.which("redis-server")
left_out = pytest.StashKey[int]()


class Redis:
    """A running server; ``tell`` sends it a command."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        self.process = subprocess.Popen([str(PROGRAM), *options], stdout=subprocess.DEVNULL)
        self.url = f"redis://127.0.0.1:{self.port}/0"
        until = time.monotonic() + 20
        while not self._answers():
            assert time.monotonic() < until, "redis-server does not start"
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            self.tell("PING")
        except client.ConnectionError:
            return False
        return True

    def tell(self, *command: str) -> None:
        with client.Redis(port=self.port) as connection:
            connection.execute_command(*command)

    def freeze(self) -> None:
        os.kill(self.process.pid, signal.SIGSTOP)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    server = Redis(tmp_path)
    yield server
    server.stop()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs redis-server where there is none."""
    wanting = [item for item in items if item.get_closest_marker("redis")]
    config.stash[left_out] = 0 if PROGRAM else len(wanting)
    if wanting and not PROGRAM:
        config.hook.pytest_deselected(items=wanting)
        items[:] = [item for item in items if item not in wanting]


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say whether the tests with a Redis of their own ran, and why not."""
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    count = sum("redis" in report.keywords for report in reports)
    if missing := config.stash.get(left_out, 0):
        terminalreporter.write_line(f"redis: no redis-server here, {missing} tests left out")
    elif count:
        terminalreporter.write_line(f"redis: ran {count}")
