"""gunicorn with our worker: slow clients hold no thread, and probes wait for none."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from factbase.server import HEAD_BYTES, is_head_complete, is_probe

ROOT = Path(__file__).resolve().parent.parent
THREADS = 2
APP = "tests.test_server:slow_application"


def slow_application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """Answer /slow after three seconds and everything else at once, as gunicorn runs it."""
    if environ["PATH_INFO"] == "/slow":
        time.sleep(3)
    start_response("200 OK", [("Content-Length", "2")])
    return [b"ok"]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    options = f"--no-control-socket --workers 1 --threads {THREADS} --log-level error"
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *options.split(), "--bind", f"127.0.0.1:{number}", APP],
        cwd=ROOT,  # where gunicorn.conf.py names the worker
    )
    until = time.monotonic() + 30
    while not answers(number):
        assert time.monotonic() < until, "gunicorn does not start"
        time.sleep(0.05)
    yield number
    process.kill()
    process.wait()


def answers(port: int) -> bool:
    try:
        return b"200 OK" in ask(port, "/")
    except ConnectionError:
        return False


def ask(port: int, path: str) -> bytes:
    with opened(port, f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") as client:
        return read_all(client)


def opened(port: int, text: str) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), timeout=20)
    client.sendall(text.encode())
    return client


def read_until(client: socket.socket, end: bytes) -> bytes:
    found = b""
    while not found.endswith(end):
        found += client.recv(65536)
    return found


def read_all(client: socket.socket) -> bytes:
    return b"".join(iter(lambda: client.recv(65536), b""))


def test_half_requests_and_empty_connections_hold_no_thread(port: int) -> None:
    half = [opened(port, "GET / HTTP/1.1\r\nHost: a\r\n") for _ in range(3 * THREADS)]
    silent = [opened(port, "") for _ in range(3 * THREADS)]
    started = time.monotonic()
    assert b"200 OK" in ask(port, "/")
    assert time.monotonic() - started < 1
    late = half[0]
    late.sendall(b"Connection: ")
    late.sendall(b"close\r\n\r\n")
    assert b"200 OK" in read_all(late)
    for client in (*half, *silent):
        client.close()
    assert b"200 OK" in ask(port, "/")


def test_probes_are_answered_while_every_thread_is_busy(port: int) -> None:
    with ThreadPoolExecutor(THREADS + 2) as clients:
        slow = [clients.submit(ask, port, "/slow") for _ in range(THREADS + 1)]
        time.sleep(0.3)
        started = time.monotonic()
        assert b"200 OK" in ask(port, "/healthz/live")
        assert time.monotonic() - started < 1
        assert not any(one.done() for one in slow)


def test_requests_of_one_connection_follow_one_another(port: int) -> None:
    text = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    with opened(port, text) as client:
        for _ in range(3):
            assert read_until(client, b"ok")
            client.sendall(text.encode())
    last = text.replace("Host: a", "Host: a\r\nConnection: close")
    with opened(port, text * 2 + last) as client:
        assert read_all(client).count(b"200 OK") == 3


def test_a_head_without_end_is_dropped(port: int) -> None:
    sent = 0
    with opened(port, "GET / HTTP/1.1\r\n") as client, suppress(ConnectionError):
        while sent < 16 * HEAD_BYTES:
            sent += client.send(b"a: " + b"b" * 4096 + b"\r\n")
            time.sleep(0.01)
    assert HEAD_BYTES <= sent < 16 * HEAD_BYTES


@pytest.mark.parametrize(
    ("head", "probe"),
    [
        (b"GET /healthz/live HTTP/1.1\r\n\r\n", True),
        (b"HEAD /healthz/ready HTTP/1.1\r\n\r\n", True),
        (b"GET /claims/ HTTP/1.1\r\n\r\n", False),
        (b"POST /healthz/live HTTP/1.1\r\n\r\n", False),
        (b"GET /healthz/live HTTP/1.1\r\nContent-Length: 9\r\n\r\n", False),
        (b"GET /healthz/live HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", False),
    ],
)
def test_a_probe_is_told_by_its_head(head: bytes, probe: bool) -> None:
    assert is_head_complete(head)
    assert is_probe(head) is probe


@pytest.mark.parametrize("head", [None, b"", b"GET / HTTP/1.1\r\nHost: a\r\n"])
def test_half_a_head_is_not_whole(head: bytes | None) -> None:
    assert not is_head_complete(head)
